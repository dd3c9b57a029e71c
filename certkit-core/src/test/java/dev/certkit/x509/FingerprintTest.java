package dev.certkit.x509;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.KeyType;
import dev.certkit.peers.Peer;
import dev.certkit.samples.SampleKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("W2")
class FingerprintTest {
    /** SHA-256 of "abc" (FIPS 180-2, B.1). */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final Fingerprint OF_ABC = Fingerprint.sha256("abc".getBytes(StandardCharsets.US_ASCII));

    private static X509Certificate certificate() {
        return CertifiedKey.selfSigned(DistinguishedName.cn("a"))
                .with(SampleKeys.of(KeyType.EC_P256))
                .chain()
                .leaf();
    }

    @Nested
    class Digesting {
        @Test
        void theStandardsExampleHolds() {
            assertEquals(ABC, OF_ABC.hex());
        }

        @Test
        void openSslSaysTheSameOfACertificate(@TempDir Path directory) {
            Peer openssl = Peer.require("openssl");
            X509Certificate certificate = certificate();
            String out = openssl.reading(Certificates.toPem(certificate).getBytes(StandardCharsets.US_ASCII))
                    .run(directory, "x509", "-noout", "-fingerprint", "-sha256")
                    .succeeded()
                    .out();
            assertTrue(out.endsWith("=" + Fingerprint.sha256(certificate) + "\n"), out);
        }

        @Test
        void aCertificateIsRecognised() {
            X509Certificate certificate = certificate();
            assertTrue(Fingerprint.sha256(certificate).matches(certificate));
            assertFalse(OF_ABC.matches(certificate));
        }
    }

    @Nested
    class Reading {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    ABC,
                    "BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD",
                    " ba7816bf 8f01cfea 414140de 5dae2223\tb00361a3 96177a9c b410ff61 f20015ad\n",
                })
        void whatAPersonCopiesIsUnderstood(String text) {
            assertEquals(OF_ABC, Fingerprint.parse(text));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "a9993e364706816aba3e25717850c26c9cd0d89d", // SHA-1
                    "900150983cd24fb0d6963f7d28e17f72", // MD5
                    "ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                    ABC + "00",
                    "SHA256:" + ABC
                })
        void anythingElseIsRefused(String text) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> Fingerprint.parse(text));
            assertTrue(refused.getMessage().startsWith("text: "), refused.getMessage());
        }

        @Test
        void itsOwnFormsAreReadBack() {
            assertEquals(OF_ABC, Fingerprint.parse(OF_ABC.toString()));
            assertEquals(OF_ABC, Fingerprint.parse(OF_ABC.hex()));
            assertEquals(OF_ABC, Fingerprint.of(OF_ABC.bytes()));
        }

        @Test
        void aDigestOfAnotherLengthIsRefused() {
            assertThrows(IllegalArgumentException.class, () -> Fingerprint.of(new byte[20]));
            assertThrows(IllegalArgumentException.class, () -> Fingerprint.of(new byte[33]));
        }
    }

    @Nested
    class Being {
        @Test
        void octetsGoInAndOutAsCopies() {
            byte[] octets = OF_ABC.bytes();
            Fingerprint copy = Fingerprint.of(octets);
            octets[0] = 0;
            OF_ABC.bytes()[0] = 0;
            assertEquals(OF_ABC, copy);
            assertArrayEquals(copy.bytes(), OF_ABC.bytes());
        }

        @Test
        void onlyTheSameDigestIsEqual() {
            assertNotEquals(OF_ABC, Fingerprint.sha256(new byte[0]));
            assertEquals(OF_ABC.hashCode(), Fingerprint.parse(ABC).hashCode());
        }
    }
}
