package dev.certkit.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.internal.der.Der;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.GeneralName;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("C3")
@Tag("S2")
@Tag("T3")
class CertificationRequestTest {
    private static final DistinguishedName SUBJECT =
            DistinguishedName.cn("printer-7").o("Acme").c("FR");
    private static final KeyPair P256 = SampleKeys.of(KeyType.EC_P256);

    private static CertificationRequest.Draft draft() {
        return CertificationRequest.forSubject(SUBJECT);
    }

    private static MalformedEncodingException refused(byte[] der) {
        return assertThrows(MalformedEncodingException.class, () -> CertificationRequest.decode(der));
    }

    @Nested
    class Making {
        @ParameterizedTest
        @EnumSource(KeyType.class)
        void itIsReadBackWithEverythingItSays(KeyType type) throws Exception {
            KeyPair keys = SampleKeys.of(type);
            CertificationRequest made = draft().san("printer-7.local", "192.0.2.7", "2001:db8::7", "*.société.fr")
                    .san(
                            GeneralName.email("ops@example.fr"),
                            GeneralName.uri(URI.create("urn:uuid:7")),
                            new GeneralName.DirectoryName(DistinguishedName.cn("d")),
                            GeneralName.OtherName.of("1.3.6.1.4.1.311.20.2.3", Der.utf8("a@b")))
                    .challengePassword(Passphrase.of("s3cret"))
                    .profile(CertificateProfile.tlsServer())
                    .signedBy(keys)
                    .request();
            CertificationRequest read = CertificationRequest.decode(made.encoded());
            assertEquals(made, read);
            assertEquals(SUBJECT, read.subject());
            assertArrayEquals(keys.getPublic().getEncoded(), read.publicKey().getEncoded());
            assertEquals(made.subjectAlternativeNames(), read.subjectAlternativeNames());
            assertEquals(8, read.subjectAlternativeNames().size());
            assertEquals(
                    "*.xn--socit-esab.fr", read.subjectAlternativeNames().get(3).toString());
            assertTrue(read.challengePassword().orElseThrow().matches(Passphrase.of("s3cret")));
            assertFalse(read.asksForAuthority());
        }

        @Test
        void bouncyCastleVerifiesItAndFindsTheSame() throws Exception {
            byte[] der = draft().san("a.fr")
                    .challengePassword(Passphrase.of("s3cret"))
                    .signedBy(P256)
                    .request()
                    .encoded();
            PKCS10CertificationRequest oracle = new PKCS10CertificationRequest(der);
            assertTrue(oracle.isSignatureValid(new JcaContentVerifierProviderBuilder().build(P256.getPublic())));
            assertEquals(2, oracle.getAttributes().length);
            assertArrayEquals(der, oracle.getEncoded());
            assertArrayEquals(SUBJECT.encoded(), oracle.getSubject().getEncoded("DER"));
        }

        @Test
        void withoutWishesItHasNoAttributes() throws Exception {
            byte[] der = draft().signedBy(P256).request().encoded();
            assertEquals(0, new PKCS10CertificationRequest(der).getAttributes().length);
        }

        @Test
        void eachCallGivesANewDraft() {
            CertificationRequest.Draft first = draft();
            first.san("a.fr").challengePassword(Passphrase.of("x")).profile(CertificateProfile.authority());
            CertificationRequest made = first.signedBy(P256).request();
            assertEquals(List.of(), made.subjectAlternativeNames());
            assertEquals(Optional.empty(), made.challengePassword());
            assertFalse(made.asksForAuthority());
        }

        @Test
        void theHashCanBeChosen() throws Exception {
            byte[] der = draft().algorithm(SignatureAlgorithm.SHA512_WITH_ECDSA)
                    .signedBy(P256)
                    .request()
                    .encoded();
            assertEquals(
                    SignatureAlgorithm.SHA512_WITH_ECDSA.oid(),
                    new PKCS10CertificationRequest(der)
                            .getSignatureAlgorithm()
                            .getAlgorithm()
                            .getId());
            CertificationRequest.decode(der);
        }

        @Test
        void anAlgorithmThatDoesNotFitTheKeyIsTheCallersMistake() {
            CertificationRequest.Draft wrong = draft().algorithm(SignatureAlgorithm.SHA256_WITH_RSA);
            assertThrows(IllegalArgumentException.class, () -> wrong.signedBy(P256));
        }

        @Test
        void aRequestForAnAuthoritySaysSo() throws Exception {
            byte[] der = draft().profile(CertificateProfile.authority().pathLength(0))
                    .signedBy(P256)
                    .request()
                    .encoded();
            assertTrue(CertificationRequest.decode(der).asksForAuthority());
        }

        @Test
        void nobodyIsNoSubject() {
            CertificationRequest.Draft nobody = CertificationRequest.forSubject(DistinguishedName.empty());
            assertTrue(assertThrows(IllegalArgumentException.class, () -> nobody.signedBy(P256))
                    .getMessage()
                    .startsWith("subject: "));
        }

        @Test
        void alternativeNamesAloneAreEnough() throws Exception {
            byte[] der = CertificationRequest.forSubject(DistinguishedName.empty())
                    .san("a.fr")
                    .signedBy(P256)
                    .request()
                    .encoded();
            assertTrue(CertificationRequest.decode(der).subject().isEmpty());
        }
    }

    @Nested
    class CommonNameAsAlternativeName {
        private List<GeneralName> names(String commonName, String... listed) {
            return CertificationRequest.forSubject(DistinguishedName.cn(commonName))
                    .san(listed)
                    .signedBy(P256)
                    .request()
                    .subjectAlternativeNames();
        }

        @Test
        void aHostNameComesFirst() {
            assertEquals(List.of(GeneralName.dns("a.fr"), GeneralName.dns("b.fr")), names("a.fr", "b.fr"));
        }

        @Test
        void anAddressIsOfTheRightKind() {
            assertEquals(List.of(GeneralName.of("10.0.0.7")), names("10.0.0.7"));
            assertEquals(List.of(GeneralName.of("2001:db8::7")), names("2001:db8::7"));
        }

        @Test
        void oneThatIsListedIsNotRepeated() {
            assertEquals(List.of(GeneralName.dns("b.fr"), GeneralName.dns("a.fr")), names("A.fr", "b.fr", "a.fr"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"printer-7", "Acme Root CA v1.0", "J. Smith", "urn:x", "a_b.fr", ".fr"})
        void anythingElseIsLeftOut(String commonName) {
            assertEquals(List.of(), names(commonName));
        }
    }

    @Nested
    class ChallengePassword {
        @ParameterizedTest
        @ValueSource(strings = {"a", "s3cret-42", "A B '()+,-./:=?"})
        void printableTextIsAPrintableString(String text) throws Exception {
            assertEquals(0x13, challengeTag(text));
        }

        @ParameterizedTest
        @ValueSource(strings = {"a_b", "s@cret", "é", "🔑", "*"})
        void anyOtherIsUtf8(String text) throws Exception {
            assertEquals(0x0C, challengeTag(text));
        }

        private int challengeTag(String text) throws Exception {
            byte[] der = draft().challengePassword(Passphrase.of(text))
                    .signedBy(P256)
                    .request()
                    .encoded();
            Passphrase read =
                    CertificationRequest.decode(der).challengePassword().orElseThrow();
            assertTrue(read.matches(Passphrase.of(text)), text);
            ASN1Encodable value = new PKCS10CertificationRequest(der)
                    .getAttributes(PKCSObjectIdentifiers.pkcs_9_at_challengePassword)[0]
                    .getAttributeValues()[0];
            return value.toASN1Primitive().getEncoded()[0];
        }

        @Test
        void itHas1To255Characters() {
            draft().challengePassword(Passphrase.of("x".repeat(255)));
            for (String wrong : List.of("", "x".repeat(256))) {
                IllegalArgumentException refused = assertThrows(
                        IllegalArgumentException.class, () -> draft().challengePassword(Passphrase.of(wrong)));
                assertTrue(refused.getMessage().startsWith("challenge: "), refused.getMessage());
                assertFalse(refused.getMessage().contains("xxx"), refused.getMessage());
            }
        }

        @Test
        void aClosedOneIsRefusedWhenItIsSigned() {
            Passphrase challenge = Passphrase.of("s3cret");
            CertificationRequest.Draft closed = draft().challengePassword(challenge);
            challenge.close();
            assertThrows(IllegalStateException.class, () -> closed.signedBy(P256));
        }

        @Test
        void itNeverShowsInToString() {
            PendingKey pending =
                    draft().challengePassword(Passphrase.of("canary")).signedBy(P256);
            assertFalse(pending.toString().contains("canary"));
            assertFalse(pending.request().toString().contains("canary"));
        }

        @Test
        void twoChallengesAreRefused() {
            byte[] one = Der.utf8("a");
            byte[] two = Der.printable("b");
            byte[] oid = Der.oid("1.2.840.113549.1.9.7");
            refused(signed(Der.sequence(oid, Der.setOf(List.of(one, two)))));
            refused(signed(Der.sequence(oid, Der.set(one)), Der.sequence(oid, Der.set(two))));
            refused(signed(Der.sequence(oid, Der.setOf(List.of()))));
        }

        private byte[] signed(byte[]... attributes) {
            byte[] info = Der.sequence(
                    Der.integer(0), SUBJECT.encoded(), P256.getPublic().getEncoded(), Der.tagged(0xA0, attributes));
            byte[] signature =
                    CryptoProviders.standard().sign(SignatureAlgorithm.SHA256_WITH_ECDSA, P256.getPrivate(), info);
            return Der.sequence(
                    info, SignatureAlgorithm.SHA256_WITH_ECDSA.algorithmIdentifier(), Der.bitString(signature));
        }
    }

    private static PKCS10CertificationRequestBuilder builder() {
        return new PKCS10CertificationRequestBuilder(
                new X500Name("CN=a"),
                SubjectPublicKeyInfo.getInstance(P256.getPublic().getEncoded()));
    }

    private static byte[] signed(PKCS10CertificationRequestBuilder builder) throws Exception {
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(SampleKeys.ofJdk(KeyType.EC_P256).getPrivate()))
                .getEncoded();
    }

    @Nested
    class Refusing {
        @Test
        void aTamperedRequestProvesNothing() {
            byte[] der = draft().san("good.fr").signedBy(P256).request().encoded();
            byte[] tampered = new String(der, StandardCharsets.ISO_8859_1)
                    .replace("good.fr", "evil.fr")
                    .getBytes(StandardCharsets.ISO_8859_1);
            assertFalse(Arrays.equals(der, tampered));
            assertTrue(refused(tampered).reason().contains("possession"));
        }

        @Test
        void aRequestForAStrangersKeyProvesNothing() throws Exception {
            PKCS10CertificationRequestBuilder stranger = new PKCS10CertificationRequestBuilder(
                    new X500Name("CN=a"),
                    SubjectPublicKeyInfo.getInstance(
                            SampleKeys.otherOf(KeyType.EC_P256).getPublic().getEncoded()));
            assertTrue(refused(signed(stranger)).reason().contains("possession"));
        }

        @Test
        void aShortRsaKeyIsNamedByItsLength() throws Exception {
            KeyPair weak = SampleKeys.rsa(1024);
            byte[] der = new PKCS10CertificationRequestBuilder(
                            new X500Name("CN=a"),
                            SubjectPublicKeyInfo.getInstance(weak.getPublic().getEncoded()))
                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(weak.getPrivate()))
                    .getEncoded();
            assertTrue(refused(der).reason().contains("1024 bits"), refused(der).reason());
        }

        @Test
        void aWeakHashIsNamedByItsIdentifier() throws Exception {
            byte[] der = builder()
                    .build(new JcaContentSignerBuilder("SHA1withECDSA")
                            .build(SampleKeys.ofJdk(KeyType.EC_P256).getPrivate()))
                    .getEncoded();
            assertTrue(
                    refused(der).reason().contains("1.2.840.10045.4.1"),
                    refused(der).reason());
        }

        @Test
        void anythingBehindItIsRefused() {
            byte[] der = draft().signedBy(P256).request().encoded();
            refused(Arrays.copyOf(der, der.length + 1));
        }

        @Test
        void aRequestOver64KilobytesIsRefused() {
            assertTrue(refused(new byte[(64 << 10) + 1]).reason().contains("65536"));
        }

        @Test
        void aBasicConstraintThatIsNoneIsRefused() throws Exception {
            byte[] extensions = Der.sequence(Der.sequence(Der.oid("2.5.29.19"), Der.octetString(new byte[] {1, 2, 3})));
            PKCS10CertificationRequestBuilder odd = builder();
            odd.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, ASN1Primitive.fromByteArray(extensions));
            refused(signed(odd));
        }

        @Test
        void anExtensionRequestWithoutValueIsRefused() throws Exception {
            PKCS10CertificationRequestBuilder odd = builder();
            odd.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, new ASN1Encodable[0]);
            refused(signed(odd));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"})
        void aTextWithoutARequestIsRefused(String text) {
            MalformedEncodingException refused =
                    assertThrows(MalformedEncodingException.class, () -> CertificationRequest.parse(text));
            assertTrue(refused.getMessage().contains("CERTIFICATE REQUEST"), refused.getMessage());
        }

        @Test
        void twoRequestsInOneTextAreRefused() {
            String pem = draft().signedBy(P256).request().toPem();
            assertThrows(MalformedEncodingException.class, () -> CertificationRequest.parse(pem + pem));
        }
    }

    @Nested
    class AsText {
        @Test
        void itRoundTripsWithAnythingAround() throws Exception {
            CertificationRequest request = draft().san("a.fr").signedBy(P256).request();
            assertEquals(request, CertificationRequest.parse("please sign\n" + request.toPem() + "thanks"));
        }

        @Test
        void theOldLabelOfMicrosoftIsRead() throws Exception {
            CertificationRequest request = draft().signedBy(P256).request();
            String old = request.toPem().replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST");
            assertEquals(request, CertificationRequest.parse(old));
        }

        @Test
        void equalityIsOfTheOctets() {
            CertificationRequest one = draft().signedBy(P256).request();
            assertNotEquals(one, draft().san("b.fr").signedBy(P256).request());
            assertEquals(one.hashCode(), one.hashCode());
            assertEquals("CertificationRequest[CN=printer-7,O=Acme,C=FR]", one.toString());
        }
    }
}
