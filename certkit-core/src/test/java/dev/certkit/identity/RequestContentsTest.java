package dev.certkit.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.KeyUsage;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registration authority's page shows of a request, made here or read. */
@Tag("C3")
@Tag("S2")
class RequestContentsTest {
    private static final KeyPair P256 = SampleKeys.of(KeyType.EC_P256);
    private static final String MUST_STAPLE = "1.3.6.1.5.5.7.1.24";
    private static final byte[] STAPLING = Der.sequence(Der.integer(5));

    private static CertificationRequest.Draft draft() {
        return CertificationRequest.forSubject(DistinguishedName.cn("printer-7").o("Acme"));
    }

    private static CertificationRequest read(CertificationRequest made) throws Exception {
        return CertificationRequest.decode(made.encoded());
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void theKeyAndItsAlgorithmAreNamed(KeyType type) throws Exception {
        CertificationRequest request =
                read(draft().signedBy(SampleKeys.of(type)).request());
        assertEquals(Optional.of(type), request.keyType());
        assertEquals(SignatureAlgorithm.defaultFor(SampleKeys.of(type).getPublic()), request.signatureAlgorithm());
        assertEquals(Fingerprint.sha256(SampleKeys.of(type).getPublic().getEncoded()), request.keyFingerprint());
        OptionalInt expected =
                switch (type) {
                    case RSA_2048 -> OptionalInt.of(2048);
                    case RSA_3072 -> OptionalInt.of(3072);
                    case RSA_4096 -> OptionalInt.of(4096);
                    case EC_P256 -> OptionalInt.of(256);
                    case EC_P384 -> OptionalInt.of(384);
                    case EC_P521 -> OptionalInt.of(521);
                    default -> OptionalInt.empty();
                };
        assertEquals(expected, request.keySizeBits());
    }

    @Nested
    class Extensions {
        @Test
        void theUsagesOfAProfileAreRead() throws Exception {
            CertificationRequest made = draft().profile(CertificateProfile.device8021x())
                    .signedBy(SampleKeys.of(KeyType.RSA_2048))
                    .request();
            for (CertificationRequest request : List.of(made, read(made))) {
                CertificateExtensions asked = request.requestedExtensions();
                assertEquals(
                        Optional.of(Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT)), asked.keyUsages());
                assertEquals(
                        Optional.of(List.of(ExtendedKeyUsage.CLIENT_AUTH, ExtendedKeyUsage.EAP_OVER_LAN)),
                        asked.purposes());
                assertFalse(asked.basicConstraints().orElseThrow().authority());
                assertEquals(List.of(), asked.subjectAlternativeNames());
            }
        }

        @Test
        void anAuthorityAsksForItsPathLength() throws Exception {
            CertificationRequest request =
                    read(draft().profile(CertificateProfile.authority().pathLength(3))
                            .signedBy(P256)
                            .request());
            assertEquals(
                    new CertificateExtensions.BasicConstraints(true, OptionalInt.of(3)),
                    request.requestedExtensions().basicConstraints().orElseThrow());
        }

        @Test
        void aRequestWithoutWishesAsksForNone() throws Exception {
            assertEquals(
                    List.of(),
                    read(draft().signedBy(P256).request()).requestedExtensions().all());
        }

        @Test
        void anyOtherIsAskedForAndReadByItsIdentifier() throws Exception {
            EncodedCertificate.Extension stapling = EncodedCertificate.Extension.of(MUST_STAPLE, STAPLING);
            CertificationRequest request = read(draft().san("a.fr")
                    .extension(EncodedCertificate.Extension.of(MUST_STAPLE, Der.nullValue()))
                    .extension(EncodedCertificate.Extension.of("1.2.3.4", Der.utf8("x"))
                            .asCritical())
                    .extension(stapling)
                    .signedBy(P256)
                    .request());
            List<EncodedCertificate.Extension> all =
                    request.requestedExtensions().all();
            assertEquals(
                    List.of("1.2.3.4", MUST_STAPLE, "2.5.29.17"),
                    all.stream().map(EncodedCertificate.Extension::oid).toList());
            assertTrue(all.get(0).critical());
            assertEquals(stapling, all.get(1));
            assertEquals(
                    List.of(GeneralName.dns("a.fr")),
                    request.requestedExtensions().subjectAlternativeNames());
        }

        @ParameterizedTest
        @ValueSource(strings = {"2.5.29.14", "2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.35", "2.5.29.37"})
        void whatProfileNamesAndKeyMakeIsNotSaidTwice(String oid) {
            EncodedCertificate.Extension extension = EncodedCertificate.Extension.of(oid, Der.nullValue());
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> draft().extension(extension));
            assertTrue(refused.getMessage().startsWith("extension: "), refused.getMessage());
        }

        @Test
        void theirIdentifierIsChecked() {
            assertThrows(IllegalArgumentException.class, () -> EncodedCertificate.Extension.of("x", Der.nullValue()));
        }
    }

    @Nested
    class Attributes {
        @ParameterizedTest
        @ValueSource(strings = {"router-7.example.fr", "a@b", "größe €", "x"})
        void theUnstructuredNameIsKept(String name) throws Exception {
            CertificationRequest made = draft().unstructuredName(name)
                    .challengePassword(Passphrase.of("s3cret"))
                    .signedBy(P256)
                    .request();
            assertEquals(Optional.of(name), made.unstructuredName());
            CertificationRequest read = read(made);
            assertEquals(Optional.of(name), read.unstructuredName());
            assertTrue(read.challengePassword().orElseThrow().matches(Passphrase.of("s3cret")));
        }

        @Test
        void theValuesOfAnyAttributeAreGiven() throws Exception {
            CertificationRequest request =
                    read(draft().unstructuredName("r7").signedBy(P256).request());
            List<byte[]> values = request.attributeValues("1.2.840.113549.1.9.2");
            assertEquals(1, values.size());
            assertArrayEquals(Der.ia5("r7"), values.get(0));
            assertEquals(List.of(), request.attributeValues("1.2.3.4"));
            assertEquals(
                    Optional.empty(), read(draft().signedBy(P256).request()).unstructuredName());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a\u0000b", "a\nb"})
        void anUnstructuredNameHasBoundsAndNoControlCharacters(String name) {
            assertThrows(IllegalArgumentException.class, () -> draft().unstructuredName(name));
            assertThrows(IllegalArgumentException.class, () -> draft().unstructuredName("x".repeat(256)));
        }
    }

    @Nested
    class Names {
        @Test
        void aNameThatIsGivenTwiceStandsThereOnce() {
            assertEquals(
                    List.of(GeneralName.dns("b.fr"), GeneralName.of("192.0.2.7"), GeneralName.dns("a.fr")),
                    draft().san("b.fr", "192.0.2.7", "B.fr", "a.fr", "192.0.2.7")
                            .signedBy(P256)
                            .request()
                            .subjectAlternativeNames());
        }
    }
}
