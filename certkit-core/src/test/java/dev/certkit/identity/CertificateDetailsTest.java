package dev.certkit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.issue.Issuance;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.KeyUsage;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("W2")
class CertificateDetailsTest {
    private static final KeyPair RSA = SampleKeys.of(KeyType.RSA_2048);
    private static final CertifiedKey ROOT = CertifiedKey.selfSigned(DistinguishedName.cn("Test CA"))
            .profile(CertificateProfile.authority().pathLength(0))
            .with(SampleKeys.of(KeyType.EC_P384));

    private static X509Certificate leaf() throws IOException {
        PendingKey pending = CertificationRequest.forSubject(
                        DistinguishedName.cn("printer-7").o("Acme"))
                .san("printer-7.local", "192.0.2.7")
                .signedBy(RSA);
        return ((Issuance.Certified) LocalAuthority.of(ROOT).issue(pending.request()))
                .chain()
                .leaf();
    }

    private static String fingerprint(String hash, X509Certificate certificate) throws Exception {
        return HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
    }

    @Nested
    class OfALeaf {
        @Test
        void areAllFieldsThatAPageShows() throws Exception {
            X509Certificate certificate = leaf();

            CertificateDetails details = CertificateDetails.of(certificate);

            assertEquals("O=Acme,CN=printer-7", reversed(details.subject()));
            assertEquals(DistinguishedName.cn("Test CA"), details.issuer());
            assertEquals(certificate.getSerialNumber(), details.serialNumber());
            assertEquals(certificate.getNotAfter().toInstant(), details.notAfter());
            assertEquals(certificate.getNotBefore().toInstant(), details.notBefore());
            assertEquals(
                    List.of(GeneralName.of("printer-7.local"), GeneralName.of("192.0.2.7")),
                    details.subjectAlternativeNames());
            assertEquals(Optional.of(KeyType.RSA_2048), details.publicKey().type());
            assertEquals("RSA, 2048 bits", details.publicKey().toString());
            assertEquals("SHA384withECDSA", details.signatureAlgorithm());
            assertEquals(Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT), details.keyUsages());
            assertEquals(List.of(ExtendedKeyUsage.SERVER_AUTH), details.extendedKeyUsages());
            assertEquals(fingerprint("SHA-1", certificate), details.sha1Fingerprint());
            assertEquals(
                    fingerprint("SHA-256", certificate),
                    details.sha256Fingerprint().toString());
            assertEquals(List.of(), details.unreadable());
        }

        private String reversed(DistinguishedName name) {
            String[] parts = name.toString().split(",");
            return parts.length == 2 && parts[0].startsWith("CN") ? parts[1] + "," + parts[0] : name.toString();
        }

        @Test
        void linkItToItsIssuerByTheKeyIdentifiers() throws IOException {
            CertificateDetails root = CertificateDetails.of(ROOT.chain().leaf());
            CertificateDetails details = CertificateDetails.of(leaf());

            assertTrue(root.subjectKeyIdentifier().isPresent());
            assertEquals(root.subjectKeyIdentifier(), details.authorityKeyIdentifier());
            assertFalse(details.isAuthority());
            assertFalse(details.isSelfSigned());
        }
    }

    @Test
    void ofAnAuthoritySayHowFarItReaches() {
        CertificateDetails details = CertificateDetails.of(ROOT.chain().leaf());

        assertTrue(details.isAuthority());
        assertEquals(OptionalInt.of(0), details.pathLength());
        assertTrue(details.isSelfSigned());
        assertEquals("EC P-384, 384 bits", details.publicKey().toString());
        assertTrue(details.keyUsages().contains(KeyUsage.KEY_CERT_SIGN));
    }

    @Test
    void ofEveryKindOfKeyNameTheKind() {
        for (KeyType type : KeyType.values()) {
            CertificateDetails details = CertificateDetails.of(CertifiedKey.selfSigned(DistinguishedName.cn("x"))
                    .with(SampleKeys.of(type))
                    .chain()
                    .leaf());
            assertEquals(Optional.of(type), details.publicKey().type());
            assertTrue(details.isSelfSigned(), type.name());
        }
    }

    @Nested
    @Tag("W1")
    class SelfSigned {
        @Test
        void isACertificateThatVerifiesUnderItsOwnKeyEvenWithAnOldHash() {
            CertificateDetails details = CertificateDetails.of(new ForeignCertificate(RSA).make());

            assertTrue(details.isSelfSigned());
            assertTrue(details.isWeaklySigned());
        }

        @Test
        void isNotACertificateThatOnlyNamesItselfAsIssuer() {
            KeyPair other = SampleKeys.otherOf(KeyType.RSA_2048);

            CertificateDetails details = CertificateDetails.of(
                    new ForeignCertificate(RSA).signedBy(other).make());

            assertEquals(details.subject(), details.issuer());
            assertFalse(details.isSelfSigned());
        }
    }

    @Nested
    class OfAStrangeCertificate {
        @Test
        void keepWhatItSaysAlsoAgainstTheRules() {
            CertificateDetails details = CertificateDetails.of(new ForeignCertificate(RSA)
                    .serial(-5)
                    .valid("2040-01-01T00:00:00Z", "2020-01-01T00:00:00Z")
                    .make());

            assertEquals(BigInteger.valueOf(-5), details.serialNumber());
            assertEquals(Instant.parse("2020-01-01T00:00:00Z"), details.notAfter());
            assertTrue(details.toText().contains("-5"), details.toText());
        }

        @Test
        void nameTheFieldsThatCannotBeReadAndShowTheOthers() {
            byte[] junk = {1, 2, 3};
            CertificateDetails details = CertificateDetails.of(new ForeignCertificate(RSA)
                    .extension("2.5.29.14", junk)
                    .extension("2.5.29.15", junk)
                    .extension("2.5.29.17", junk)
                    .extension("2.5.29.19", junk)
                    .extension("2.5.29.35", junk)
                    .extension("2.5.29.37", junk)
                    .make());

            assertEquals(6, details.unreadable().size(), details.unreadable().toString());
            assertEquals(List.of(), details.subjectAlternativeNames());
            assertEquals(Set.of(), details.keyUsages());
            assertEquals(DistinguishedName.cn("old device"), details.subject());
            assertTrue(details.toText().contains("Unreadable:        subject alternative names"), details.toText());
        }

        @Test
        void showAKeyThatIsTooSmall() {
            CertificateDetails details = CertificateDetails.of(new ForeignCertificate(SampleKeys.rsa(1024)).make());

            assertEquals("RSA, 1024 bits", details.publicKey().toString());
            assertEquals(Optional.empty(), details.publicKey().type());
        }

        @Test
        void printOnlyWhatIsSafeToPrint() {
            byte[] name = Der.sequence(
                    Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8("a\r\nSubject: b\u001b[31m\u202e"))));
            CertificateDetails details = CertificateDetails.of(new ForeignCertificate(RSA)
                    .subject(DistinguishedName.of(new X500Principal(name)))
                    .extension("2.5.29.17", Der.sequence(Der.tagged(0x82, "x\r\ny".getBytes())))
                    .make());

            String text = details.toText();

            assertTrue(text.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7f), text);
            assertEquals(
                    1, text.lines().filter(line -> line.startsWith("Subject:")).count());
        }
    }
}
