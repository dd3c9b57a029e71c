package dev.certkit.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.samples.SampleKeys;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CryptoProvidersTest {
    private static final byte[] DATA = "what is signed".getBytes(StandardCharsets.US_ASCII);
    private static final CryptoProviders STANDARD = CryptoProviders.standard();

    static Stream<KeyType> classical() {
        return SampleKeys.classical();
    }

    private static SignatureAlgorithm algorithm(KeyType type) {
        return SignatureAlgorithm.defaultFor(SampleKeys.of(type).getPublic());
    }

    @Nested
    class Signing {
        @ParameterizedTest
        @MethodSource("dev.certkit.key.CryptoProvidersTest#classical")
        void keysOfTheJdkSignAndVerifyLikeOurOwn(KeyType type) {
            KeyPair jdk = SampleKeys.ofJdk(type);
            byte[] signed = STANDARD.sign(algorithm(type), jdk.getPrivate(), DATA);
            assertTrue(STANDARD.verify(algorithm(type), SampleKeys.of(type).getPublic(), DATA, signed));
            assertTrue(STANDARD.verify(algorithm(type), jdk.getPublic(), DATA, signed));
        }

        @ParameterizedTest
        @MethodSource("dev.certkit.key.CryptoProvidersTest#classical")
        void theJdkAcceptsWhatWeSign(KeyType type) throws Exception {
            byte[] signed = STANDARD.sign(algorithm(type), SampleKeys.of(type).getPrivate(), DATA);
            Signature jdk = Signature.getInstance(algorithm(type).jcaName());
            jdk.initVerify(SampleKeys.ofJdk(type).getPublic());
            jdk.update(DATA);
            assertTrue(jdk.verify(signed));
        }

        @Test
        void aKeyOfAnotherKindIsTheCallersMistake() {
            PrivateKey ec = SampleKeys.of(KeyType.EC_P256).getPrivate();
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class, () -> STANDARD.sign(SignatureAlgorithm.SHA256_WITH_RSA, ec, DATA));
            assertTrue(refused.getMessage().contains("SHA256withRSA"), refused.getMessage());
        }

        @Test
        void otherHashesThanTheDefaultAreAllowed() {
            KeyPair rsa = SampleKeys.of(KeyType.RSA_2048);
            byte[] signed = STANDARD.sign(SignatureAlgorithm.SHA512_WITH_RSA, rsa.getPrivate(), DATA);
            assertTrue(STANDARD.verify(SignatureAlgorithm.SHA512_WITH_RSA, rsa.getPublic(), DATA, signed));
            assertFalse(STANDARD.verify(SignatureAlgorithm.SHA256_WITH_RSA, rsa.getPublic(), DATA, signed));
        }
    }

    @Nested
    class Verifying {
        @ParameterizedTest
        @EnumSource(KeyType.class)
        void anyChangedBitIsNoticed(KeyType type) {
            KeyPair pair = SampleKeys.of(type);
            byte[] signed = STANDARD.sign(algorithm(type), pair.getPrivate(), DATA);
            byte[] other = DATA.clone();
            other[3] ^= 1;
            assertFalse(STANDARD.verify(algorithm(type), pair.getPublic(), other, signed));
            signed[signed.length / 2] ^= 1;
            assertFalse(STANDARD.verify(algorithm(type), pair.getPublic(), DATA, signed));
        }

        @ParameterizedTest
        @EnumSource(KeyType.class)
        void anotherKeyDoesNotVerify(KeyType type) {
            byte[] signed = STANDARD.sign(algorithm(type), SampleKeys.of(type).getPrivate(), DATA);
            assertFalse(
                    STANDARD.verify(algorithm(type), SampleKeys.otherOf(type).getPublic(), DATA, signed));
        }

        @ParameterizedTest
        @EnumSource(KeyType.class)
        void garbageIsNoSignatureAndNoException(KeyType type) {
            PublicKey key = SampleKeys.of(type).getPublic();
            for (byte[] garbage : new byte[][] {{}, {0}, {0x30, (byte) 0x80}, new byte[5000]}) {
                assertFalse(STANDARD.verify(algorithm(type), key, DATA, garbage));
            }
        }

        @Test
        void aKeyOfAnotherKindDoesNotVerify() {
            assertFalse(STANDARD.verify(
                    SignatureAlgorithm.ED25519, SampleKeys.of(KeyType.RSA_2048).getPublic(), DATA, new byte[64]));
        }

        @Test
        void anEcdsaSignatureOfZerosIsRefused() {
            byte[] zeros = Der.sequence(Der.integer(0), Der.integer(0));
            assertFalse(STANDARD.verify(
                    SignatureAlgorithm.SHA256_WITH_ECDSA,
                    SampleKeys.of(KeyType.EC_P256).getPublic(),
                    DATA,
                    zeros));
        }
    }

    @Nested
    class DecodingKeys {
        @ParameterizedTest
        @EnumSource(KeyType.class)
        void eachTypeRoundTrips(KeyType type) throws Exception {
            KeyPair pair = SampleKeys.of(type);
            assertArrayEquals(
                    pair.getPublic().getEncoded(),
                    STANDARD.publicKey(pair.getPublic().getEncoded()).getEncoded());
            PrivateKey again = STANDARD.privateKey(pair.getPrivate().getEncoded());
            byte[] signed = STANDARD.sign(algorithm(type), again, DATA);
            assertTrue(STANDARD.verify(algorithm(type), pair.getPublic(), DATA, signed));
        }

        @ParameterizedTest
        @ValueSource(ints = {512, 1024, 2047})
        void aShortRsaKeyIsRefusedByItsLength(int bits) {
            byte[] spki = rsa(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE), BigInteger.valueOf(65537));
            refused(spki, bits + " bits");
        }

        @Test
        void anRsaKeyThatIsAnAttackIsRefusedBeforeAProviderSeesIt() {
            refused(rsa(BigInteger.ONE.shiftLeft(65536), BigInteger.valueOf(65537)), "65537 bits");
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "1", "2", "65536", "-3", "36893488147419103231"})
        void anRsaExponentOutOfBoundsIsRefused(String exponent) {
            refused(rsa(BigInteger.ONE.shiftLeft(2047).setBit(0), new BigInteger(exponent)), "exponent");
        }

        @Test
        void theExponentThreeIsAccepted() throws Exception {
            RSAPublicKey usual = (RSAPublicKey) SampleKeys.of(KeyType.RSA_2048).getPublic();
            byte[] spki = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(usual.getModulus(), BigInteger.valueOf(3)))
                    .getEncoded();
            assertEquals("RSA", STANDARD.publicKey(spki).getAlgorithm());
        }

        @Test
        void anotherCurveIsRefusedByItsIdentifier() throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
            generator.initialize(new ECGenParameterSpec("secp256k1"));
            refused(generator.generateKeyPair().getPublic().getEncoded(), "1.3.132.0.10");
        }

        @Test
        void explicitCurveParametersAreRefusedByName() throws Exception {
            SubjectPublicKeyInfo named = SubjectPublicKeyInfo.getInstance(
                    SampleKeys.of(KeyType.EC_P256).getPublic().getEncoded());
            X9ECParameters p256 = CustomNamedCurves.getByName("P-256");
            byte[] explicit = Der.sequence(
                    Der.sequence(
                            Der.oid("1.2.840.10045.2.1"),
                            new X962Parameters(new X9ECParameters(p256.getCurve(), p256.getBaseEntry(), p256.getN()))
                                    .getEncoded("DER")),
                    Der.bitString(named.getPublicKeyData().getBytes()));
            refused(explicit, "explicit parameters");
        }

        @Test
        void aPointThatIsNotOnTheCurveIsRefused() {
            byte[] spki = SampleKeys.of(KeyType.EC_P256).getPublic().getEncoded();
            spki[spki.length - 1] ^= 1;
            refused(spki, "EC public key");
        }

        @Test
        void anythingBehindTheKeyIsRefused() {
            byte[] spki = SampleKeys.of(KeyType.EC_P256).getPublic().getEncoded();
            refused(Arrays.copyOf(spki, spki.length + 1), "malformed");
        }

        @Test
        void aPrivateKeyWithExplicitCurveParametersIsRefusedByName() {
            byte[] pkcs8 = Der.sequence(
                    Der.integer(0),
                    Der.sequence(Der.oid("1.2.840.10045.2.1"), Der.sequence(Der.integer(1))),
                    Der.octetString(new byte[4]));
            InvalidKeySpecException refused =
                    assertThrows(InvalidKeySpecException.class, () -> STANDARD.privateKey(pkcs8));
            assertTrue(refused.getMessage().contains("explicit parameters"), refused.getMessage());
        }

        @Test
        void aDamagedPrivateKeyIsNotQuoted() {
            byte[] inside = "SECRET-CANARY".getBytes(StandardCharsets.US_ASCII);
            byte[] pkcs8 = Der.sequence(
                    Der.integer(0),
                    Der.sequence(Der.oid("1.2.840.113549.1.1.1"), Der.nullValue()),
                    Der.octetString(inside));
            InvalidKeySpecException refused =
                    assertThrows(InvalidKeySpecException.class, () -> STANDARD.privateKey(pkcs8));
            for (Throwable e = refused; e != null; e = e.getCause()) {
                assertFalse(e.toString().contains("CANARY"), e.toString());
                assertFalse(e.toString().contains("53:45:43"), e.toString());
            }
        }

        private byte[] rsa(BigInteger modulus, BigInteger exponent) {
            return Der.sequence(
                    Der.sequence(Der.oid("1.2.840.113549.1.1.1"), Der.nullValue()),
                    Der.bitString(Der.sequence(Der.integer(modulus), Der.integer(exponent))));
        }

        private void refused(byte[] spki, String because) {
            InvalidKeySpecException refused =
                    assertThrows(InvalidKeySpecException.class, () -> STANDARD.publicKey(spki));
            assertTrue(refused.getMessage().contains(because), refused.getMessage());
        }
    }

    @Nested
    class Choosing {
        @Test
        void oneProviderDoesEverything() {
            BouncyCastleProvider chosen = new BouncyCastleProvider();
            KeyPair rsa = KeyType.RSA_2048.generate(STANDARD.using(chosen));
            assertTrue(
                    rsa.getPrivate().getClass().getName().startsWith("org.bouncycastle"),
                    rsa.getPrivate().getClass().getName());
        }

        @Test
        void rsaIsTheJdksByDefault() {
            assertTrue(SampleKeys.of(KeyType.RSA_2048)
                    .getPrivate()
                    .getClass()
                    .getName()
                    .startsWith("sun."));
        }

        @Test
        void theChoiceIsAskedWithTheKeysAlgorithm() {
            ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
            CryptoProviders choosing = CryptoProviders.choosing(algorithm -> {
                asked.add(algorithm);
                return Optional.empty();
            });
            KeyPair pair = KeyType.EC_P256.generate(choosing);
            choosing.sign(SignatureAlgorithm.SHA256_WITH_ECDSA, pair.getPrivate(), DATA);
            assertEquals(Set.of("EC"), Set.copyOf(asked));
            assertTrue(pair.getPrivate().getClass().getName().startsWith("sun."));
        }

        @Test
        void aKeyInATokenIsLeftToWhoeverUnderstandsIt() {
            PrivateKey token = SampleKeys.inToken("EC");
            CryptoProviders never = CryptoProviders.choosing(algorithm -> {
                throw new AssertionError("asked for a key that lives in a token");
            });
            assertThrows(
                    IllegalArgumentException.class,
                    () -> never.sign(SignatureAlgorithm.SHA256_WITH_ECDSA, token, DATA));
        }

        @Test
        void theSourceOfRandomnessIsKept() {
            SecureRandom source = new SecureRandom();
            assertSame(source, STANDARD.random(source).random());
            assertSame(
                    source,
                    STANDARD.random(source).using(new BouncyCastleProvider()).random());
        }

        @Test
        void nullIsRefusedByName() {
            assertEquals(
                    "provider",
                    assertThrows(NullPointerException.class, () -> STANDARD.using(null))
                            .getMessage());
            assertEquals(
                    "source",
                    assertThrows(NullPointerException.class, () -> STANDARD.random(null))
                            .getMessage());
            assertEquals(
                    "choice",
                    assertThrows(NullPointerException.class, () -> CryptoProviders.choosing(null))
                            .getMessage());
        }

        @Test
        void theDefaultNeverAsksForAProviderByName() {
            assertNull(Security.getProvider("BC"));
            KeyType.EC_P256.generate();
            assertNull(Security.getProvider("BC"));
        }
    }

    @Nested
    class Ciphers {
        @Test
        void theUsualLookUpServesTheDefault() throws Exception {
            assertEquals(
                    "AES/CBC/PKCS5Padding",
                    STANDARD.cipher("AES/CBC/PKCS5Padding").getAlgorithm());
        }

        @Test
        void theChosenProviderServesWhatItHas() throws Exception {
            Provider chosen = new BouncyCastleProvider();
            assertSame(
                    chosen,
                    STANDARD.using(chosen).cipher("AES/CBC/PKCS5Padding").getProvider());
        }

        @Test
        void whatTheChosenProviderLacksIsLookedUp() throws Exception {
            Provider empty = new Provider("Empty", "1", "knows nothing") {
                private static final long serialVersionUID = 1L;
            };
            assertEquals(
                    "AES/CBC/PKCS5Padding",
                    STANDARD.using(empty).cipher("AES/CBC/PKCS5Padding").getAlgorithm());
        }
    }
}
