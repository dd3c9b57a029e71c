package dev.certkit.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Pasted;
import dev.certkit.format.PrivateKeys;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.samples.SampleKeys;
import dev.certkit.shelf.Identities;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.RecordContent;
import dev.certkit.store.Shelf;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.security.KeyPair;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("W12")
class DiagnosisOfCertificatesTest {
    private static final ZooPki PKI = new ZooPki();
    private static final KeyPair KEYS = SampleKeys.of(KeyType.EC_P256);
    private static final KeyPair OTHER = SampleKeys.otherOf(KeyType.EC_P256);
    private static final EncodedCertificate LEAF = PKI.server(KEYS);

    private static DiagnosisReport pasted(String text) throws IOException {
        return Diagnosis.ofPasted(Pasted.parse(text)).clock(ZooPki.CLOCK).run();
    }

    private static List<FindingCode> codes(DiagnosisReport report) {
        return report.findings().stream().map(Finding::code).toList();
    }

    private static CertificateChain chain(EncodedCertificate... certificates) throws IOException {
        List<java.security.cert.X509Certificate> made = new java.util.ArrayList<>();
        for (EncodedCertificate each : certificates) {
            made.add(each.toX509Certificate());
        }
        return CertificateChain.of(made);
    }

    @Nested
    class AStoredIdentity {
        private final Storage storage = InMemoryStorage.empty();
        private final Identities identities = Identities.in(storage).unencrypted();

        private DiagnosisReport diagnosed(StoredChains stored) {
            return Diagnosis.ofIdentity("web", stored).clock(ZooPki.CLOCK).run();
        }

        @Test
        void isDiagnosedByItsNameInOneLine() throws Exception {
            identities.install("web", CertifiedKey.of(KEYS.getPrivate(), chain(LEAF, PKI.issuer)));
            DiagnosisReport report = diagnosed(identities::chain);
            assertEquals(List.of(FindingCode.OPEN_CHAIN), codes(report), report::toText);
            assertEquals("the identity web", report.subject());
        }

        @Test
        void thatIsReadWhenTheDiagnosisRunsAndNotBefore() throws Exception {
            Diagnosis.OfCertificates draft =
                    Diagnosis.ofIdentity("web", identities::chain).clock(ZooPki.CLOCK);
            assertEquals(List.of(FindingCode.NO_CERTIFICATE), codes(draft.run()));
            identities.install("web", CertifiedKey.of(KEYS.getPrivate(), chain(LEAF)));
            assertEquals(List.of(FindingCode.MISSING_INTERMEDIATE), codes(draft.run()));
        }

        @Test
        void thatHasOnlyARequestHasNoCertificate() throws Exception {
            identities.request("web", CertificationRequest.forSubject(DistinguishedName.cn("web")), KeyType.EC_P256);
            assertEquals(List.of(FindingCode.NO_CERTIFICATE), codes(diagnosed(identities::chain)));
        }

        @Test
        void thatIsDamagedIsAFindingAndNoException() throws Exception {
            identities.install("web", CertifiedKey.of(KEYS.getPrivate(), chain(LEAF)));
            StoredRecord whole =
                    storage.find(Shelf.of("identities").name("web")).orElseThrow();
            byte[] payload = whole.content().payload();
            payload[payload.length / 2] ^= 1;
            storage.replace(whole, RecordContent.of(payload));
            DiagnosisReport report = diagnosed(identities::chain);
            assertEquals(List.of(FindingCode.UNREADABLE), codes(report), report::toText);
            assertTrue(report.toText().contains("restore a copy"), report::toText);
        }

        @Test
        void whoseStorageFailsSaysSoInPrintableText() {
            DiagnosisReport report = diagnosed(name -> {
                throw new IOException("the disk of " + name + " is\u001b[2J gone");
            });
            assertEquals(List.of(FindingCode.UNREADABLE), codes(report));
            assertTrue(report.toText().contains("the disk of web is\\u001B[2J gone"), report::toText);
            assertEquals(List.of(FindingCode.UNREADABLE), codes(diagnosed(name -> {
                throw new IOException();
            })));
        }
    }

    @Nested
    class AnIdentity {
        @Test
        void thatIsWholeHasNothingButTheOpenEndBelowItsRoot() throws Exception {
            CertifiedKey key = CertifiedKey.of(KEYS.getPrivate(), chain(LEAF, PKI.issuer));
            DiagnosisReport report =
                    Diagnosis.ofIdentity(key).clock(ZooPki.CLOCK).run();
            assertTrue(report.isHealthy(), report::toText);
            assertEquals(List.of(FindingCode.OPEN_CHAIN), codes(report));
        }

        @Test
        void thatIsWholeAndTrustedHasNothing() throws Exception {
            DiagnosisReport report = Diagnosis.ofIdentity(chain(LEAF, PKI.issuer))
                    .trusting(PKI.policy())
                    .servername("localhost")
                    .clock(ZooPki.CLOCK)
                    .run();
            assertEquals(List.of(), codes(report), report::toText);
            assertTrue(report.toText().contains("Nothing is wrong."));
        }

        @Test
        void thatIsSelfSignedIsNoted() throws Exception {
            CertifiedKey key = CertifiedKey.selfSigned(DistinguishedName.cn("printer-7.example.fr"))
                    .san("printer-7.example.fr")
                    .clock(ZooPki.CLOCK)
                    .with(KEYS);
            DiagnosisReport report =
                    Diagnosis.ofIdentity(key).clock(ZooPki.CLOCK).run();
            assertTrue(report.isHealthy(), report::toText);
            assertEquals(List.of(FindingCode.SELF_SIGNED), codes(report), report::toText);
        }

        @Test
        void thatExpiredIsFoundWithoutAPolicy() throws Exception {
            EncodedCertificate old = PKI.server(
                    KEYS,
                    draft -> draft.with(
                            Field.VALIDITY,
                            ForgedCertificate.validity("2025-10-01T00:00:00Z", "2026-01-31T00:00:00Z")));
            DiagnosisReport report = Diagnosis.ofIdentity(chain(old, PKI.issuer))
                    .clock(ZooPki.CLOCK)
                    .run();
            assertEquals(List.of(FindingCode.EXPIRED, FindingCode.OPEN_CHAIN), codes(report), report::toText);
        }

        @Test
        void forAnotherHostIsFoundWithoutAPolicy() throws Exception {
            DiagnosisReport report = Diagnosis.ofIdentity(chain(LEAF, PKI.issuer))
                    .servername("camera-9.example.fr")
                    .clock(ZooPki.CLOCK)
                    .run();
            assertEquals(List.of(FindingCode.WRONG_NAME, FindingCode.OPEN_CHAIN), codes(report), report::toText);
        }
    }

    @Tag("T4")
    @Nested
    class APaste {
        @Test
        void inOrderWithItsKeyIsHealthy() throws Exception {
            DiagnosisReport report = pasted(ZooPki.pem(KEYS) + ZooPki.pem(LEAF, PKI.issuer));
            assertTrue(report.isHealthy(), report::toText);
        }

        @Test
        void upsideDownIsPutInOrder() throws Exception {
            DiagnosisReport report = pasted(ZooPki.pem(KEYS) + ZooPki.pem(PKI.root, PKI.issuer, LEAF));
            assertEquals(1, report.findings(FindingCode.WRONG_ORDER).size(), report::toText);
            assertEquals(
                    List.of(LEAF, PKI.issuer, PKI.root),
                    report.expected().orElseThrow().encoded());
            assertEquals(List.of(PKI.root, PKI.issuer, LEAF), report.presented());
        }

        @Test
        void withTheKeyOfAnotherIsAMismatch() throws Exception {
            DiagnosisReport report = pasted(ZooPki.pem(OTHER) + ZooPki.pem(LEAF, PKI.issuer));
            assertEquals(FindingCode.KEY_MISMATCH, codes(report).get(0), report::toText);
        }

        @Test
        void withoutACertificateSaysSo() throws Exception {
            assertEquals(List.of(FindingCode.NO_CERTIFICATE), codes(pasted(ZooPki.pem(KEYS))));
        }

        @Test
        void withALockedKeySaysSo() throws Exception {
            String locked = PrivateKeys.toPem(KEYS.getPrivate(), Passphrase.of("geheim"));
            DiagnosisReport report = pasted(locked + ZooPki.pem(LEAF, PKI.issuer));
            assertEquals(FindingCode.LOCKED, codes(report).get(0), report::toText);
        }

        @Test
        void withoutTheIssuerNamesItAndWhereItIs() throws Exception {
            DiagnosisReport report =
                    pasted(ZooPki.pem(PKI.server(KEYS, ZooPki.location("http://ca.example.fr/issuer.cer"))));
            assertEquals(FindingCode.MISSING_INTERMEDIATE, codes(report).get(0), report::toText);
            assertTrue(report.toText().contains("CN=Zoo issuer"), report::toText);
            assertTrue(report.toText().contains("http://ca.example.fr/issuer.cer"), report::toText);
        }

        @Test
        void withCopiesAndStraysNotesThem() throws Exception {
            DiagnosisReport report = pasted(ZooPki.pem(KEYS) + ZooPki.pem(LEAF, PKI.issuer, LEAF, new ZooPki().issuer));
            assertTrue(report.isHealthy(), report::toText);
            assertEquals(1, report.findings(FindingCode.DUPLICATE).size(), report::toText);
            assertEquals(1, report.findings(FindingCode.SUPERFLUOUS).size(), report::toText);
        }
    }
}
