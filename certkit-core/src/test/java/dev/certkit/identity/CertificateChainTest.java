package dev.certkit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.internal.x509.Extensions;
import dev.certkit.internal.x509.SubjectPublicKeyInfo;
import dev.certkit.internal.x509.TbsCertificate;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.KeyType;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.samples.SampleKeys;
import dev.certkit.samples.SamplePki;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.SerialNumber;
import dev.certkit.x509.Validity;
import java.math.BigInteger;
import java.net.URI;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("T4")
class CertificateChainTest {
    private static final KeyPair LEAF_KEY = SampleKeys.of(KeyType.EC_P256);
    private static SamplePki pki;
    private static X509Certificate leaf;
    private static X509Certificate intermediate;
    private static X509Certificate root;

    @BeforeAll
    static void make() throws Exception {
        pki = SamplePki.of(KeyType.EC_P384);
        List<X509Certificate> chain = pki.certificates(LEAF_KEY);
        leaf = chain.get(0);
        intermediate = chain.get(1);
        root = chain.get(2);
    }

    /** Signs whatever it is told to, right or wrong. */
    private static X509Certificate issued(String subject, KeyPair key, String issuer, KeyPair issuerKey) {
        return issued(subject, key, issuer, issuerKey, CertificateProfile.authority());
    }

    private static X509Certificate issued(
            String subject, KeyPair key, String issuer, KeyPair issuerKey, CertificateProfile profile) {
        SubjectPublicKeyInfo info = SubjectPublicKeyInfo.of(key.getPublic());
        return new TbsCertificate(
                        SerialNumber.random(new SecureRandom()),
                        DistinguishedName.cn(issuer),
                        Validity.lasting(Duration.ofDays(9), Clock.systemUTC()),
                        DistinguishedName.cn(subject),
                        info,
                        new Extensions().profile(profile, key.getPublic()).subjectKey(info.keyIdentifier()))
                .signedBy(
                        issuerKey.getPrivate(),
                        SignatureAlgorithm.defaultFor(issuerKey.getPublic()),
                        CryptoProviders.standard());
    }

    private static KeyPair key() {
        return KeyType.EC_P256.generate();
    }

    @Nested
    class InOrder {
        @ParameterizedTest
        @EnumSource(KeyType.class)
        void everyLinkIsVerifiedForEveryKindOfKey(KeyType type) throws Exception {
            List<X509Certificate> certificates = SamplePki.of(type).certificates(LEAF_KEY);
            CertificateChain chain = CertificateChain.of(certificates);
            assertEquals(certificates, chain.certificates());
            assertTrue(chain.gap().isEmpty());
        }

        @Test
        void itDescribesItsLeaf() throws Exception {
            CertificateChain chain = CertificateChain.of(List.of(leaf, intermediate, root));
            assertEquals(leaf, chain.leaf());
            assertEquals(Fingerprint.sha256(leaf), chain.fingerprint());
            assertEquals("printer-7.example.fr", chain.subject().commonName().orElseThrow());
            assertEquals(leaf.getNotAfter().toInstant(), chain.validity().notAfter());
            assertEquals(Certificates.toPem(List.of(leaf, intermediate, root)), chain.toPem());
            assertEquals("CN=printer-7.example.fr,O=Acme,C=FR, 3 certificates", chain.toString());
        }

        @Test
        void aWrongOrderNamesTheTwoAndWhatToDo() {
            BrokenChainException broken = assertThrows(
                    BrokenChainException.class, () -> CertificateChain.of(List.of(leaf, root, intermediate)));
            assertEquals(leaf, broken.certificate());
            assertTrue(broken.getMessage().contains("CN=printer-7.example.fr"), broken.getMessage());
            assertTrue(broken.getMessage().contains("CN=Root"), broken.getMessage());
            assertTrue(broken.getMessage().contains("CertificateChain.assemble"), broken.getMessage());
        }

        @Test
        void anIssuerOfTheRightNameWithAnotherKeyIsRefused() {
            X509Certificate impostor =
                    issued("Issuer", SampleKeys.of(KeyType.EC_P256), "Issuer", SampleKeys.of(KeyType.EC_P256));
            X509Certificate signedByAnother = issued(
                    "leaf", key(), "Issuer", SampleKeys.otherOf(KeyType.EC_P256), CertificateProfile.tlsServer());
            BrokenChainException broken = assertThrows(
                    BrokenChainException.class, () -> CertificateChain.of(List.of(signedByAnother, impostor)));
            assertTrue(broken.fault().contains("signature"), broken.fault());
        }

        @Test
        void anIssuerThatIsNoAuthorityIsRefused() {
            KeyPair key = key();
            X509Certificate notAnAuthority = issued("Issuer", key, "Issuer", key, CertificateProfile.tlsServer());
            X509Certificate below = issued("leaf", key(), "Issuer", key, CertificateProfile.tlsServer());
            BrokenChainException broken =
                    assertThrows(BrokenChainException.class, () -> CertificateChain.of(List.of(below, notAnAuthority)));
            assertTrue(broken.fault().contains("no authority"), broken.fault());
        }

        @Test
        void aWeakSignatureIsNamedByItsIdentifier() throws Exception {
            KeyPair rsa = SampleKeys.of(KeyType.RSA_2048);
            X509Certificate issuer = issued("Issuer", rsa, "Issuer", rsa);
            X509Certificate weak = Certificates.decode(new JcaX509v3CertificateBuilder(
                                    new X500Name("CN=Issuer"),
                                    BigInteger.TEN,
                                    new Date(0),
                                    new Date(1L << 41),
                                    new X500Name("CN=leaf"),
                                    LEAF_KEY.getPublic())
                            .build(new JcaContentSignerBuilder("SHA1withRSA").build(rsa.getPrivate()))
                            .getEncoded())
                    .get(0);
            BrokenChainException broken =
                    assertThrows(BrokenChainException.class, () -> CertificateChain.of(List.of(weak, issuer)));
            assertTrue(broken.fault().contains("1.2.840.113549.1.1.5"), broken.fault());
        }

        @Test
        void noneAndMoreThanTenAreTheCallersMistake() {
            assertThrows(IllegalArgumentException.class, () -> CertificateChain.of(List.of()));
            assertThrows(IllegalArgumentException.class, () -> CertificateChain.of(Collections.nCopies(11, root)));
        }

        @Test
        void theListIsACopyThatCannotBeChanged() throws Exception {
            List<X509Certificate> mine = new ArrayList<>(List.of(leaf, intermediate));
            CertificateChain chain = CertificateChain.of(mine);
            mine.clear();
            assertEquals(2, chain.certificates().size());
            assertThrows(UnsupportedOperationException.class, () -> chain.certificates()
                    .remove(0));
        }

        @Test
        void equalityIsOfTheCertificates() throws Exception {
            CertificateChain chain = CertificateChain.of(List.of(leaf, intermediate));
            assertEquals(chain, CertificateChain.of(List.of(leaf, intermediate)));
            assertEquals(
                    chain.hashCode(),
                    CertificateChain.of(List.of(leaf, intermediate)).hashCode());
            assertNotEquals(chain, CertificateChain.of(List.of(leaf, intermediate, root)));
        }
    }

    @Nested
    class Assembling {
        @Test
        void anyOrderWithStraysAndDuplicatesGivesTheSame() throws Exception {
            X509Certificate stray = SamplePki.of(KeyType.ED25519).root().chain().leaf();
            List<X509Certificate> pool =
                    new ArrayList<>(List.of(leaf, intermediate, root, stray, root, intermediate, leaf));
            Random random = new Random(42);
            for (int i = 0; i < 50; i++) {
                Collections.shuffle(pool, random);
                assertEquals(
                        List.of(leaf, intermediate, root),
                        CertificateChain.assemble(leaf, pool).certificates());
            }
        }

        @Test
        void aMissingIntermediateIsNamedByItsIssuer() {
            ChainGap gap =
                    CertificateChain.assemble(leaf, List.of(leaf, root)).gap().orElseThrow();
            assertEquals(DistinguishedName.of(intermediate.getSubjectX500Principal()), gap.issuer());
            assertEquals(Optional.empty(), gap.location());
            String key = HexFormat.ofDelimiter(":")
                    .withUpperCase()
                    .formatHex(
                            SubjectPublicKeyInfo.of(intermediate.getPublicKey()).keyIdentifier());
            assertEquals(Optional.of(key), gap.keyIdentifier());
            assertEquals(
                    "the certificate of CN=Intermediate EC_P384,O=Acme,C=FR with the key identifier " + key
                            + " is missing",
                    gap.toString());
        }

        @Test
        void anEmptyPoolLeavesTheLeafAlone() {
            CertificateChain alone = CertificateChain.assemble(leaf, List.of());
            assertEquals(List.of(leaf), alone.certificates());
            assertTrue(alone.gap().isPresent());
        }

        @Test
        void theAddressOfTheIssuerIsGivenIfTheCertificateHasIt() throws Exception {
            X509Certificate withAddress = withAia("http://ca.example.fr/issuer.cer");
            assertEquals(
                    Optional.of(URI.create("http://ca.example.fr/issuer.cer")),
                    CertificateChain.assemble(withAddress, List.of())
                            .gap()
                            .orElseThrow()
                            .location());
        }

        @Test
        void anAddressThatIsNoneIsLeftOut() throws Exception {
            assertEquals(
                    Optional.empty(),
                    CertificateChain.assemble(withAia("not a uri"), List.of())
                            .gap()
                            .orElseThrow()
                            .location());
        }

        private X509Certificate withAia(String location) throws Exception {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=Issuer"),
                    BigInteger.TEN,
                    new Date(0),
                    new Date(1L << 41),
                    new X500Name("CN=leaf"),
                    LEAF_KEY.getPublic());
            builder.addExtension(
                    Extension.authorityInfoAccess,
                    false,
                    new AuthorityInformationAccess(AccessDescription.id_ad_caIssuers, new GeneralName(6, location)));
            return Certificates.decode(builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                                    .build(SampleKeys.ofJdk(KeyType.EC_P256).getPrivate()))
                            .getEncoded())
                    .get(0);
        }

        @Test
        void ofTwoIssuersOfOneNameTheOneThatSignedIsTaken() {
            KeyPair right = key();
            X509Certificate wrongOne = issued("Root", SampleKeys.of(KeyType.EC_P256), "Root", LEAF_KEY);
            X509Certificate rightOne = issued("Root", right, "Root", right);
            X509Certificate below = issued("leaf", key(), "Root", right);
            for (List<X509Certificate> pool : List.of(List.of(wrongOne, rightOne), List.of(rightOne, wrongOne))) {
                assertEquals(
                        List.of(below, rightOne),
                        CertificateChain.assemble(below, pool).certificates());
            }
        }

        @Test
        void aCrossSignedRootDoesNotHideTheWayToTheTop() {
            KeyPair root = key();
            KeyPair old = key();
            X509Certificate selfSigned = issued("Root", root, "Root", root);
            X509Certificate crossSigned = issued("Root", root, "Old root", old);
            X509Certificate below = issued("leaf", key(), "Root", root);
            for (List<X509Certificate> pool :
                    List.of(List.of(selfSigned, crossSigned), List.of(crossSigned, selfSigned))) {
                CertificateChain chain = CertificateChain.assemble(below, pool);
                assertEquals(List.of(below, selfSigned), chain.certificates());
                assertTrue(chain.gap().isEmpty());
            }
        }

        @Test
        void aDeadEndIsLeftForAWayThatEndsAtARoot() {
            KeyPair issuer = key();
            KeyPair gone = key();
            KeyPair root = key();
            X509Certificate below = issued("leaf", key(), "Issuer", issuer);
            X509Certificate deadEnd = issued("Issuer", issuer, "Gone root", gone);
            X509Certificate way = issued("Issuer", issuer, "Root", root);
            X509Certificate top = issued("Root", root, "Root", root);
            for (List<X509Certificate> pool :
                    List.of(List.of(deadEnd, way, top), List.of(top, way, deadEnd), List.of(way, deadEnd, top))) {
                assertEquals(
                        List.of(below, way, top),
                        CertificateChain.assemble(below, pool).certificates());
            }
        }

        @Test
        void aNewKeyOfTheRootCertifiedByItsOldOneIsFollowedFurther() {
            KeyPair old = key();
            KeyPair fresh = key();
            X509Certificate below = issued("leaf", key(), "Root", fresh);
            X509Certificate newWithOld = issued("Root", fresh, "Root", old);
            X509Certificate oldRoot = issued("Root", old, "Root", old);
            CertificateChain chain = CertificateChain.assemble(below, List.of(newWithOld, oldRoot));
            assertEquals(List.of(below, newWithOld, oldRoot), chain.certificates());
            assertTrue(chain.gap().isEmpty());
        }

        @Test
        void twoAuthoritiesThatSignedEachOtherAreNoEndlessLoop() {
            KeyPair a = key();
            KeyPair b = key();
            X509Certificate below = issued("leaf", key(), "A", a);
            X509Certificate aByB = issued("A", a, "B", b);
            X509Certificate bByA = issued("B", b, "A", a);
            CertificateChain chain = CertificateChain.assemble(below, List.of(aByB, bByA));
            assertEquals(List.of(below, aByB, bByA), chain.certificates());
            assertTrue(chain.gap().isPresent());
        }

        @Test
        void aMeshOfAuthoritiesOfOneNameIsLeftWithinItsBudget() {
            KeyPair[] keys = new KeyPair[12];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = key();
            }
            List<X509Certificate> mesh = new ArrayList<>();
            for (KeyPair subject : keys) {
                for (KeyPair issuer : keys) {
                    if (subject != issuer) {
                        mesh.add(issued("Mesh", subject, "Mesh", issuer));
                    }
                }
            }
            X509Certificate below = issued("leaf", key(), "Mesh", keys[0]);
            CertificateChain chain =
                    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> CertificateChain.assemble(below, mesh));
            assertTrue(chain.certificates().size() <= 10);
        }

        @Test
        void aChainHasAtMostTenCertificates() {
            List<X509Certificate> tower = new ArrayList<>();
            KeyPair above = key();
            tower.add(issued("0", above, "0", above));
            for (int i = 1; i < 15; i++) {
                KeyPair next = key();
                tower.add(issued("" + i, next, "" + (i - 1), above));
                above = next;
            }
            CertificateChain chain = CertificateChain.assemble(tower.get(14), tower);
            assertEquals(10, chain.certificates().size());
            assertTrue(chain.gap().isPresent());
        }

        @Test
        @Tag("W1")
        void aNameThatIsTheIssuersIsNotASignature() {
            X509Certificate selfIssued = issued("Root", key(), "Root", key());
            assertFalse(EncodedCertificate.of(selfIssued).isSelfSigned());
            assertTrue(CertificateChain.assemble(selfIssued, List.of(selfIssued))
                    .gap()
                    .isPresent());
        }
    }
}
