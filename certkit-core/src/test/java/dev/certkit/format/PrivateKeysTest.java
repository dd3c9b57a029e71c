package dev.certkit.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.peers.Peer;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.DistinguishedName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("W7")
class PrivateKeysTest {
    private static final String SECRET = "canary 7 €";
    private static final byte[] DATA = {1, 2, 3};

    @TempDir
    Path directory;

    static Stream<KeyType> classical() {
        return SampleKeys.classical();
    }

    private static void assertBelongs(PublicKey expected, PrivateKey key) {
        CryptoProviders providers = CryptoProviders.standard();
        SignatureAlgorithm algorithm = SignatureAlgorithm.defaultFor(expected);
        assertTrue(providers.verify(algorithm, expected, DATA, providers.sign(algorithm, key, DATA)));
    }

    private static MalformedEncodingException refused(String text) {
        return assertThrows(MalformedEncodingException.class, () -> PrivateKeys.parse(text));
    }

    private static MalformedEncodingException refused(String text, String passphrase) {
        return assertThrows(MalformedEncodingException.class, () -> PrivateKeys.parse(text, Passphrase.of(passphrase)));
    }

    private static void assertKeepsSecret(Throwable error, PrivateKey key) {
        String encoded = Base64.getEncoder().encodeToString(key.getEncoded());
        for (Throwable e = error; e != null; e = e.getCause()) {
            assertFalse(e.toString().contains("canary"), e.toString());
            assertFalse(e.toString().contains(encoded.substring(60, 90)), e.toString());
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Nested
    class RoundTrips {
        @ParameterizedTest
        @EnumSource(KeyType.class)
        void plain(KeyType type) throws Exception {
            KeyPair pair = SampleKeys.of(type);
            String pem = PrivateKeys.toUnencryptedPem(pair.getPrivate());
            assertTrue(pem.startsWith("-----BEGIN PRIVATE KEY-----\n"), pem.substring(0, 30));
            assertBelongs(pair.getPublic(), PrivateKeys.parse(pem));
            assertBelongs(pair.getPublic(), PrivateKeys.parse(pem, Passphrase.of("is not needed")));
            assertBelongs(pair.getPublic(), PrivateKeys.decode(ascii(pem)));
            assertBelongs(pair.getPublic(), PrivateKeys.decode(pair.getPrivate().getEncoded()));
        }

        @ParameterizedTest
        @EnumSource(KeyType.class)
        void encrypted(KeyType type) throws Exception {
            KeyPair pair = SampleKeys.of(type);
            String pem = PrivateKeys.toPem(pair.getPrivate(), Passphrase.of(SECRET));
            assertTrue(pem.startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"), pem.substring(0, 40));
            assertBelongs(pair.getPublic(), PrivateKeys.parse(pem, Passphrase.of(SECRET)));
            byte[] der = PemBlock.split(pem, DecodingLimits.standard()).get(0).decoded();
            assertBelongs(pair.getPublic(), PrivateKeys.decode(der, Passphrase.of(SECRET)));
        }

        /** On Java 17 Bouncy Castle made it, after the move to Java 25 the JDK reads it. */
        @ParameterizedTest
        @EnumSource(
                value = KeyType.class,
                names = {"ED25519", "ED448", "ML_DSA_44", "ML_DSA_65", "ML_DSA_87"})
        void aKeyMovesBetweenProviders(KeyType type) throws Exception {
            CryptoProviders bouncyCastle = CryptoProviders.standard().using(new BouncyCastleProvider());
            KeyPair theirs = type.generate(bouncyCastle);
            assertBelongs(theirs.getPublic(), PrivateKeys.parse(PrivateKeys.toUnencryptedPem(theirs.getPrivate())));
            KeyPair ours = SampleKeys.of(type);
            PrivateKey back = bouncyCastle.privateKey(ours.getPrivate().getEncoded());
            SignatureAlgorithm algorithm = SignatureAlgorithm.defaultFor(ours.getPublic());
            assertTrue(CryptoProviders.standard()
                    .verify(algorithm, ours.getPublic(), DATA, bouncyCastle.sign(algorithm, back, DATA)));
        }

        @Test
        void twoEncryptionsOfOneKeyDiffer() {
            PrivateKey key = SampleKeys.of(KeyType.EC_P256).getPrivate();
            assertNotEquals(
                    PrivateKeys.toPem(key, Passphrase.of(SECRET)), PrivateKeys.toPem(key, Passphrase.of(SECRET)));
        }

        @Test
        void thePassphraseStaysOpen() throws Exception {
            Passphrase passphrase = Passphrase.of(SECRET);
            PrivateKeys.parse(PrivateKeys.toPem(SampleKeys.of(KeyType.EC_P256).getPrivate(), passphrase), passphrase);
            assertFalse(passphrase.isEmpty());
        }
    }

    @Nested
    class WithOpenSsl {
        private Peer openssl;

        @BeforeEach
        void find() {
            openssl = Peer.require("openssl").with("PW", SECRET);
        }

        private String run(String... arguments) {
            return openssl.run(directory, arguments).succeeded().out();
        }

        private void write(String name, String text) throws Exception {
            Files.writeString(directory.resolve(name), text);
        }

        private PublicKey publicKey(String pem) throws Exception {
            byte[] spki = Base64.getMimeDecoder().decode(pem.replaceAll("-----.*-----", ""));
            return CryptoProviders.standard().publicKey(spki);
        }

        @ParameterizedTest
        @MethodSource("dev.certkit.format.PrivateKeysTest#classical")
        void itReadsWhatWeWrite(KeyType type) throws Exception {
            KeyPair pair = SampleKeys.of(type);
            write("plain.pem", PrivateKeys.toUnencryptedPem(pair.getPrivate()));
            write("encrypted.pem", PrivateKeys.toPem(pair.getPrivate(), Passphrase.of(SECRET)));
            PublicKey plain = publicKey(run("pkey", "-in", "plain.pem", "-pubout"));
            PublicKey encrypted = publicKey(run("pkey", "-in", "encrypted.pem", "-passin", "env:PW", "-pubout"));
            assertArrayEquals(pair.getPublic().getEncoded(), plain.getEncoded());
            assertArrayEquals(pair.getPublic().getEncoded(), encrypted.getEncoded());
        }

        @ParameterizedTest
        @ValueSource(strings = {"RSA", "EC", "ED25519", "ED448"})
        void weReadItsPkcs8(String algorithm) throws Exception {
            generate(algorithm);
            PublicKey expected = publicKey(run("pkey", "-in", "key.pem", "-pubout"));
            assertBelongs(expected, PrivateKeys.parse(run("pkey", "-in", "key.pem")));
            byte[] der = openssl.run(directory, "pkey", "-in", "key.pem", "-outform", "DER")
                    .succeeded()
                    .outBytes();
            assertBelongs(expected, PrivateKeys.decode(der));
        }

        @ParameterizedTest
        @ValueSource(strings = {"RSA", "EC"})
        void weReadItsTraditionalForms(String algorithm) throws Exception {
            generate(algorithm);
            PublicKey expected = publicKey(run("pkey", "-in", "key.pem", "-pubout"));
            String traditional = run("pkey", "-in", "key.pem", "-traditional");
            assertTrue(traditional.contains("BEGIN " + algorithm + " PRIVATE KEY"), traditional);
            assertBelongs(expected, PrivateKeys.parse(traditional));
            byte[] der = openssl.run(directory, "pkey", "-in", "key.pem", "-traditional", "-outform", "DER")
                    .succeeded()
                    .outBytes();
            assertBelongs(expected, PrivateKeys.decode(der));
        }

        @Test
        void theParametersBeforeAnEcKeyArePassedOver() throws Exception {
            String text = run("ecparam", "-name", "secp384r1", "-genkey");
            assertTrue(text.contains("EC PARAMETERS") && text.contains("EC PRIVATE KEY"), text);
            assertEquals("EC", PrivateKeys.parse(text).getAlgorithm());
        }

        @Test
        void explicitParametersAreRefusedByName() {
            String text = run("ecparam", "-name", "prime256v1", "-genkey", "-param_enc", "explicit");
            assertTrue(
                    refused(text).reason().contains("explicit parameters"),
                    refused(text).reason());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "-v2 aes-128-cbc",
                    "-v2 aes-192-cbc",
                    "-v2 aes-256-cbc",
                    "-v2 aes-256-cbc -v2prf hmacWithSHA1",
                    "-v2 aes-256-cbc -v2prf hmacWithSHA224",
                    "-v2 aes-256-cbc -v2prf hmacWithSHA384",
                    "-v2 aes-256-cbc -v2prf hmacWithSHA512 -iter 1000",
                    "-v2 des3"
                })
        void weReadItsEncryptedKeys(String options) throws Exception {
            generate("EC");
            PublicKey expected = publicKey(run("pkey", "-in", "key.pem", "-pubout"));
            String encrypted = run(Stream.of("pkcs8 -topk8 -in key.pem -passout env:PW " + options)
                    .flatMap(line -> Stream.of(line.split(" ")))
                    .toArray(String[]::new));
            assertBelongs(expected, PrivateKeys.parse(encrypted, Passphrase.of(SECRET)));
            MalformedEncodingException wrong = refused(encrypted, SECRET + "x");
            assertTrue(wrong.reason().contains("passphrase is wrong"), wrong.reason());
            assertTrue(refused(encrypted).reason().contains("give its passphrase"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"-v2 camellia-128-cbc", "-v2 aria-256-cbc"})
        void otherSchemesAreRefusedByTheirIdentifierWithWhatToDo(String options) throws Exception {
            generate("EC");
            String encrypted = run(Stream.of("pkcs8 -topk8 -in key.pem -passout env:PW " + options)
                    .flatMap(line -> Stream.of(line.split(" ")))
                    .toArray(String[]::new));
            MalformedEncodingException refused = refused(encrypted, SECRET);
            assertTrue(refused.reason().matches(".*\\d(\\.\\d+){5,}.*not supported; .*"), refused.reason());
        }

        @Test
        void theOldEncryptionInHeaderLinesIsOpened() throws Exception {
            generate("RSA");
            PublicKey expected = publicKey(run("pkey", "-in", "key.pem", "-pubout"));
            String old = run("rsa", "-in", "key.pem", "-traditional", "-aes128", "-passout", "env:PW");
            assertTrue(old.contains("DEK-Info"), old);
            assertBelongs(expected, PrivateKeys.parse(old, Passphrase.of(SECRET)));
            assertTrue(refused(old).needsPassphrase());
        }

        private void generate(String algorithm) {
            switch (algorithm) {
                case "RSA" ->
                    run("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "key.pem");
                case "EC" ->
                    run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "key.pem");
                default -> run("genpkey", "-algorithm", algorithm, "-out", "key.pem");
            }
        }
    }

    @Nested
    class WithGnuTls {
        @Test
        void certtoolReadsWhatWeWrite() throws Exception {
            Peer certtool = Peer.require("certtool");
            for (KeyType type : List.of(KeyType.RSA_2048, KeyType.EC_P256, KeyType.ED25519)) {
                Files.writeString(
                        directory.resolve("key.pem"),
                        PrivateKeys.toPem(SampleKeys.of(type).getPrivate(), Passphrase.of("secret")));
                String out = certtool.run(
                                directory, "--pubkey-info", "--load-privkey", "key.pem", "--password", "secret")
                        .succeeded()
                        .out();
                assertTrue(out.contains("Public Key Information"), out);
            }
        }
    }

    @Nested
    class Refusing {
        private final PrivateKey key = SampleKeys.of(KeyType.EC_P256).getPrivate();
        private final String plain = PrivateKeys.toUnencryptedPem(key);

        @Test
        void aWrongPassphraseIsSaidWithoutASecret() {
            String encrypted = PrivateKeys.toPem(key, Passphrase.of(SECRET));
            for (String wrong : List.of("", "canary", SECRET + " ", "x".repeat(10_000))) {
                MalformedEncodingException refused = refused(encrypted, wrong);
                assertTrue(refused.reason().contains("passphrase is wrong"), refused.reason());
                assertKeepsSecret(refused, key);
            }
        }

        @Test
        void aMissingPassphraseIsSaid() {
            assertTrue(refused(PrivateKeys.toPem(key, Passphrase.of(SECRET)))
                    .reason()
                    .contains("give its passphrase"));
        }

        @Test
        void nullIsRefusedByName() {
            assertEquals(
                    "passphrase",
                    assertThrows(NullPointerException.class, () -> PrivateKeys.parse(plain, null))
                            .getMessage());
        }

        @Test
        void anEmptyPassphraseProtectsNothing() {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> PrivateKeys.toPem(key, Passphrase.of("")));
            assertTrue(refused.getMessage().startsWith("passphrase: "), refused.getMessage());
        }

        @Test
        void noKeyAndTwoKeysAreSaid() {
            assertTrue(refused("").reason().contains("no private key"));
            assertTrue(refused("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")
                    .reason()
                    .contains("no private key"));
            assertTrue(refused(plain + plain).reason().contains("2 private keys"));
        }

        @Test
        void aCertificateInDerIsNotTakenForAnEncryptedKey() throws Exception {
            byte[] certificate = CertifiedKey.selfSigned(DistinguishedName.cn("a"))
                    .with(SampleKeys.of(KeyType.EC_P256))
                    .chain()
                    .leaf()
                    .getEncoded();
            MalformedEncodingException refused =
                    assertThrows(MalformedEncodingException.class, () -> PrivateKeys.decode(certificate));
            assertTrue(refused.reason().contains("no private key"), refused.reason());
        }

        @Test
        void aBombOfIterationsIsRefusedAtOnce() {
            for (int iterations : new int[] {500_001, 600_000, 10_000_000, Integer.MAX_VALUE, 0, -1}) {
                String bomb = PemBlock.encode("ENCRYPTED PRIVATE KEY", Pbes2Samples.withIterations(iterations));
                MalformedEncodingException refused =
                        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> refused(bomb, SECRET));
                assertFalse(refused.reason().contains("passphrase is wrong"), refused.reason());
            }
        }

        @Test
        void theLimitOfIterationsCanBeRaised() throws Exception {
            byte[] sample = Pbes2Samples.encrypted(key, SECRET, 3000);
            DecodingLimits fewer = DecodingLimits.standard().maxIterations(2999);
            assertThrows(
                    MalformedEncodingException.class, () -> PrivateKeys.decode(sample, Passphrase.of(SECRET), fewer));
            assertBelongs(
                    SampleKeys.of(KeyType.EC_P256).getPublic(),
                    PrivateKeys.decode(sample, Passphrase.of(SECRET), fewer.maxIterations(3000)));
        }

        @Test
        void aTruncatedKeyIsRefusedAtEveryLength() {
            byte[] der = key.getEncoded();
            for (int length = 0; length < der.length; length++) {
                byte[] cut = Arrays.copyOf(der, length);
                MalformedEncodingException refused =
                        assertThrows(MalformedEncodingException.class, () -> PrivateKeys.decode(cut));
                assertKeepsSecret(refused, key);
            }
        }

        @Test
        void theSizeIsBounded() {
            assertThrows(MalformedEncodingException.class, () -> PrivateKeys.decode(new byte[(1 << 20) + 1]));
        }

        @Test
        void aKeyThatCannotLeaveItsTokenIsTheCallersMistake() {
            PrivateKey token = SampleKeys.inToken("EC");
            for (Runnable act : List.<Runnable>of(
                    () -> PrivateKeys.toUnencryptedPem(token), () -> PrivateKeys.toPem(token, Passphrase.of(SECRET)))) {
                assertTrue(assertThrows(IllegalArgumentException.class, act::run)
                        .getMessage()
                        .contains("token"));
            }
        }
    }
}
