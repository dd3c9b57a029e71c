package dev.certkit.format;

import static dev.certkit.format.Samples.SECRET;
import static dev.certkit.format.Samples.WRONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.peers.Peer;
import dev.certkit.samples.SampleKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedKeysTest {
    private static final PrivateKey RSA = SampleKeys.of(KeyType.RSA_2048).getPrivate();

    /** RFC 7914, section 13. */
    private static final String RFC_7914 = String.join(
            "\n",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----",
            "MIHiME0GCSqGSIb3DQEFDTBAMB8GCSsGAQQB2kcECzASBAVNb3VzZQIDEAAAAgEI",
            "AgEBMB0GCWCGSAFlAwQBKgQQyYmguHMsOwzGMPoyObk/JgSBkJb47EWd5iAqJlyy",
            "+ni5ftd6gZgOPaLQClL7mEZc2KQay0VhjZm/7MbBUNbqOAXNM6OGebXxVp6sHUAL",
            "iBGY/Dls7B1TsWeGObE0sS1MXEpuREuloZjcsNVcNXWPlLdZtkSH6uwWzR0PyG/Z",
            "+ZXfNodZtd/voKlvLOw5B3opGIFaLkbtLZQwMiGtl42AS89lZg==",
            "-----END ENCRYPTED PRIVATE KEY-----");

    @TempDir
    Path directory;

    private String openssl(String... arguments) throws Exception {
        Files.writeString(directory.resolve("key.pem"), PrivateKeys.toUnencryptedPem(RSA));
        Peer.require("openssl").run(directory, arguments).succeeded();
        return Files.readString(directory.resolve("out.pem"));
    }

    private static void opens(String pem) throws Exception {
        assertEquals(RSA, PrivateKeys.parse(pem, SECRET));
        assertEquals(1, Pasted.parse(pem, SECRET).privateKeys().size());
        assertEquals(1, Pasted.parse(pem).locked().size());
        assertThrows(MalformedEncodingException.class, () -> PrivateKeys.parse(pem));
    }

    @Nested
    class OldOpenSslHeaders {
        @ParameterizedTest
        @ValueSource(strings = {"-aes128", "-aes192", "-aes256", "-des3"})
        void areOpened(String cipher) throws Exception {
            String pem = openssl(
                    "rsa",
                    "-in",
                    "key.pem",
                    "-traditional",
                    cipher,
                    "-passout",
                    "pass:correct horse",
                    "-out",
                    "out.pem");
            assertTrue(pem.contains("DEK-Info"), "not the old form");
            opens(pem);
            opens(pem.replace("\n", "\r\n"));
            opens(pem.indent(4));
        }

        @Test
        void aWrongPassphraseIsLockedAndNotLost() throws Exception {
            String pem = openssl(
                    "rsa",
                    "-in",
                    "key.pem",
                    "-traditional",
                    "-aes256",
                    "-passout",
                    "pass:correct horse",
                    "-out",
                    "out.pem");
            assertEquals(1, Pasted.parse(pem, WRONG).locked().size());
        }

        @Test
        void anUnknownCipherIsNamed() {
            String pem =
                    "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: IDEA-CBC,0011223344556677\n\n"
                            + "AAAA\n-----END RSA PRIVATE KEY-----\n";
            MalformedEncodingException e =
                    assertThrows(MalformedEncodingException.class, () -> PrivateKeys.parse(pem, SECRET));
            assertTrue(e.getMessage().contains("DEK-Info"), e.getMessage());
        }
    }

    @Nested
    class Pkcs8 {
        @ParameterizedTest
        @ValueSource(strings = {"PBE-SHA1-3DES", "PBE-SHA1-2DES", "PBE-SHA1-RC2-40", "PBE-MD5-DES", "PBE-SHA1-DES"})
        void withTheSchemesBeforePbes2IsOpened(String scheme) throws Exception {
            opens(openssl(
                    "pkcs8",
                    "-topk8",
                    "-in",
                    "key.pem",
                    "-v1",
                    scheme,
                    "-passout",
                    "pass:correct horse",
                    "-out",
                    "out.pem",
                    "-provider",
                    "legacy",
                    "-provider",
                    "default"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"aes-128-cbc", "aes-192-cbc", "aes-256-cbc", "des3"})
        void withPbes2IsOpened(String cipher) throws Exception {
            opens(openssl(
                    "pkcs8",
                    "-topk8",
                    "-in",
                    "key.pem",
                    "-v2",
                    cipher,
                    "-passout",
                    "pass:correct horse",
                    "-out",
                    "out.pem"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"16384", "1024"})
        void withScryptIsOpened(String cost) throws Exception {
            opens(openssl(
                    "pkcs8",
                    "-topk8",
                    "-in",
                    "key.pem",
                    "-scrypt",
                    "-scrypt_N",
                    cost,
                    "-passout",
                    "pass:correct horse",
                    "-out",
                    "out.pem"));
        }

        @Test
        void withScryptOfAGibibyteIsRefusedByTheExampleOfItsRfc() {
            MalformedEncodingException e = assertThrows(
                    MalformedEncodingException.class, () -> PrivateKeys.parse(RFC_7914, Passphrase.of("Rabbit")));
            assertEquals(Optional.of("DecodingLimits.maxScryptBytes"), e.exceededLimit());
            assertTrue(e.getMessage().contains("1073742848 octets"), e.getMessage());
        }

        @Test
        void ofOursOpensInOpenssl() throws Exception {
            Files.writeString(directory.resolve("ours.pem"), PrivateKeys.toPem(RSA, SECRET));
            Peer.require("openssl")
                    .run(directory, "pkey", "-in", "ours.pem", "-passin", "pass:correct horse", "-noout", "-check")
                    .succeeded();
        }

        @Test
        void anEmptyPassphraseIsRefusedWhenWriting() {
            assertThrows(IllegalArgumentException.class, () -> PrivateKeys.toPem(RSA, Passphrase.of("")));
        }
    }
}
