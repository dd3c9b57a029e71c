package dev.certkit.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.internal.der.Der;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.KeyType;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.SampleKeys;
import dev.certkit.samples.SamplePki;
import dev.certkit.time.MovableClock;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.Validity;
import java.net.URI;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A self-signed certificate follows another: names, usages and length of life stay, serial and dates are new. */
@Tag("W6")
@Tag("C3")
class RenewalTest {
    private static final DistinguishedName SUBJECT = DistinguishedName.cn("printer-7.example.fr")
            .ou("Print")
            .o("Acme")
            .l("Lyon")
            .st("Rhône")
            .c("FR");
    private static final MovableClock MADE = MovableClock.at("2026-01-05T12:00:00Z");
    private static final MovableClock LATER = MovableClock.at("2027-01-20T00:00:00Z");

    private static CertifiedKey made(KeyType type) {
        return CertifiedKey.selfSigned(SUBJECT)
                .san("z.example.fr", "192.0.2.7")
                .san(GeneralName.uri(URI.create("urn:x:7")), GeneralName.registeredId("1.2.3"))
                .profile(CertificateProfile.device8021x().validFor(Duration.ofDays(365)))
                .extension(EncodedCertificate.Extension.of("1.2.3.4", Der.utf8("x")))
                .clock(MADE)
                .with(SampleKeys.of(type));
    }

    private static List<EncodedCertificate.Extension> extensions(CertifiedKey key) {
        return EncodedCertificate.of(key.chain().leaf()).extensions();
    }

    private static CertifiedKey of(EncodedCertificate certificate) throws Exception {
        return CertifiedKey.of(
                SampleKeys.of(KeyType.EC_P256).getPrivate(),
                CertificateChain.of(List.of(certificate.toX509Certificate())));
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void theKeyIsKept(KeyType type) throws Exception {
        CertifiedKey old = made(type);
        CertifiedKey renewed = old.renewal().clock(LATER).with(old.keyPair());
        assertTrue(renewed.chain().gap().isEmpty());
        assertArrayEquals(
                EncodedCertificate.of(old.chain().leaf()).subjectPublicKeyInfo(),
                EncodedCertificate.of(renewed.chain().leaf()).subjectPublicKeyInfo());
        assertEquals(extensions(old), extensions(renewed));
    }

    @Test
    void theKeyIsRotated() throws Exception {
        CertifiedKey old = made(KeyType.RSA_2048);
        CertifiedKey renewed = old.renewal().clock(LATER).with(SampleKeys.of(KeyType.EC_P256));
        X509Certificate leaf = renewed.chain().leaf();
        assertTrue(renewed.chain().gap().isEmpty());
        assertTrue(leaf.getKeyUsage()[0]);
        assertFalse(leaf.getKeyUsage()[2], "a key of an elliptic curve enciphers no keys");
        assertEquals(old.chain().leaf().getExtendedKeyUsage(), leaf.getExtendedKeyUsage());
        assertFalse(
                Arrays.equals(old.chain().leaf().getExtensionValue("2.5.29.14"), leaf.getExtensionValue("2.5.29.14")));
    }

    @Test
    void namesStayInTheirOrderAndTheSubjectOctetByOctet() throws Exception {
        CertifiedKey old = made(KeyType.EC_P256);
        CertifiedKey renewed = old.renewal().with(SampleKeys.otherOf(KeyType.EC_P256));
        assertArrayEquals(
                old.chain().leaf().getSubjectX500Principal().getEncoded(),
                renewed.chain().leaf().getSubjectX500Principal().getEncoded());
        assertEquals(
                Certificates.subjectAlternativeNames(old.chain().leaf()),
                Certificates.subjectAlternativeNames(renewed.chain().leaf()));
        assertEquals(
                5, Certificates.subjectAlternativeNames(renewed.chain().leaf()).size());
    }

    @Test
    @Tag("T2")
    void theLifeIsAsLongAsBeforeFromNowOn() throws Exception {
        CertifiedKey old = made(KeyType.EC_P256);
        Validity validity =
                old.renewal().clock(LATER).with(old.keyPair()).chain().validity();
        assertEquals(Instant.parse("2027-01-19T23:55:00Z"), validity.notBefore());
        assertEquals(Instant.parse("2028-01-20T00:00:00Z"), validity.notAfter());
        assertEquals(old.chain().validity().length(), validity.length());
    }

    @Test
    void theSerialNumberIsNew() throws Exception {
        CertifiedKey old = made(KeyType.EC_P256);
        assertNotEquals(
                old.chain().leaf().getSerialNumber(),
                old.renewal().with(old.keyPair()).chain().leaf().getSerialNumber());
    }

    @Test
    void everythingCanBeChangedOnTheWay() throws Exception {
        CryptoProviders bouncyCastle = CryptoProviders.standard().using(new BouncyCastleProvider());
        KeyPair keys = KeyType.EC_P384.generate(bouncyCastle);
        CertifiedKey renewed = made(KeyType.EC_P256)
                .renewal()
                .san("new.example.fr")
                .profile(CertificateProfile.tlsServer())
                .validFor(Duration.ofDays(30))
                .algorithm(SignatureAlgorithm.SHA512_WITH_ECDSA)
                .using(bouncyCastle)
                .clock(LATER)
                .with(keys);
        X509Certificate leaf = renewed.chain().leaf();
        assertEquals(List.of(ExtendedKeyUsage.SERVER_AUTH.oid()), leaf.getExtendedKeyUsage());
        assertEquals("1.2.840.10045.4.3.4", leaf.getSigAlgOID());
        assertEquals(
                Instant.parse("2027-02-19T00:00:00Z"),
                renewed.chain().validity().notAfter());
        assertEquals(6, Certificates.subjectAlternativeNames(leaf).size());
        assertTrue(leaf.getNonCriticalExtensionOIDs().contains("1.2.3.4"));
    }

    @Nested
    class OfOthersCertificates {
        @Test
        void theKeyIdentifierStaysWithTheKey() throws Exception {
            CertifiedKey root = of(ForgedCertificate.authority().made());
            X509Certificate renewed =
                    root.renewal().clock(LATER).with(root.keyPair()).chain().leaf();
            assertArrayEquals(
                    root.chain().leaf().getExtensionValue("2.5.29.14"), renewed.getExtensionValue("2.5.29.14"));
            assertEquals(Integer.MAX_VALUE, renewed.getBasicConstraints());
            assertTrue(renewed.getKeyUsage()[5] && renewed.getKeyUsage()[6]);
        }

        @Test
        void aCertificateOfVersionOneBecomesOneOfVersionThreeWithItsCommonName() throws Exception {
            CertifiedKey old = of(ForgedCertificate.server()
                    .withoutExtensions()
                    .with(ForgedCertificate.Field.VERSION, new byte[0])
                    .made());
            X509Certificate renewed =
                    old.renewal().clock(LATER).with(old.keyPair()).chain().leaf();
            assertEquals(3, renewed.getVersion());
            assertEquals(
                    List.of(GeneralName.dns("printer-7.example.fr")), Certificates.subjectAlternativeNames(renewed));
        }

        @Test
        void oneThatNeverEndsGoesOnForEver() throws Exception {
            CertifiedKey old = of(ForgedCertificate.server()
                    .with(
                            ForgedCertificate.Field.VALIDITY,
                            ForgedCertificate.validity("2026-01-01T00:00:00Z", "9999-12-31T23:59:59Z"))
                    .made());
            assertEquals(
                    Validity.NO_END,
                    old.renewal()
                            .clock(LATER)
                            .with(old.keyPair())
                            .chain()
                            .validity()
                            .notAfter());
        }

        @Test
        void oneOfASecondIsRenewedForAtLeastASecond() throws Exception {
            CertifiedKey old = of(ForgedCertificate.server()
                    .with(
                            ForgedCertificate.Field.VALIDITY,
                            ForgedCertificate.validity("2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z"))
                    .made());
            assertTrue(old.renewal()
                    .clock(LATER)
                    .with(old.keyPair())
                    .chain()
                    .validity()
                    .notAfter()
                    .isAfter(LATER.instant()));
        }

        @Test
        void whenTheOldKeyMightBeUsedIsNotSaidOfTheNew() throws Exception {
            CertifiedKey old = of(ForgedCertificate.server()
                    .with("2.5.29.16", false, Der.sequence())
                    .with("2.5.29.35", false, Der.sequence())
                    .made());
            X509Certificate renewed = old.renewal().with(old.keyPair()).chain().leaf();
            assertFalse(renewed.getNonCriticalExtensionOIDs().contains("2.5.29.16"));
            assertFalse(renewed.getNonCriticalExtensionOIDs().contains("2.5.29.35"));
        }
    }

    @Test
    void whatAnAuthorityIssuedIsRequestedAnewInstead() throws Exception {
        CertifiedKey leaf = SamplePki.of(KeyType.EC_P256).leaf(SampleKeys.of(KeyType.EC_P256));
        IllegalStateException refused = assertThrows(IllegalStateException.class, leaf::renewal);
        assertTrue(refused.getMessage().contains("CertificationRequest.like"), refused.getMessage());
    }
}
