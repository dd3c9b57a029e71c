package dev.certkit.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.internal.der.Der;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.AttributeType;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.GeneralName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as old encoders wrote them. */
@Tag("C3")
@Tag("S2")
class OldRequestTest {
    private static final KeyPair P256 = SampleKeys.of(KeyType.EC_P256);
    private static final SignatureAlgorithm ALGORITHM = SignatureAlgorithm.SHA256_WITH_ECDSA;
    private static final byte[] SUBJECT = DistinguishedName.cn("printer-7").encoded();
    private static final String CHALLENGE = "1.2.840.113549.1.9.7";
    private static final String PKCS9 = "1.2.840.113549.1.9.14";
    private static final String MICROSOFT = "1.3.6.1.4.1.311.2.1.14";

    private static byte[] signature(byte[] info) {
        return CryptoProviders.standard().sign(ALGORITHM, P256.getPrivate(), info);
    }

    private static byte[] signed(byte[] info) {
        return Der.sequence(info, ALGORITHM.algorithmIdentifier(), Der.bitString(signature(info)));
    }

    private static byte[] info(byte[] subject, byte[]... more) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        fields.writeBytes(Der.integer(0));
        fields.writeBytes(subject);
        fields.writeBytes(P256.getPublic().getEncoded());
        for (byte[] field : more) {
            fields.writeBytes(field);
        }
        return Der.tagged(0x30, fields.toByteArray());
    }

    private static byte[] attributes(byte[]... attributes) {
        return Der.tagged(0xA0, attributes);
    }

    private static byte[] attribute(String oid, byte[] value) {
        return Der.sequence(Der.oid(oid), Der.set(value));
    }

    private static byte[] sans(String... hosts) {
        byte[][] names = Arrays.stream(hosts)
                .map(host -> GeneralName.dns(host).encoded())
                .toArray(byte[][]::new);
        return Der.sequence(Der.oid("2.5.29.17"), Der.octetString(Der.sequence(names)));
    }

    private static CertificationRequest read(byte[]... attributes) throws Exception {
        return CertificationRequest.decode(signed(info(SUBJECT, attributes(attributes))));
    }

    private static String refused(byte[] der) {
        return assertThrows(MalformedEncodingException.class, () -> CertificationRequest.decode(der))
                .reason();
    }

    @Nested
    class StringTypes {
        @ParameterizedTest
        @CsvSource({"20,ISO-8859-1", "30,UTF-16BE", "28,UTF-32BE", "12,UTF-8"})
        void aSubjectOfAnyTypeIsReadAndKeptOctetByOctet(int tag, String charset) throws Exception {
            byte[] subject = Der.sequence(Der.set(
                    Der.sequence(Der.oid("2.5.4.10"), Der.tagged(tag, "Größe".getBytes(Charset.forName(charset))))));
            CertificationRequest request = CertificationRequest.decode(signed(info(subject, attributes())));
            assertArrayEquals(subject, request.subject().encoded());
            assertEquals(List.of("Größe"), request.subject().values(AttributeType.O));
        }

        @ParameterizedTest
        @CsvSource({
            "20,ISO-8859-1,pässwörd",
            "30,UTF-16BE,pässwörd €",
            "28,UTF-32BE,pässwörd €",
            "12,UTF-8,pässwörd €",
            "22,US-ASCII,a@b_c*",
            "19,US-ASCII,a@b_c*",
            "19,UTF-8,pässwörd",
            "22,UTF-8,pässwörd",
            "22,ISO-8859-1,pässwörd",
            "18,US-ASCII,1234",
            "26,US-ASCII,a@b"
        })
        void aChallengeOfAnyTypeIsRead(int tag, String charset, String challenge) throws Exception {
            CertificationRequest request =
                    read(attribute(CHALLENGE, Der.tagged(tag, challenge.getBytes(Charset.forName(charset)))));
            assertTrue(request.challengePassword().orElseThrow().matches(Passphrase.of(challenge)));
        }

        @Test
        void aChallengeThatIsNoTextIsRefused() {
            refused(signed(info(SUBJECT, attributes(attribute(CHALLENGE, Der.integer(1234))))));
        }
    }

    @Nested
    class Attributes {
        @Test
        void theOldPlaceOfExtensionsIsRead() throws Exception {
            assertEquals(
                    List.of(GeneralName.dns("b.fr"), GeneralName.dns("a.fr")),
                    read(attribute(MICROSOFT, Der.sequence(sans("b.fr", "a.fr"))))
                            .subjectAlternativeNames());
        }

        @Test
        void whatStandsInBothPlacesAlikeIsReadOnce() throws Exception {
            byte[] usage = Der.sequence(Der.oid("2.5.29.15"), Der.octetString(Der.namedBits(List.of(0))));
            CertificationRequest request = read(
                    attribute(MICROSOFT, Der.sequence(sans("a.fr"), usage)),
                    attribute(PKCS9, Der.sequence(sans("a.fr"))));
            assertEquals(List.of(GeneralName.dns("a.fr")), request.subjectAlternativeNames());
            assertEquals(2, request.requestedExtensions().all().size());
        }

        @Test
        void whatTheTwoPlacesSayDifferentlyIsRefused() {
            byte[] request = signed(info(
                    SUBJECT,
                    attributes(
                            attribute(MICROSOFT, Der.sequence(sans("a.fr"))),
                            attribute(PKCS9, Der.sequence(sans("b.fr"))))));
            assertTrue(refused(request).contains("asks twice for the extension 2.5.29.17"), refused(request));
        }

        @Test
        void aRequestWithoutTheFieldIsRead() throws Exception {
            CertificationRequest request = CertificationRequest.decode(signed(info(SUBJECT)));
            assertEquals(List.of(), request.subjectAlternativeNames());
            assertEquals(List.of(), request.requestedExtensions().all());
        }

        @Test
        void theSignatureHoldsOverTheOrderThatTheyCameIn() throws Exception {
            byte[] last = attribute(PKCS9, Der.sequence(sans("a.fr")));
            byte[] first = attribute(CHALLENGE, Der.utf8("s"));
            assertTrue(Arrays.compareUnsigned(first, last) < 0, "DER would put it first");
            CertificationRequest request = read(last, first);
            assertEquals(List.of(GeneralName.dns("a.fr")), request.subjectAlternativeNames());
            assertTrue(request.challengePassword().isPresent());
        }

        @Test
        void anUnknownAttributeIsKept() throws Exception {
            CertificationRequest request = read(attribute("1.3.6.1.4.1.311.13.2.3", Der.ia5("10.0.1.2")));
            assertArrayEquals(
                    Der.ia5("10.0.1.2"),
                    request.attributeValues("1.3.6.1.4.1.311.13.2.3").get(0));
        }
    }

    @Nested
    class Lengths {
        private byte[] longForm(int tag, byte[] content) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(tag);
            out.write(0x84);
            for (int shift = 24; shift >= 0; shift -= 8) {
                out.write(content.length >>> shift);
            }
            out.writeBytes(content);
            return out.toByteArray();
        }

        private byte[] indefinite(int tag, byte[] content) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(tag);
            out.write(0x80);
            out.writeBytes(content);
            out.write(0);
            out.write(0);
            return out.toByteArray();
        }

        private byte[] content(byte[] value) {
            int header = value[1] >= 0 ? 2 : 2 + (value[1] & 0x7F);
            return Arrays.copyOfRange(value, header, value.length);
        }

        private byte[] parts(byte[] info, byte[] signedInfo) {
            return content(Der.sequence(info, ALGORITHM.algorithmIdentifier(), Der.bitString(signature(signedInfo))));
        }

        private final byte[] der = info(SUBJECT, attributes(attribute(PKCS9, Der.sequence(sans("a.fr")))));

        private void isRead(byte[] request) throws Exception {
            CertificationRequest read = CertificationRequest.decode(request);
            assertEquals(List.of(GeneralName.dns("a.fr")), read.subjectAlternativeNames());
            assertEquals(read, CertificationRequest.decode(read.encoded()));
        }

        @Test
        void longerThanNeededTheyAreReadAndTheSignatureIsOverThem() throws Exception {
            byte[] info = longForm(0x30, content(der));
            isRead(longForm(0x30, parts(info, info)));
            refused(longForm(0x30, parts(info, der)));
        }

        @Test
        void indefiniteOutsideTheyAreRead() throws Exception {
            isRead(indefinite(0x30, parts(der, der)));
        }

        @Test
        void indefiniteInsideTheSignatureIsOverDer() throws Exception {
            byte[] info = indefinite(0x30, content(der));
            isRead(indefinite(0x30, parts(info, der)));
        }

        @Test
        void nestedWithoutEndTheyAreRefused() {
            byte[] deep = new byte[60_000];
            for (int i = 0; i < deep.length; i += 2) {
                deep[i] = 0x30;
                deep[i + 1] = (byte) 0x80;
            }
            assertTrue(refused(deep).contains("nested") || refused(deep).contains("end"), refused(deep));
        }
    }

    @Nested
    class WeakSignatures {
        private final KeyPair rsa = SampleKeys.rsa(2048);

        @ParameterizedTest
        @CsvSource({
            "SHA1withRSA,SHA-1 and RSA",
            "MD5withRSA,MD5 and RSA",
            "MD2withRSA,MD2 and RSA",
            "SHA224withRSA,SHA-224 and RSA"
        })
        void theyAreRefusedByTheirName(String jcaName, String name) throws Exception {
            byte[] der = new PKCS10CertificationRequestBuilder(
                            new X500Name("CN=a"),
                            SubjectPublicKeyInfo.getInstance(rsa.getPublic().getEncoded()))
                    .build(new JcaContentSignerBuilder(jcaName).build(rsa.getPrivate()))
                    .getEncoded();
            assertTrue(refused(der).contains("signed with " + name), refused(der));
            assertTrue(refused(der).contains("SHA-256 or better"), refused(der));
        }

        @ParameterizedTest
        @ValueSource(strings = {"1.2.840.10045.4.1", "1.2.840.10040.4.3", "1.3.14.3.2.29", "1.2.3.4"})
        void anyOtherIsNamedByItsIdentifierAsWell(String oid) {
            byte[] info = info(SUBJECT, attributes());
            byte[] der = Der.sequence(info, Der.sequence(Der.oid(oid)), Der.bitString(signature(info)));
            assertTrue(refused(der).contains(oid), refused(der));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NEW CERTIFICATE REQUEST", "CERTIFICATE REQUEST"})
    void bothLabelsAreRead(String label) throws Exception {
        byte[] der = signed(info(SUBJECT, attributes()));
        String pem = "-----BEGIN " + label + "-----\r\n"
                + Base64.getMimeEncoder(76, "\r\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(der)
                + "\r\n-----END " + label + "-----\r\n";
        assertEquals(CertificationRequest.decode(der), CertificationRequest.parse(pem));
    }
}
