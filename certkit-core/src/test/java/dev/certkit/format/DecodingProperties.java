package dev.certkit.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes in, a decoder gives a value or a MalformedEncodingException, and nothing else. */
class DecodingProperties {
    private static final String SECRET = "canary";
    private static final DecodingLimits LIMITS = DecodingLimits.standard().maxIterations(50);

    private interface Decoder {
        void decode(byte[] bytes) throws Exception;
    }

    private static final Decoder CERTIFICATES = bytes -> {
        for (X509Certificate certificate : Certificates.decode(bytes)) {
            lookAtAllOf(certificate);
        }
    };
    private static final Decoder KEYS = bytes -> assertFalse(PrivateKeys.decode(bytes, Passphrase.of(SECRET), LIMITS)
            .getAlgorithm()
            .isEmpty());
    private static final Decoder REQUESTS = bytes -> {
        CertificationRequest request = CertificationRequest.decode(bytes);
        assertFalse(request.toString().isEmpty());
        request.subjectAlternativeNames()
                .forEach(name -> assertFalse(name.toString().isEmpty()));
    };

    private static void lookAtAllOf(X509Certificate certificate) throws Exception {
        CertificateChain chain = CertificateChain.assemble(certificate, List.of(certificate));
        assertFalse(chain.gap().toString().isEmpty());
        assertFalse(chain.toString().isEmpty());
        chain.fingerprint();
        KeyType.of(certificate.getPublicKey());
        try {
            assertFalse(
                    Certificates.subjectAlternativeNames(certificate).toString().isEmpty());
        } catch (MalformedEncodingException expected) {
            // a damaged extension in a certificate that can be read otherwise
        }
    }

    private static void allowed(Decoder decoder, byte[] bytes, String where) {
        try {
            decoder.decode(bytes);
        } catch (MalformedEncodingException expected) {
            assertFalse(expected.getMessage().contains(SECRET), expected.getMessage());
            assertFalse(expected.getMessage().chars().anyMatch(c -> c < ' ' && c != '\n'), expected.getMessage());
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            fail(where, e);
        }
    }

    private static void everyPrefixAndEveryFlip(Decoder decoder, byte[] sample) {
        for (int length = 0; length <= sample.length; length++) {
            allowed(decoder, Arrays.copyOf(sample, length), "prefix of " + length);
        }
        for (int bit = 0; bit < sample.length * 8; bit++) {
            byte[] flipped = sample.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            allowed(decoder, flipped, "bit " + bit);
        }
    }

    private static X509Certificate certificate(KeyType type) {
        return CertifiedKey.selfSigned(DistinguishedName.cn("a.example.fr").o("Acme"))
                .san("b.example.fr", "192.0.2.7")
                .profile(CertificateProfile.authority().pathLength(1))
                .with(SampleKeys.of(type))
                .chain()
                .leaf();
    }

    private static CertificationRequest request() {
        return CertificationRequest.forSubject(
                        DistinguishedName.cn("a.example.fr").o("Acme"))
                .san("b.example.fr")
                .challengePassword(Passphrase.of(SECRET))
                .profile(CertificateProfile.tlsServer())
                .signedBy(SampleKeys.of(KeyType.EC_P256))
                .request();
    }

    @Example
    void certificates() throws Exception {
        everyPrefixAndEveryFlip(CERTIFICATES, certificate(KeyType.EC_P256).getEncoded());
        everyPrefixAndEveryFlip(CERTIFICATES, certificate(KeyType.ED25519).getEncoded());
    }

    @Example
    void certificatesOfRsa() throws Exception {
        everyPrefixAndEveryFlip(CERTIFICATES, certificate(KeyType.RSA_2048).getEncoded());
    }

    @Example
    void certificatesAsText() {
        everyPrefixAndEveryFlip(
                CERTIFICATES, Certificates.toPem(certificate(KeyType.ED25519)).getBytes(StandardCharsets.US_ASCII));
    }

    @Example
    void bags() {
        everyPrefixAndEveryFlip(CERTIFICATES, Certificates.toPkcs7(List.of(certificate(KeyType.ED25519))));
    }

    @Example
    void plainKeys() {
        for (KeyType type : List.of(KeyType.EC_P256, KeyType.ED25519, KeyType.ED448)) {
            everyPrefixAndEveryFlip(KEYS, SampleKeys.of(type).getPrivate().getEncoded());
        }
    }

    @Example
    void rsaKeys() {
        everyPrefixAndEveryFlip(
                KEYS, SampleKeys.of(KeyType.RSA_2048).getPrivate().getEncoded());
    }

    @Example
    void encryptedKeys() {
        everyPrefixAndEveryFlip(
                KEYS, Pbes2Samples.encrypted(SampleKeys.of(KeyType.ED25519).getPrivate(), SECRET, 2));
    }

    @Example
    void requests() {
        everyPrefixAndEveryFlip(REQUESTS, request().encoded());
    }

    @Example
    void aRequestIsAcceptedOnlyWithTheOctetsThatWereSigned() throws Exception {
        byte[] sample = request().encoded();
        byte[] signed = info(sample);
        for (int bit = 0; bit < sample.length * 8; bit++) {
            byte[] flipped = sample.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                CertificationRequest.decode(flipped);
                assertArrayEquals(signed, info(flipped), "bit " + bit);
            } catch (MalformedEncodingException expected) {
                // refused, as it should be
            }
        }
    }

    private static byte[] info(byte[] request) throws Exception {
        return DerReader.single(request, Tag.SEQUENCE).children().next().encoded();
    }

    @Property(tries = 3000)
    void arbitraryOctets(@ForAll("hostile") byte[] bytes) {
        for (Decoder decoder : List.of(CERTIFICATES, KEYS, REQUESTS)) {
            allowed(decoder, bytes, Arrays.toString(bytes));
        }
    }

    @Property
    void arbitraryText(@ForAll("texts") String text) {
        allowed(bytes -> Certificates.parse(text), new byte[0], text);
        allowed(bytes -> PrivateKeys.parse(text, Passphrase.of(SECRET)), new byte[0], text);
        allowed(bytes -> CertificationRequest.parse(text), new byte[0], text);
    }

    @Example
    void twoHundredKilobytesOfNestingDoNotOverflowTheStack() {
        byte[] nested = new byte[200_000];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x80;
        }
        byte[] definite = {5, 0};
        for (int i = 0; i < 8000; i++) {
            definite = Der.sequence(definite);
        }
        for (byte[] bytes : List.of(nested, definite)) {
            for (Decoder decoder : List.of(CERTIFICATES, KEYS, REQUESTS)) {
                allowed(decoder, bytes, "nested");
                allowed(decoder, PemBlock.encode("CERTIFICATE", bytes).getBytes(StandardCharsets.US_ASCII), "nested");
                allowed(decoder, PemBlock.encode("PRIVATE KEY", bytes).getBytes(StandardCharsets.US_ASCII), "nested");
            }
        }
    }

    @Provide
    Arbitrary<byte[]> hostile() {
        return Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(300),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(60).map(Der::sequence),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(60).map(bytes -> PemBlock.encode("CERTIFICATE", bytes)
                        .getBytes(StandardCharsets.US_ASCII)),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(60).map(bytes -> PemBlock.encode("PRIVATE KEY", bytes)
                        .getBytes(StandardCharsets.US_ASCII)));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "-----BEGIN ",
                        "-----END ",
                        "CERTIFICATE",
                        " REQUEST",
                        "PRIVATE KEY",
                        "-----",
                        "\n",
                        "MII",
                        "=",
                        "-",
                        ":",
                        "\uFEFF",
                        "\u0000",
                        "é",
                        " ",
                        "begin")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }
}
