package dev.certkit.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.samples.SampleKeys;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyTypeTest {
    @Nested
    @Tag("S2")
    @Tag("C6")
    class Generating {
        @ParameterizedTest
        @EnumSource(KeyType.class)
        void aNewKeyIsOfItsType(KeyType type) {
            assertEquals(Optional.of(type), KeyType.of(SampleKeys.of(type).getPublic()));
        }

        @ParameterizedTest
        @EnumSource(KeyType.class)
        void bothHalvesBelongTogether(KeyType type) {
            KeyPair pair = SampleKeys.of(type);
            byte[] data = {1, 2, 3};
            SignatureAlgorithm algorithm = SignatureAlgorithm.defaultFor(pair.getPublic());
            CryptoProviders providers = CryptoProviders.standard();
            byte[] signed = providers.sign(algorithm, pair.getPrivate(), data);
            assertTrue(providers.verify(algorithm, pair.getPublic(), data, signed));
        }

        @ParameterizedTest
        @CsvSource({"RSA_2048,2048", "RSA_3072,3072", "RSA_4096,4096"})
        void anRsaModulusHasItsLengthAndTheUsualExponent(KeyType type, int bits) {
            RSAPublicKey key = (RSAPublicKey) SampleKeys.of(type).getPublic();
            assertEquals(bits, key.getModulus().bitLength());
            assertEquals(65537, key.getPublicExponent().intValueExact());
        }

        @ParameterizedTest
        @CsvSource({"EC_P256,256", "EC_P384,384", "EC_P521,521"})
        void anEllipticCurveHasItsLength(KeyType type, int bits) {
            ECPublicKey key = (ECPublicKey) SampleKeys.of(type).getPublic();
            assertEquals(bits, key.getParams().getCurve().getField().getFieldSize());
        }

        @ParameterizedTest
        @EnumSource(names = {"EC_P256", "ED25519", "ED448", "ML_DSA_44"})
        void twoKeysAreNotAlike(KeyType type) {
            assertFalse(type.generate().getPublic().equals(type.generate().getPublic()));
        }

        @ParameterizedTest
        @EnumSource(names = {"EC_P256", "EC_P384", "EC_P521", "ED25519", "ED448", "ML_DSA_44", "ML_DSA_87"})
        void theRandomnessIsTheOneThatWasGiven(KeyType type) {
            CryptoProviders repeating = CryptoProviders.standard();
            PublicKey one = type.generate(repeating.random(new Repeating())).getPublic();
            PublicKey again = type.generate(repeating.random(new Repeating())).getPublic();
            assertArrayEquals(one.getEncoded(), again.getEncoded());
        }

        @Test
        void rsaTakesItsRandomnessFromTheSourceThatWasGiven() {
            Repeating source = new Repeating();
            KeyType.RSA_2048.generate(CryptoProviders.standard().random(source));
            assertTrue(source.drawn > 0);
        }

        @Test
        void aProviderThatCannotIsTheCallersMistake() {
            CryptoProviders empty = CryptoProviders.standard().using(new Provider("Empty", "1", "knows nothing") {
                private static final long serialVersionUID = 1L;
            });
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> KeyType.EC_P256.generate(empty));
            assertTrue(refused.getMessage().contains("EC_P256"), refused.getMessage());
        }

        @Test
        void nothingIsRegisteredInTheProcess() {
            List<Provider> before = List.of(Security.getProviders());
            for (KeyType type : List.of(KeyType.EC_P256, KeyType.ED25519, KeyType.ML_DSA_65)) {
                type.generate();
            }
            assertEquals(before, List.of(Security.getProviders()));
            assertEquals(null, Security.getProvider("BC"));
        }
    }

    @Nested
    @Tag("W2")
    class TellingTheType {
        @ParameterizedTest
        @EnumSource(
                value = KeyType.class,
                names = {"RSA_2048", "EC_P256", "EC_P384", "EC_P521", "ED25519", "ED448"})
        void theJdksKeysAreKnownToo(KeyType type) {
            assertEquals(Optional.of(type), KeyType.of(SampleKeys.ofJdk(type).getPublic()));
        }

        @Test
        void anRsaLengthThatIsNotMadeHasNoType() {
            assertEquals(Optional.empty(), KeyType.of(SampleKeys.rsa(2056).getPublic()));
            assertEquals(Optional.empty(), KeyType.of(SampleKeys.rsa(1024).getPublic()));
        }

        @Test
        void anUnknownCurveHasNoType() throws GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
            generator.initialize(new ECGenParameterSpec("secp256k1"));
            assertEquals(
                    Optional.empty(), KeyType.of(generator.generateKeyPair().getPublic()));
        }

        @Test
        void aKeyWithoutEncodingHasNoType() {
            assertEquals(Optional.empty(), KeyType.of(new Opaque(null)));
        }

        @Test
        void aKeyWhoseEncodingIsNoneHasNoType() {
            assertEquals(Optional.empty(), KeyType.of(new Opaque(new byte[] {0x30, 0x05, 1})));
        }
    }

    /** A key that says what a test wants. */
    private record Opaque(byte[] encoded) implements PublicKey {
        private static final long serialVersionUID = 1L;

        @Override
        public String getAlgorithm() {
            return "RSA";
        }

        @Override
        public String getFormat() {
            return "X.509";
        }

        @Override
        public byte[] getEncoded() {
            return encoded;
        }
    }

    /** The same octets each time, to see that nothing else is asked. */
    private static final class Repeating extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private int drawn;

        @Override
        public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (++drawn * 167 + (drawn >> 8));
            }
        }

        @Override
        public int nextInt() {
            return ++drawn * 0x9E3779B9;
        }
    }
}
