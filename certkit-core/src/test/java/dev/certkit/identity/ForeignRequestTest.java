package dev.certkit.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.internal.der.Der;
import dev.certkit.key.Passphrase;
import dev.certkit.peers.Peer;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.GeneralName;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that other programs made. */
@Tag("C3")
@Tag("S2")
@Tag("T3")
class ForeignRequestTest {
    private static final DistinguishedName SUBJECT =
            DistinguishedName.cn("printer-7").o("Acme").c("FR");

    private static MalformedEncodingException refused(byte[] der) {
        return assertThrows(MalformedEncodingException.class, () -> CertificationRequest.decode(der));
    }

    /** Its attributes come in another order than DER demands, so that whoever encodes again verifies other octets. */
    @Nested
    class FromStrongSwan {
        @TempDir
        Path directory;

        private Peer pki;

        @BeforeEach
        void find() {
            pki = Peer.require("pki");
        }

        private byte[] request(String type, String... more) throws Exception {
            byte[] key = pki.run(directory, "--gen", "--type", type.split(" ")[0], "--size", type.split(" ")[1])
                    .succeeded()
                    .outBytes();
            Files.write(directory.resolve("key.der"), key);
            List<String> arguments = new ArrayList<>(List.of(
                    "--req",
                    "--in",
                    "key.der",
                    "--dn",
                    "C=FR, O=Acme, CN=printer-7",
                    "--san",
                    "printer-7.local",
                    "--san",
                    "192.0.2.7",
                    "--password"));
            arguments.addAll(List.of(more));
            return pki.run(directory, arguments.toArray(String[]::new))
                    .succeeded()
                    .outBytes();
        }

        @ParameterizedTest
        @ValueSource(strings = {"rsa 2048", "ecdsa 256", "ecdsa 384"})
        void aRequestWithTwoAttributesIsVerifiedOverItsOwnOctets(String type) throws Exception {
            byte[] der = request(type, "s3cret");
            CertificationRequest read = CertificationRequest.decode(der);
            assertArrayEquals(der, read.encoded());
            assertEquals(SUBJECT, read.subject());
            assertEquals(
                    List.of(GeneralName.dns("printer-7.local"), GeneralName.of("192.0.2.7")),
                    read.subjectAlternativeNames());
            assertTrue(read.challengePassword().orElseThrow().matches(Passphrase.of("s3cret")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"s3cret", "a_b*c", "pässwörd", "with space"})
        void anyChallengeIsRead(String challenge) throws Exception {
            CertificationRequest read = CertificationRequest.decode(request("ecdsa 256", challenge));
            assertTrue(read.challengePassword().orElseThrow().matches(Passphrase.of(challenge)));
        }

        @Test
        void aTamperedOneIsRefused() throws Exception {
            byte[] der = request("ecdsa 256", "s3cret");
            String text = new String(der, StandardCharsets.ISO_8859_1);
            refused(text.replace("s3cret", "s4cret").getBytes(StandardCharsets.ISO_8859_1));
        }

        @Test
        void aShortRsaKeyIsRefused() throws Exception {
            byte[] der = request("rsa 1024", "s3cret");
            assertTrue(refused(der).reason().contains("1024 bits"));
        }
    }

    @Nested
    class FromOpenSsl {
        @TempDir
        Path directory;

        private Peer openssl;

        @BeforeEach
        void find() {
            openssl = Peer.require("openssl");
        }

        @Test
        void namesAndConstraintsAreUnderstood() {
            openssl.run(directory, "genpkey", "-algorithm", "ED25519", "-out", "key.pem")
                    .succeeded();
            String pem = openssl.run(
                            directory,
                            "req",
                            "-new",
                            "-key",
                            "key.pem",
                            "-subj",
                            "/C=FR/O=Acme/CN=printer-7",
                            "-addext",
                            "subjectAltName=DNS:a.fr,IP:192.0.2.7,email:a@b.fr,URI:https://a.fr/,otherName:1.2.3;UTF8:x",
                            "-addext",
                            "basicConstraints=critical,CA:TRUE")
                    .succeeded()
                    .out();
            CertificationRequest read = decoded(pem);
            assertEquals(SUBJECT, read.subject());
            assertEquals(
                    List.of(
                            GeneralName.dns("a.fr"),
                            GeneralName.of("192.0.2.7"),
                            GeneralName.email("a@b.fr"),
                            GeneralName.uri(URI.create("https://a.fr/")),
                            GeneralName.OtherName.of("1.2.3", Der.utf8("x"))),
                    read.subjectAlternativeNames());
            assertTrue(read.asksForAuthority());
        }

        @Test
        void explicitCurveParametersAreRefusedByName() {
            openssl.run(
                            directory,
                            "genpkey",
                            "-algorithm",
                            "EC",
                            "-pkeyopt",
                            "ec_paramgen_curve:P-256",
                            "-pkeyopt",
                            "ec_param_enc:explicit",
                            "-out",
                            "key.pem")
                    .succeeded();
            String pem = openssl.run(directory, "req", "-new", "-key", "key.pem", "-subj", "/CN=a")
                    .succeeded()
                    .out();
            MalformedEncodingException refused =
                    assertThrows(MalformedEncodingException.class, () -> CertificationRequest.parse(pem));
            assertTrue(refused.reason().contains("explicit parameters"), refused.reason());
        }

        @Test
        void theProbabilisticSignatureIsRefusedByName() {
            openssl.run(directory, "genpkey", "-algorithm", "RSA", "-out", "key.pem")
                    .succeeded();
            String pem = openssl.run(
                            directory,
                            "req",
                            "-new",
                            "-key",
                            "key.pem",
                            "-subj",
                            "/CN=a",
                            "-sigopt",
                            "rsa_padding_mode:pss")
                    .succeeded()
                    .out();
            MalformedEncodingException refused =
                    assertThrows(MalformedEncodingException.class, () -> CertificationRequest.parse(pem));
            assertTrue(refused.reason().contains("1.2.840.113549.1.1.10"), refused.reason());
        }

        private CertificationRequest decoded(String pem) {
            try {
                return CertificationRequest.parse(pem);
            } catch (MalformedEncodingException e) {
                throw new AssertionError(e);
            }
        }
    }
}
