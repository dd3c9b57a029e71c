package dev.certkit.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.key.KeyType;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.EncodedCertificate;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real servers of other houses, each wrong in one way, and the right ones. */
@Tag("W12")
@Timeout(120)
class DiagnosisZooTest {
    private static final ZooPki PKI = new ZooPki();
    private static final KeyPair KEYS = SampleKeys.of(KeyType.EC_P256);
    private static final KeyPair RSA = SampleKeys.of(KeyType.RSA_2048);

    @TempDir
    Path home;

    private static DiagnosisReport diagnosed(ZooServer server) {
        return diagnosed(server, "localhost");
    }

    private static DiagnosisReport diagnosed(ZooServer server, String name) {
        return Diagnosis.ofServer("127.0.0.1", server.port())
                .servername(name)
                .trusting(PKI.policy())
                .clock(ZooPki.CLOCK)
                .run();
    }

    private static Set<FindingCode> serious(DiagnosisReport report) {
        return report.findings().stream()
                .filter(finding -> finding.severity() != Finding.Severity.NOTE)
                .map(Finding::code)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void assertSerious(DiagnosisReport report, FindingCode... codes) {
        assertEquals(new TreeSet<>(List.of(codes)), serious(report), report::toText);
    }

    private static void assertNoted(DiagnosisReport report, FindingCode code) {
        assertTrue(report.isHealthy(), report::toText);
        assertEquals(1, report.findings(code).size(), report::toText);
    }

    private static String chain(UnaryOperator<ForgedCertificate> change) {
        return ZooPki.pem(PKI.server(KEYS, change), PKI.issuer);
    }

    private static String sound() {
        return chain(UnaryOperator.identity());
    }

    private static UnaryOperator<ForgedCertificate> valid(String from, String to) {
        return draft -> draft.with(Field.VALIDITY, ForgedCertificate.validity(from, to));
    }

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
                Set<FindingCode> found = serious(diagnosed(server));
                assertTrue(found.contains(FindingCode.WEAK_KEY), found::toString);
            }
        }

        @Test
        void forAnotherPurposeIsFound() throws Exception {
            String chain = chain(
                    draft -> draft.with(ForgedCertificate.PURPOSES, false, Der.sequence(Der.oid("1.3.6.1.5.5.7.3.2"))));
            try (ZooServer server = ZooServer.openssl(home, chain, KEYS)) {
                Set<FindingCode> found = serious(diagnosed(server));
                assertTrue(found.contains(FindingCode.WRONG_PURPOSE), found::toString);
            }
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

    @Nested
    class AProtocol {
        private final String rsaChain = ZooPki.pem(PKI.server(RSA), PKI.issuer);

        @Test
        void ofTls10AloneIsFoundThoughThisJavaCannotSpeakIt() throws Exception {
            try (ZooServer server = ZooServer.openssl(
                    home,
                    rsaChain,
                    RSA,
                    "-tls1",
                    "-cipher",
                    "AES128-SHA:ECDHE-RSA-AES128-SHA:@SECLEVEL=0",
                    "-serverpref")) {
                DiagnosisReport report = diagnosed(server);
                assertSerious(
                        report,
                        FindingCode.NO_CURRENT_PROTOCOL,
                        FindingCode.OLD_PROTOCOL,
                        FindingCode.NO_FORWARD_SECRECY);
                assertEquals(Optional.empty(), report.negotiated());
                assertEquals(
                        List.of(new Negotiated("TLSv1", "TLS_RSA_WITH_AES_128_CBC_SHA")),
                        report.accepted(),
                        report::toText);
                assertEquals(2, report.presented().size());
                assertTrue(report.verdict().orElseThrow().isTrusted());
            }
        }

        @Test
        void ofTls11BesideNewerOnesIsAWarning() throws Exception {
            try (ZooServer server =
                    ZooServer.gnutls(home, rsaChain, RSA, "-a", "--priority=NORMAL:+VERS-TLS1.1:%COMPAT")) {
                DiagnosisReport report = diagnosed(server);
                Set<FindingCode> found = serious(report);
                assertTrue(found.contains(FindingCode.OLD_PROTOCOL), report::toText);
                assertEquals(Optional.of("TLSv1.3"), report.negotiated().map(Negotiated::protocol));
            }
        }

        @Test
        void ofTls12AtMostIsNoted() throws Exception {
            try (ZooServer server = ZooServer.nginx(home, sound(), KEYS, "ssl_protocols TLSv1.2;")) {
                assertNoted(diagnosed(server), FindingCode.NO_TLS_1_3);
            }
        }

        @Test
        void ofTls13AloneIsFine() throws Exception {
            try (ZooServer server = ZooServer.nginx(home, sound(), KEYS, "ssl_protocols TLSv1.3;")) {
                DiagnosisReport report = diagnosed(server);
                assertTrue(report.isHealthy(), report::toText);
                assertEquals(1, report.accepted().size());
                assertEquals(2, report.presented().size());
            }
        }

        @Test
        void withABrokenCipherSuiteIsAWarning() throws Exception {
            try (ZooServer server = ZooServer.openssl(
                    home, rsaChain, RSA, "-cipher", "ECDHE-RSA-AES128-GCM-SHA256:NULL-SHA256:@SECLEVEL=0")) {
                DiagnosisReport report = diagnosed(server);
                assertSerious(report, FindingCode.WEAK_CIPHER);
                Finding.Protocol weak = (Finding.Protocol)
                        report.findings(FindingCode.WEAK_CIPHER).get(0);
                assertEquals("TLS_RSA_WITH_NULL_SHA256", weak.agreed().cipherSuite());
            }
        }

        @Test
        void withNoSuiteInCommonIsRefusedAndTheReasonIsShown() throws Exception {
            try (ZooServer server =
                    ZooServer.openssl(home, rsaChain, RSA, "-tls1_2", "-cipher", "NULL-SHA256:@SECLEVEL=0")) {
                DiagnosisReport report = diagnosed(server);
                Set<FindingCode> found = serious(report);
                assertTrue(
                        found.containsAll(Set.of(FindingCode.HANDSHAKE_REFUSED, FindingCode.WEAK_CIPHER)),
                        report::toText);
                assertEquals(2, report.presented().size());
            }
        }
    }

    @Nested
    class AServerName {
        @Test
        void thatIsNeededAndMissingIsFound() throws Exception {
            try (ZooServer server = ZooServer.haproxy(home, sound(), KEYS, "strict-sni")) {
                DiagnosisReport report = Diagnosis.ofServer("127.0.0.1", server.port())
                        .trusting(PKI.policy())
                        .clock(ZooPki.CLOCK)
                        .run();
                assertSerious(report, FindingCode.SERVER_NAME_NEEDED);
            }
        }

        @Test
        void thatIsNeededAndSentIsNoted() throws Exception {
            try (ZooServer server = ZooServer.haproxy(home, sound(), KEYS, "strict-sni")) {
                assertNoted(diagnosed(server), FindingCode.SERVER_NAME_MATTERS);
            }
        }

        @Test
        void thatTheServerDoesNotKnowIsFound() throws Exception {
            try (ZooServer server = ZooServer.haproxy(home, sound(), KEYS, "strict-sni")) {
                assertSerious(diagnosed(server, "unknown.example.fr"), FindingCode.SERVER_NAME_UNKNOWN);
            }
        }
    }

    @Nested
    class AClientCertificate {
        @Test
        void thatIsNeededUnderTls13IsFound() throws Exception {
            try (ZooServer server = ZooServer.openssl(home, sound(), KEYS, "-Verify", "1")) {
                DiagnosisReport report = diagnosed(server);
                assertSerious(report, FindingCode.CLIENT_CERTIFICATE_NEEDED);
                assertEquals(2, report.presented().size());
            }
        }

        @Test
        void thatIsNeededUnderTls12IsFound() throws Exception {
            try (ZooServer server = ZooServer.openssl(home, sound(), KEYS, "-Verify", "1", "-no_tls1_3")) {
                assertSerious(diagnosed(server), FindingCode.CLIENT_CERTIFICATE_NEEDED);
            }
        }

        @Test
        void thatGnuTlsNeedsIsFound() throws Exception {
            try (ZooServer server =
                    ZooServer.gnutls(home, sound(), KEYS, "-r", "--priority=NORMAL:-VERS-TLS1.0:-VERS-TLS1.1")) {
                assertSerious(diagnosed(server), FindingCode.CLIENT_CERTIFICATE_NEEDED);
            }
        }

        @Test
        void thatIsOnlyWantedIsNoted() throws Exception {
            try (ZooServer server = ZooServer.openssl(home, sound(), KEYS, "-verify", "1")) {
                assertNoted(diagnosed(server), FindingCode.CLIENT_CERTIFICATE_WANTED);
            }
        }
    }

    @Nested
    class AMailServer {
        @Test
        void thatTurnsToTlsIsDiagnosedInEachProtocol() throws Exception {
            for (StartTls protocol : StartTls.values()) {
                try (ZooServer server = ZooServer.mail(home, protocol, sound(), KEYS, "on")) {
                    DiagnosisReport report = Diagnosis.ofServer("127.0.0.1", server.port())
                            .servername("localhost")
                            .startTls(protocol)
                            .trusting(PKI.policy())
                            .clock(ZooPki.CLOCK)
                            .run();
                    assertTrue(report.isHealthy(), report::toText);
                    assertEquals(2, report.presented().size());
                }
            }
        }

        @Test
        void thatDoesNotOfferTlsIsFound() throws Exception {
            for (StartTls protocol : StartTls.values()) {
                try (ZooServer server = ZooServer.mail(home, protocol, sound(), KEYS, "off")) {
                    DiagnosisReport report = Diagnosis.ofServer("127.0.0.1", server.port())
                            .startTls(protocol)
                            .run();
                    assertSerious(report, FindingCode.STARTTLS_NOT_OFFERED);
                }
            }
        }

        @Test
        void thatIsAskedForTlsAtOnceSaysWhatItSpeaks() throws Exception {
            try (ZooServer server = ZooServer.mail(home, StartTls.SMTP, sound(), KEYS, "on")) {
                DiagnosisReport report = diagnosed(server);
                assertSerious(report, FindingCode.NOT_TLS);
                assertTrue(report.toText().contains("220 mail.example.fr"), report::toText);
            }
        }

        @Test
        void thatSpeaksAnotherProtocolIsFound() throws Exception {
            try (ZooServer server = ZooServer.mail(home, StartTls.IMAP, sound(), KEYS, "on")) {
                DiagnosisReport report = Diagnosis.ofServer("127.0.0.1", server.port())
                        .startTls(StartTls.SMTP)
                        .run();
                assertSerious(report, FindingCode.STARTTLS_OTHER_PROTOCOL);
            }
        }
    }
}
