package dev.certkit.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.internal.der.Der;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.KeyType;
import dev.certkit.key.SignatureAlgorithm;
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
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CertifiedKeyTest {
    private static final DistinguishedName SUBJECT =
            DistinguishedName.cn("printer-7.example.fr").o("Acme").c("FR");
    private static final KeyPair P256 = SampleKeys.of(KeyType.EC_P256);
    private static final MovableClock CLOCK = MovableClock.at("2026-11-22T05:00:00Z");

    private static CertifiedKey.SelfSigned draft() {
        return CertifiedKey.selfSigned(SUBJECT).clock(CLOCK);
    }

    private static X509Certificate leaf(CertifiedKey key) {
        return key.chain().leaf();
    }

    @Nested
    @Tag("W6")
    @Tag("T2")
    class SelfSigned {
        @ParameterizedTest
        @EnumSource(KeyType.class)
        void itVerifiesUnderItsOwnKey(KeyType type) {
            CertifiedKey made = draft().with(SampleKeys.of(type));
            assertTrue(EncodedCertificate.of(leaf(made)).isSelfSigned());
            assertTrue(made.chain().gap().isEmpty());
            assertEquals(1, made.chain().certificates().size());
        }

        @Test
        void theJdkFindsEverythingInIt() throws Exception {
            X509Certificate certificate =
                    leaf(draft().san("b.example.fr", "192.0.2.7").with(P256));
            assertEquals(3, certificate.getVersion());
            assertEquals(SUBJECT.toPrincipal(), certificate.getSubjectX500Principal());
            assertEquals(SUBJECT.toPrincipal(), certificate.getIssuerX500Principal());
            assertEquals(
                    Instant.parse("2026-11-22T04:55:00Z"),
                    certificate.getNotBefore().toInstant());
            assertEquals(
                    Instant.parse("2027-12-24T05:00:00Z"),
                    certificate.getNotAfter().toInstant());
            assertEquals(-1, certificate.getBasicConstraints());
            assertEquals(List.of(ExtendedKeyUsage.SERVER_AUTH.oid()), certificate.getExtendedKeyUsage());
            assertArrayEquals(
                    new boolean[] {true, false, false, false, false, false, false, false, false},
                    certificate.getKeyUsage());
            assertEquals(
                    List.of(List.of(2, "printer-7.example.fr"), List.of(2, "b.example.fr"), List.of(7, "192.0.2.7")),
                    List.copyOf(certificate.getSubjectAlternativeNames()));
            assertEquals(Set.of("2.5.29.15", "2.5.29.19"), certificate.getCriticalExtensionOIDs());
            assertEquals(Set.of("2.5.29.14", "2.5.29.17", "2.5.29.37"), certificate.getNonCriticalExtensionOIDs());
            assertEquals("1.2.840.10045.4.3.2", certificate.getSigAlgOID());
            assertNull(certificate.getSigAlgParams());
            certificate.verify(certificate.getPublicKey());
        }

        @Test
        void everyKindOfNameIsReadBack() throws Exception {
            List<GeneralName> names = List.of(
                    GeneralName.dns("*.société.fr"),
                    GeneralName.of("2001:db8::7"),
                    GeneralName.email("ops@example.fr"),
                    GeneralName.uri(URI.create("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6")),
                    new GeneralName.DirectoryName(DistinguishedName.cn("d")),
                    GeneralName.OtherName.of("1.3.6.1.4.1.311.20.2.3", Der.utf8("a@b")));
            X509Certificate certificate = leaf(CertifiedKey.selfSigned(DistinguishedName.cn("a"))
                    .san(names.toArray(GeneralName[]::new))
                    .with(P256));
            assertEquals(names, Certificates.subjectAlternativeNames(certificate));
            assertEquals(6, certificate.getSubjectAlternativeNames().size());
        }

        @Test
        void aRootSaysThatItIsOne() {
            X509Certificate root =
                    leaf(draft().profile(CertificateProfile.authority().pathLength(2))
                            .with(P256));
            assertEquals(2, root.getBasicConstraints());
            assertTrue(root.getKeyUsage()[5] && root.getKeyUsage()[6]);
            assertEquals(
                    Integer.MAX_VALUE,
                    leaf(draft().profile(CertificateProfile.authority()).with(P256))
                            .getBasicConstraints());
        }

        @Test
        void onlyRsaKeysEncipherKeys() {
            assertTrue(leaf(draft().with(SampleKeys.of(KeyType.RSA_2048))).getKeyUsage()[2]);
            assertFalse(leaf(draft().with(P256)).getKeyUsage()[2]);
        }

        @Test
        void itsLifeIsCountedFromNow() {
            CertifiedKey day = draft().validFor(Duration.ofDays(1)).with(P256);
            assertEquals(
                    new Validity(Instant.parse("2026-11-22T04:55:00Z"), Instant.parse("2026-11-23T05:00:00Z")),
                    day.chain().validity());
        }

        @Test
        void itMayEndBehind2049() {
            CertifiedKey century = draft().validFor(Duration.ofDays(36500)).with(P256);
            assertEquals(
                    Instant.parse("2126-10-29T05:00:00Z"),
                    century.chain().validity().notAfter());
        }

        @Test
        void serialNumbersAreRandomAndPositive() {
            X509Certificate one = leaf(draft().with(P256));
            X509Certificate other = leaf(draft().with(P256));
            assertNotEquals(one.getSerialNumber(), other.getSerialNumber());
            assertEquals(127, one.getSerialNumber().bitLength());
        }

        @Test
        void eachCallGivesANewDraft() throws Exception {
            CertifiedKey.SelfSigned first = draft();
            first.san("b.fr").validFor(Duration.ofDays(1)).profile(CertificateProfile.authority());
            X509Certificate made = leaf(first.with(P256));
            assertEquals(1, Certificates.subjectAlternativeNames(made).size());
            assertEquals(-1, made.getBasicConstraints());
        }

        @Test
        void theAlgorithmCanBeChosen() {
            X509Certificate made =
                    leaf(draft().algorithm(SignatureAlgorithm.SHA384_WITH_ECDSA).with(P256));
            assertEquals(SignatureAlgorithm.SHA384_WITH_ECDSA.oid(), made.getSigAlgOID());
        }

        @Test
        void theProvidersCanBeChosen() throws Exception {
            CryptoProviders bouncyCastle = CryptoProviders.standard().using(new BouncyCastleProvider());
            KeyPair rsa = KeyType.RSA_2048.generate(bouncyCastle);
            X509Certificate made = leaf(draft().using(bouncyCastle).with(rsa));
            made.verify(rsa.getPublic());
        }

        @Test
        void nobodyIsNoIssuer() {
            CertifiedKey.SelfSigned nobody =
                    CertifiedKey.selfSigned(DistinguishedName.empty()).san("a.fr");
            assertTrue(assertThrows(IllegalArgumentException.class, () -> nobody.with(P256))
                    .getMessage()
                    .startsWith("subject: "));
        }
    }

    @Nested
    @Tag("W7")
    class ProvingTheMatch {
        @ParameterizedTest
        @EnumSource(KeyType.class)
        void theRightKeyIsTaken(KeyType type) throws Exception {
            CertificateChain chain = draft().with(SampleKeys.of(type)).chain();
            assertEquals(
                    chain,
                    CertifiedKey.of(SampleKeys.of(type).getPrivate(), chain).chain());
        }

        @ParameterizedTest
        @EnumSource(names = {"RSA_2048", "EC_P256", "EC_P384", "ED25519", "ED448", "ML_DSA_65"})
        void aKeyThatDoesNotBelongIsRefused(KeyType type) {
            CertificateChain chain = draft().with(SampleKeys.of(type)).chain();
            for (KeyPair other : List.of(SampleKeys.otherOf(type), SampleKeys.of(KeyType.RSA_3072))) {
                KeyMismatchException refused =
                        assertThrows(KeyMismatchException.class, () -> CertifiedKey.of(other.getPrivate(), chain));
                assertTrue(refused.getMessage().contains("CN=printer-7.example.fr"), refused.getMessage());
            }
        }

        @Test
        void keysOfTheJdkBelongToo() throws Exception {
            for (KeyType type : SampleKeys.classical().toList()) {
                CertificateChain chain = draft().with(SampleKeys.of(type)).chain();
                CertifiedKey.of(SampleKeys.ofJdk(type).getPrivate(), chain);
            }
        }

        @ParameterizedTest
        @EnumSource(KeyType.class)
        void keysOfBouncyCastleBelongToo(KeyType type) throws Exception {
            CryptoProviders bouncyCastle = CryptoProviders.standard().using(new BouncyCastleProvider());
            KeyPair theirs = type.generate(bouncyCastle);
            CertificateChain chain = draft().using(bouncyCastle).with(theirs).chain();
            CertifiedKey.of(theirs.getPrivate(), chain);
            assertTrue(EncodedCertificate.of(chain.leaf()).isSelfSigned());
        }

        @Test
        void aKindOfKeyThatIsNotSupportedIsNoMismatch() throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
            generator.initialize(new ECGenParameterSpec("secp256k1"));
            KeyPair koblitz = generator.generateKeyPair();
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> KeyMatch.prove(koblitz.getPrivate(), koblitz.getPublic(), "x"));
            assertTrue(refused.getMessage().contains("curve"), refused.getMessage());
        }
    }

    @Nested
    class KeepingSecret {
        @Test
        void theKeyNeverShows() throws Exception {
            for (KeyType type : KeyType.values()) {
                CertifiedKey made = draft().with(SampleKeys.of(type));
                assertEquals("CertifiedKey[CN=printer-7.example.fr,O=Acme,C=FR, 1 certificate]", made.toString());
            }
        }

        @Test
        void aMismatchDoesNotTellTheKey() {
            CertificateChain chain = draft().with(P256).chain();
            KeyPair other = SampleKeys.otherOf(KeyType.EC_P256);
            KeyMismatchException refused =
                    assertThrows(KeyMismatchException.class, () -> CertifiedKey.of(other.getPrivate(), chain));
            byte[] encoded = other.getPrivate().getEncoded();
            String hex = HexFormat.of().formatHex(encoded);
            String base64 = Base64.getEncoder().encodeToString(encoded);
            for (Throwable e = refused; e != null; e = e.getCause()) {
                assertFalse(e.toString().toLowerCase(Locale.ROOT).contains(hex.substring(80, 100)));
                assertFalse(e.toString().contains(base64.substring(60, 80)));
            }
        }
    }

    @Test
    void aChainFromAnAuthorityIsKeptWhole() throws Exception {
        CertifiedKey leaf = SamplePki.of(KeyType.EC_P256).leaf(P256);
        assertEquals(3, leaf.chain().certificates().size());
        assertTrue(Arrays.equals(
                P256.getPublic().getEncoded(), leaf(leaf).getPublicKey().getEncoded()));
    }
}
