package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certkit.key.CryptoProviders;
import dev.certkit.peers.Peer;
import dev.certkit.scep.ScepException.Check;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    private static final CryptoProviders CRYPTO = CryptoProviders.standard();
    private static final MessageKey OURS = Pki.authority("ca");
    private static final X509Certificate OURS_CERTIFICATE = OURS.certificate();
    private static final byte[] CONTENT = "a request of some length".getBytes(StandardCharsets.UTF_8);

    private static EnvelopeOpener opener(MessageKey key) {
        return new EnvelopeOpener(key, AlgorithmFloor.standard(), CRYPTO);
    }

    private static EnvelopeOpener opener(AlgorithmFloor floor) {
        return new EnvelopeOpener(OURS, floor, CRYPTO);
    }

    @Nested
    class Written {
        private final byte[] sealed = Envelope.seal(CONTENT, OURS_CERTIFICATE, CRYPTO);

        @Test
        void opens() throws ScepException {
            assertArrayEquals(CONTENT, opener(OURS).open(sealed));
        }

        @Test
        void trap1AllLengthsAreDefinite() {
            Definite.assertAllLengthsIn(sealed);
        }

        @Test
        void isAnotherEachTime() {
            assertFalse(Arrays.equals(sealed, Envelope.seal(CONTENT, OURS_CERTIFICATE, CRYPTO)));
        }

        @Test
        void emptyAndBlockSizedContents() throws ScepException {
            for (int length : new int[] {0, 1, 15, 16, 17, 32}) {
                byte[] content = new byte[length];

                assertArrayEquals(content, opener(OURS).open(Envelope.seal(content, OURS_CERTIFICATE, CRYPTO)));
            }
        }

        @Test
        void toAnEllipticCurveKeyIsTheCallersMistake() {
            X509Certificate ec =
                    Pki.certificate("ec").key(Pki.ec("ec")).selfSigned().certificate();

            assertThrows(IllegalArgumentException.class, () -> Envelope.seal(CONTENT, ec, CRYPTO));
        }

        @Test
        void opensslOpensIt(@TempDir Path directory) throws IOException {
            Path file = Files.write(directory.resolve("envelope"), sealed);
            Path key = Files.writeString(
                    directory.resolve("key.pem"),
                    pem("PRIVATE KEY", OURS.privateKey().getEncoded()));
            byte[] opened = Peer.require("openssl")
                    .run(
                            directory,
                            "cms",
                            "-decrypt",
                            "-binary",
                            "-inform",
                            "DER",
                            "-in",
                            file.toString(),
                            "-inkey",
                            key.toString(),
                            "-recip",
                            certificateIn(directory).toString())
                    .succeeded()
                    .outBytes();

            assertArrayEquals(CONTENT, opened);
        }
    }

    private static String pem(String label, byte[] encoded) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static Path certificateIn(Path directory) throws IOException {
        try {
            return Files.writeString(
                    directory.resolve("certificate.pem"), pem("CERTIFICATE", OURS_CERTIFICATE.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    @Nested
    class OfOthers {
        static Stream<ASN1ObjectIdentifier> trap21EveryAes() {
            return Stream.of(CMSAlgorithm.AES128_CBC, CMSAlgorithm.AES192_CBC, CMSAlgorithm.AES256_CBC);
        }

        @ParameterizedTest
        @MethodSource
        void trap21EveryAes(ASN1ObjectIdentifier cipher) throws ScepException {
            assertArrayEquals(CONTENT, opener(OURS).open(ForeignEnvelope.seal(CONTENT, cipher, OURS_CERTIFICATE)));
        }

        @Test
        void trap10OursIsFoundAmongSeveralRecipients() throws ScepException {
            X509Certificate other = Pki.authority("other").certificate();
            X509Certificate sameIssuer = Pki.certificate("ra").issuedBy(OURS).certificate();
            byte[] sealed = ForeignEnvelope.seal(CONTENT, CMSAlgorithm.AES128_CBC, other, sameIssuer, OURS_CERTIFICATE);

            assertArrayEquals(CONTENT, opener(OURS).open(sealed));
        }

        @Test
        void trap11TheCertificateDecidesNotTheKey() {
            MessageKey renewed = Pki.certificate("ca").selfSigned();
            byte[] toTheOldOne = Envelope.seal(CONTENT, OURS_CERTIFICATE, CRYPTO);

            Refused.by(Check.RECIPIENT, () -> opener(renewed).open(toTheOldOne));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"rsa_padding_mode:pkcs1", "rsa_padding_mode:oaep", "rsa_oaep_md:sha256", "rsa_mgf1_md:sha512"
                })
        void ofOpenssl(String padding, @TempDir Path directory) throws IOException {
            Path file = Files.write(directory.resolve("content"), CONTENT);
            String mode = padding.contains("pkcs1") ? padding : "rsa_padding_mode:oaep";
            byte[] sealed = Peer.require("openssl")
                    .run(
                            directory,
                            "cms",
                            "-encrypt",
                            "-binary",
                            "-aes-256-cbc",
                            "-outform",
                            "DER",
                            "-in",
                            file.toString(),
                            "-recip",
                            certificateIn(directory).toString(),
                            "-keyopt",
                            mode,
                            "-keyopt",
                            padding)
                    .succeeded()
                    .outBytes();

            assertArrayEquals(CONTENT, opener(OURS).open(sealed));
        }

        @Test
        void namedBySubjectKeyIdentifier(@TempDir Path directory) throws IOException, GeneralSecurityException {
            MessageKey withId = Pki.certificate("key-id").keyId().selfSigned();
            Path certificate = Files.writeString(
                    directory.resolve("c.pem"),
                    pem("CERTIFICATE", withId.certificate().getEncoded()));
            byte[] sealed = Peer.require("openssl")
                    .reading(CONTENT)
                    .run(
                            directory,
                            "cms",
                            "-encrypt",
                            "-binary",
                            "-aes128",
                            "-keyid",
                            "-outform",
                            "DER",
                            certificate.toString())
                    .succeeded()
                    .outBytes();

            assertArrayEquals(CONTENT, opener(withId).open(sealed));
            Refused.by(Check.RECIPIENT, () -> opener(OURS).open(sealed));
        }
    }

    @Nested
    class Ciphers {
        private final byte[] tripleDes = ForeignEnvelope.seal(CONTENT, CMSAlgorithm.DES_EDE3_CBC, OURS_CERTIFICATE);
        private final byte[] singleDes = ForeignEnvelope.seal(CONTENT, CMSAlgorithm.DES_CBC, OURS_CERTIFICATE);

        @Test
        void tripleDesIsRefusedUnlessAQuirkNamesThePeer() throws ScepException {
            Refused.by(Check.ALGORITHM, () -> opener(OURS).open(tripleDes));
            assertArrayEquals(
                    CONTENT, opener(PeerQuirks.legacyNdes().floorForAnswers()).open(tripleDes));
        }

        @Test
        void trap23SingleDesIsOpenedOnlyForOneNamedPeer() throws ScepException {
            PeerQuirks others = PeerQuirks.legacyNdes().and(PeerQuirks.legacyCiscoIos());

            Refused.by(Check.ALGORITHM, () -> opener(OURS).open(singleDes));
            Refused.by(Check.ALGORITHM, () -> opener(others.floorForRequests()).open(singleDes));
            Refused.by(Check.ALGORITHM, () -> opener(others.floorForAnswers()).open(singleDes));
            assertArrayEquals(
                    CONTENT,
                    opener(PeerQuirks.legacyMicromdm().floorForRequests()).open(singleDes));
        }

        @Test
        void otherCiphersAreRefused() {
            byte[] sealed = ForeignEnvelope.seal(CONTENT, CMSAlgorithm.CAMELLIA128_CBC, OURS_CERTIFICATE);

            Refused.by(Check.ALGORITHM, () -> opener(OURS).open(sealed));
        }
    }

    @Nested
    class Damaged {
        private final byte[] sealed = Envelope.seal(CONTENT, OURS_CERTIFICATE, CRYPTO);
        private final EnvelopeOpener opener = opener(OURS);

        private ScepException refusal(byte[] damaged) {
            return Refused.by(Check.DECRYPTION, () -> opener.open(damaged));
        }

        private static byte[] flippedLast(byte[] bytes) {
            byte[] flipped = bytes.clone();
            flipped[flipped.length - 1] ^= 1;
            return flipped;
        }

        /** Whether it opens to garbage is chance (1 in 256), so a key block is looked for that does not. */
        private byte[] refusedKeyBlock() {
            for (int i = 0; ; i++) {
                byte first = (byte) i;
                byte[] damaged = ForeignEnvelope.withKeyBlock(sealed, block -> {
                    byte[] other = block.clone();
                    other[5] ^= first;
                    other[100] ^= 1;
                    return other;
                });
                try {
                    opener.open(damaged);
                } catch (ScepException e) {
                    return damaged;
                }
            }
        }

        @Test
        void trap22KeyBlockAndContentGiveTheSameError() {
            ScepException ofKeyBlock = refusal(refusedKeyBlock());
            ScepException ofContent = refusal(
                    ForeignEnvelope.withContent(sealed, content -> Arrays.copyOf(content, content.length - 16)));
            ScepException ofLength =
                    refusal(ForeignEnvelope.withContent(sealed, content -> Arrays.copyOf(content, content.length - 1)));

            assertEquals(ofContent.getMessage(), ofKeyBlock.getMessage());
            assertEquals(ofContent.getMessage(), ofLength.getMessage());
            assertNull(ofKeyBlock.getCause());
            assertNull(ofContent.getCause());
        }

        @Test
        void trap22TheSameBadKeyBlockIsAnsweredTheSameEachTime() {
            byte[] damaged = refusedKeyBlock();

            for (int i = 0; i < 20; i++) {
                refusal(damaged);
            }
        }

        @Test
        void trap22EveryWayToBadPaddingIsAnsweredAlike() throws GeneralSecurityException {
            byte[] key = new byte[16];
            String expected = refusal(refusedKeyBlock()).getMessage();
            for (byte[] block : List.of(
                    pkcs1(0, 2, 255 - 16, key),
                    pkcs1(1, 2, 255 - 16, key),
                    pkcs1(0, 1, 255 - 16, key),
                    pkcs1(0, 2, 100, key),
                    new byte[256])) {
                byte[] encrypted = rawRsa(block);

                assertEquals(expected, outcome(ForeignEnvelope.withKeyBlock(sealed, ignored -> encrypted)));
            }
        }

        /** A block of 256 bytes that ends with the key, with a zero octet at the place given. */
        private static byte[] pkcs1(int first, int second, int zeroAt, byte[] key) {
            byte[] block = new byte[256];
            Arrays.fill(block, (byte) 7);
            block[0] = (byte) first;
            block[1] = (byte) second;
            block[zeroAt] = 0;
            System.arraycopy(key, 0, block, 256 - key.length, key.length);
            return block;
        }

        /** The message of the refusal; by chance (1 in 256) a wrong key opens to garbage, which is no difference. */
        private String outcome(byte[] damaged) {
            try {
                opener.open(damaged);
                return refusal(refusedKeyBlock()).getMessage();
            } catch (ScepException e) {
                return e.getMessage();
            }
        }

        private static byte[] rawRsa(byte[] block) throws GeneralSecurityException {
            Cipher rsa = Cipher.getInstance("RSA/ECB/NoPadding");
            rsa.init(Cipher.ENCRYPT_MODE, OURS_CERTIFICATE.getPublicKey());
            return rsa.doFinal(block);
        }

        @Test
        void keyBlocksThatAreNoNumberBelowTheModulus() {
            for (int length : new int[] {0, 1, 255, 257, 1000}) {
                byte[] block = new byte[length];
                Arrays.fill(block, (byte) 0xFF);
                byte[] damaged = ForeignEnvelope.withKeyBlock(sealed, ignored -> block);

                assertEquals(outcome(refusedKeyBlock()), outcome(damaged));
            }
        }

        @Test
        void contentOfNoBlocks() {
            refusal(ForeignEnvelope.withContent(sealed, content -> new byte[0]));
        }

        @Test
        void flippedPaddingIsRefused() {
            refusal(ForeignEnvelope.withContent(
                    sealed, content -> flippedLast(flippedLast(Arrays.copyOf(content, content.length - 16)))));
        }
    }

    @Nested
    class OurKey {
        @Test
        void thatIsChosenByProviderDoesTheWholeJobThere() throws ScepException {
            CryptoProviders bouncy = CRYPTO.using(new BouncyCastleProvider());
            byte[] sealed = Envelope.seal(CONTENT, OURS_CERTIFICATE, bouncy);

            assertArrayEquals(CONTENT, new EnvelopeOpener(OURS, AlgorithmFloor.standard(), bouncy).open(sealed));
        }

        @Test
        void inAnotherProviderIsNoOracleEither() {
            CryptoProviders bouncy = CRYPTO.using(new BouncyCastleProvider());
            EnvelopeOpener opener = new EnvelopeOpener(OURS, AlgorithmFloor.standard(), bouncy);
            byte[] sealed = Envelope.seal(CONTENT, OURS_CERTIFICATE, CRYPTO);
            byte[] content = ForeignEnvelope.withContent(sealed, bytes -> Arrays.copyOf(bytes, bytes.length - 1));
            byte[] keyBlock = ForeignEnvelope.withKeyBlock(content, block -> new byte[256]);

            ScepException ofContent = Refused.by(Check.DECRYPTION, () -> opener.open(content));
            ScepException ofKeyBlock = Refused.by(Check.DECRYPTION, () -> opener.open(keyBlock));

            assertEquals(ofContent.getMessage(), ofKeyBlock.getMessage());
        }

        @Test
        void thatHasNoEncodingIsUsedAllTheSame() throws ScepException {
            MessageKey token = new MessageKey(new OpaqueRsaKey(OURS.privateKey()), OURS_CERTIFICATE);
            byte[] sealed = Envelope.seal(CONTENT, OURS_CERTIFICATE, CRYPTO);

            assertArrayEquals(CONTENT, opener(token).open(sealed));
        }

        @Test
        void thatCannotDecryptIsReportedAsOurs() {
            PrivateKey useless = Pki.ec("ec").getPrivate();
            byte[] sealed = Envelope.seal(CONTENT, OURS_CERTIFICATE, CRYPTO);

            Refused.by(Check.PRIVATE_KEY, () -> opener(new MessageKey(useless, OURS_CERTIFICATE))
                    .open(sealed));
        }

        @Test
        void thatIsNoRsaKeyIsTheCallersMistake() {
            MessageKey ec = Pki.certificate("ec").key(Pki.ec("ec")).selfSigned();

            assertThrows(IllegalArgumentException.class, () -> opener(ec));
        }
    }
}
