package dev.certkit.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.EncodedCertificate;
import java.net.URI;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real servers of other houses whose certificates are wrong in one way, and the right ones. */
@Tag("W12")
@Timeout(120)
class DiagnosisZooTest extends Zoo {
    @Nested
    class ACorrectServer {
        private void assertHealthy(ZooServer server) {
            DiagnosisReport report = diagnosed(server);
            assertTrue(report.isHealthy(), report::toText);
            assertEquals(Optional.of("TLSv1.3"), report.negotiated().map(Negotiated::protocol), report::toText);
            assertEquals(
                    List.of("TLSv1.3", "TLSv1.2"),
                    report.accepted().stream().map(Negotiated::protocol).toList());
            assertEquals(2, report.presented().size());
            assertTrue(report.verdict().orElseThrow().isTrusted());
        }

        @Test
        void ofOpenSslHasNoSeriousFinding() throws Exception {
            try (ZooServer server = ZooServer.openssl(home, sound(), KEYS)) {
                assertHealthy(server);
            }
        }

        @Test
        void ofGnuTlsHasNoSeriousFinding() throws Exception {
            try (ZooServer server =
                    ZooServer.gnutls(home, sound(), KEYS, "-a", "--priority=NORMAL:-VERS-TLS1.0:-VERS-TLS1.1")) {
                assertHealthy(server);
            }
        }

        @Test
        void ofNginxHasNoSeriousFinding() throws Exception {
            try (ZooServer server = ZooServer.nginx(home, sound(), KEYS, "ssl_protocols TLSv1.2 TLSv1.3;")) {
                assertHealthy(server);
            }
        }

        @Test
        void ofHaproxyHasNoSeriousFinding() throws Exception {
            try (ZooServer server = ZooServer.haproxy(home, sound(), KEYS)) {
                assertHealthy(server);
            }
        }

        @Test
        void ofApacheHasNoSeriousFinding() throws Exception {
            try (ZooServer server = ZooServer.apache(home, sound(), KEYS)) {
                assertHealthy(server);
            }
        }

        @Test
        void byItsAddressHasNoSeriousFinding() throws Exception {
            try (ZooServer server = ZooServer.openssl(home, sound(), KEYS)) {
                DiagnosisReport report = Diagnosis.ofServer("127.0.0.1", server.port())
                        .trusting(PKI.policy())
                        .clock(ZooPki.CLOCK)
                        .run();
                assertTrue(report.isHealthy(), report::toText);
            }
        }
    }

    @Nested
    class ACertificate {
        private void assertFound(String chain, FindingCode... codes) throws Exception {
            try (ZooServer server = ZooServer.openssl(home, chain, KEYS)) {
                assertSerious(diagnosed(server), codes);
            }
        }

        @Test
        void thatExpiredIsFound() throws Exception {
            assertFound(chain(valid("2025-10-01T00:00:00Z", "2026-01-31T00:00:00Z")), FindingCode.EXPIRED);
        }

        @Test
        void thatIsNotYetValidIsFound() throws Exception {
            assertFound(chain(valid("2026-02-02T00:00:00Z", "2026-05-01T00:00:00Z")), FindingCode.NOT_YET_VALID);
        }

        @Test
        void thatEndsSoonIsFound() throws Exception {
            assertFound(chain(valid("2025-12-01T00:00:00Z", "2026-02-10T00:00:00Z")), FindingCode.EXPIRES_SOON);
        }

        @Test
        void thatIsSelfSignedIsFound() throws Exception {
            assertFound(ZooPki.pem(PKI.selfSigned(KEYS)), FindingCode.SELF_SIGNED);
        }

        @Test
        void thatIsForAnotherHostIsFound() throws Exception {
            try (ZooServer server = ZooServer.openssl(home, sound(), KEYS)) {
                assertSerious(diagnosed(server, "camera-9.example.fr"), FindingCode.WRONG_NAME);
            }
        }

        @Test
        void withoutItsIssuerIsFoundWithNameAndPlaceOfTheMissingOne() throws Exception {
            String alone = ZooPki.pem(PKI.server(KEYS, ZooPki.location("http://ca.example.fr/issuer.cer")));
            try (ZooServer server = ZooServer.nginx(home, alone, KEYS)) {
                DiagnosisReport report = diagnosed(server);
                assertSerious(report, FindingCode.UNKNOWN_ISSUER, FindingCode.MISSING_INTERMEDIATE);
                Finding.Gap gap = (Finding.Gap)
                        report.findings(FindingCode.MISSING_INTERMEDIATE).get(0);
                assertEquals("CN=Zoo issuer,O=Acme,C=FR", gap.gap().issuer().toString());
                assertEquals(
                        Optional.of(URI.create("http://ca.example.fr/issuer.cer")),
                        gap.gap().location());
                assertTrue(report.toText().contains("http://ca.example.fr/issuer.cer"), report::toText);
            }
        }

        @Test
        void underARootThatNobodyTrustsIsFound() throws Exception {
            ZooPki stranger = new ZooPki();
            String chain = ZooPki.pem(stranger.server(KEYS), stranger.issuer, stranger.root);
            assertFound(chain, FindingCode.UNTRUSTED_ROOT);
        }

        @Test
        void underAnIssuerThatNobodyTrustsIsFound() throws Exception {
            ZooPki stranger = new ZooPki();
            assertFound(ZooPki.pem(stranger.server(KEYS), stranger.issuer), FindingCode.UNKNOWN_ISSUER);
        }

        @Test
        void withTheIssuersInAWrongOrderIsFoundAndPutRight() throws Exception {
            EncodedCertificate leaf = PKI.server(KEYS);
            try (ZooServer server = ZooServer.nginx(home, ZooPki.pem(leaf, PKI.root, PKI.issuer), KEYS)) {
                DiagnosisReport report = diagnosed(server);
                assertSerious(report, FindingCode.WRONG_ORDER);
                assertEquals(
                        List.of(leaf, PKI.issuer, PKI.root),
                        report.expected().orElseThrow().encoded());
                assertEquals(List.of(leaf, PKI.root, PKI.issuer), report.presented());
                Finding.Arrangement order = (Finding.Arrangement)
                        report.findings(FindingCode.WRONG_ORDER).get(0);
                assertEquals(List.of(0, 2, 1), order.places());
            }
        }

        @Test
        void withItsRootIsNoted() throws Exception {
            String chain = ZooPki.pem(PKI.server(KEYS), PKI.issuer, PKI.root);
            try (ZooServer server = ZooServer.apache(home, chain, KEYS)) {
                assertNoted(diagnosed(server), FindingCode.ROOT_SENT);
            }
        }

        @Test
        void withAStrangerBesideItIsNoted() throws Exception {
            String chain = ZooPki.pem(PKI.server(KEYS), PKI.issuer, new ZooPki().issuer);
            try (ZooServer server = ZooServer.haproxy(home, chain, KEYS)) {
                assertNoted(diagnosed(server), FindingCode.SUPERFLUOUS);
            }
        }

        @Test
        void withItsIssuerTwiceIsNoted() throws Exception {
            String chain = ZooPki.pem(PKI.server(KEYS), PKI.issuer, PKI.issuer);
            try (ZooServer server = ZooServer.nginx(home, chain, KEYS)) {
                assertNoted(diagnosed(server), FindingCode.DUPLICATE);
            }
        }

        @Test
        void withAWeakHashIsFound() throws Exception {
            String chain = chain(draft ->
                    draft.signer(PKI.issuerKeys(), "SHA1withECDSA", Der.sequence(Der.oid("1.2.840.10045.4.1"))));
            try (ZooServer server = ZooServer.openssl(home, chain, KEYS, "-cipher", "ALL:@SECLEVEL=0")) {
                Set<FindingCode> found = serious(diagnosed(server));
                assertTrue(found.contains(FindingCode.WEAK_SIGNATURE), found::toString);
            }
        }

        @Test
        void withAShortKeyIsFound() throws Exception {
            KeyPair weak = SampleKeys.rsa(1024);
            String chain = ZooPki.pem(PKI.server(weak), PKI.issuer);
            try (ZooServer server =
                    ZooServer.openssl(home, chain, weak, "-cipher", "ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0")) {
                assertSerious(diagnosed(server), FindingCode.WEAK_KEY, FindingCode.LINT);
            }
        }

        @Test
        void forAnotherPurposeIsFound() throws Exception {
            String chain = chain(
                    draft -> draft.with(ForgedCertificate.PURPOSES, false, Der.sequence(Der.oid("1.3.6.1.5.5.7.3.2"))));
            assertFound(chain, FindingCode.WRONG_PURPOSE);
        }

        @Test
        void whoseKeyIsForSigningDocumentsIsFound() throws Exception {
            String chain = chain(draft -> draft.with(ForgedCertificate.KEY_USAGE, true, Der.namedBits(List.of(1))));
            assertFound(chain, FindingCode.WRONG_KEY_USAGE, FindingCode.LINT);
        }

        @Test
        void thatBreaksARuleOnlyIsAWarning() throws Exception {
            String chain = chain(draft -> draft.with(Field.SERIAL, Der.integer(7)));
            try (ZooServer server = ZooServer.openssl(home, chain, KEYS)) {
                DiagnosisReport report = diagnosed(server);
                assertTrue(report.findings().stream().anyMatch(Finding.Lint.class::isInstance), report::toText);
                assertTrue(report.verdict().orElseThrow().isTrusted());
            }
        }

        @Test
        void withEverythingWrongHasEveryReason() throws Exception {
            ZooPki stranger = new ZooPki();
            String chain = ZooPki.pem(
                    stranger.server(KEYS, valid("2025-10-01T00:00:00Z", "2026-01-31T00:00:00Z")), stranger.issuer);
            try (ZooServer server = ZooServer.openssl(home, chain, KEYS)) {
                assertSerious(
                        diagnosed(server, "camera-9.example.fr"),
                        FindingCode.EXPIRED,
                        FindingCode.WRONG_NAME,
                        FindingCode.UNKNOWN_ISSUER);
            }
        }
    }
}
