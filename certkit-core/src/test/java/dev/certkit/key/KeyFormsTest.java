package dev.certkit.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.samples.SampleKeys;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.jcajce.interfaces.MLDSAPrivateKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys move between providers and between the forms of their encoding. */
class KeyFormsTest {
    private static final byte[] DATA = "what is signed".getBytes(StandardCharsets.US_ASCII);
    private static final CryptoProviders STANDARD = CryptoProviders.standard();
    private static final CryptoProviders JDK = CryptoProviders.choosing(algorithm -> Optional.empty());
    private static final CryptoProviders BOUNCY_CASTLE = STANDARD.using(new BouncyCastleProvider());

    private static boolean isInJdk(KeyType type) {
        return Stream.of(Security.getProviders())
                .flatMap(provider -> provider.getServices().stream())
                .map(Provider.Service::getAlgorithm)
                .anyMatch(name -> !SampleKeys.isMlDsa(type) || name.startsWith("ML-DSA"));
    }

    private static void assertBelongTogether(CryptoProviders signer, PrivateKey privateKey, PublicKey publicKey) {
        SignatureAlgorithm algorithm = SignatureAlgorithm.defaultFor(publicKey);
        byte[] signed = signer.sign(algorithm, privateKey, DATA);
        assertTrue(STANDARD.verify(algorithm, publicKey, DATA, signed));
        assertTrue(BOUNCY_CASTLE.verify(algorithm, publicKey, DATA, signed));
    }

    static Stream<CryptoProviders> everybody() {
        return Stream.of(STANDARD, JDK, BOUNCY_CASTLE);
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void aKeyMadeByOneProviderIsReadAndUsedByEachOther(KeyType type) throws Exception {
        for (CryptoProviders maker : everybody().toList()) {
            if (maker == JDK && !isInJdk(type)) {
                continue;
            }
            KeyPair pair = type.name().startsWith("RSA") ? SampleKeys.of(type) : type.generate(maker);
            for (CryptoProviders reader : everybody().toList()) {
                if (reader == JDK && !isInJdk(type)) {
                    continue;
                }
                PrivateKey privateKey = reader.privateKey(pair.getPrivate().getEncoded());
                PublicKey publicKey = reader.publicKey(pair.getPublic().getEncoded());
                assertBelongTogether(reader, privateKey, publicKey);
                assertBelongTogether(reader, pair.getPrivate(), pair.getPublic());
                assertBelongTogether(maker, privateKey, publicKey);
                assertArrayEquals(pair.getPublic().getEncoded(), publicKey.getEncoded());
                assertEquals(Optional.of(type), KeyType.of(publicKey));
            }
        }
    }

    @Nested
    class OfMlDsa {
        /** The three forms of RFC 9881, 6. */
        private static byte[][] forms(MLDSAPrivateKey key) throws Exception {
            AlgorithmIdentifier algorithm =
                    PrivateKeyInfo.getInstance(key.getEncoded()).getPrivateKeyAlgorithm();
            byte[] seed = key.getSeed();
            byte[] expanded = key.getPrivateData();
            byte[][] inside = {
                Der.tagged(Tag.context(0), seed),
                Der.octetString(expanded),
                Der.sequence(Der.octetString(seed), Der.octetString(expanded)),
            };
            byte[][] forms = new byte[inside.length][];
            for (int i = 0; i < inside.length; i++) {
                forms[i] = Der.sequence(Der.integer(0), algorithm.getEncoded("DER"), Der.octetString(inside[i]));
            }
            return forms;
        }

        private static MLDSAPrivateKey key(KeyType type) {
            return (MLDSAPrivateKey) SampleKeys.of(type).getPrivate();
        }

        @ParameterizedTest
        @EnumSource(names = {"ML_DSA_44", "ML_DSA_65", "ML_DSA_87"})
        void eachFormIsReadByEachProvider(KeyType type) throws Exception {
            for (byte[] form : forms(key(type))) {
                for (CryptoProviders reader : everybody().toList()) {
                    if (reader != JDK || isInJdk(type)) {
                        assertBelongTogether(
                                reader,
                                reader.privateKey(form),
                                SampleKeys.of(type).getPublic());
                    }
                }
            }
        }

        /** Some programs read nothing but the seed, and none can compute it again. */
        @ParameterizedTest
        @EnumSource(names = {"ML_DSA_44", "ML_DSA_65", "ML_DSA_87"})
        void theSeedIsKeptOnEveryJava(KeyType type) throws Exception {
            byte[] seed = key(type).getSeed();
            assertEquals(32, seed.length);
            byte[][] forms = forms(key(type));
            for (byte[] form : new byte[][] {forms[0], forms[2]}) {
                PrivateKey read = STANDARD.privateKey(form);
                assertArrayEquals(seed, ((MLDSAPrivateKey) read).getSeed());
                PrivateKey again = STANDARD.privateKey(read.getEncoded());
                assertArrayEquals(seed, ((MLDSAPrivateKey) again).getSeed());
            }
        }

        @Test
        void aKeyOfTheJdkSignsAsItIs() throws Exception {
            assumeTrue(isInJdk(KeyType.ML_DSA_65), "this Java does not know ML-DSA, Java 24 does");
            KeyPair pair = KeyType.ML_DSA_65.generate(JDK);
            assertBelongTogether(STANDARD, pair.getPrivate(), pair.getPublic());
        }

        @ParameterizedTest
        @MethodSource("dev.certkit.key.KeyFormsTest#everybody")
        void aSeedWithTheExpandedKeyOfAnotherIsRefused(CryptoProviders reader) throws Exception {
            assumeTrue(reader != JDK || isInJdk(KeyType.ML_DSA_44), "this Java does not know ML-DSA, Java 24 does");
            MLDSAPrivateKey one = key(KeyType.ML_DSA_44);
            MLDSAPrivateKey other =
                    (MLDSAPrivateKey) SampleKeys.otherOf(KeyType.ML_DSA_44).getPrivate();
            byte[] mixed = Der.sequence(
                    Der.integer(0),
                    PrivateKeyInfo.getInstance(one.getEncoded())
                            .getPrivateKeyAlgorithm()
                            .getEncoded("DER"),
                    Der.octetString(
                            Der.sequence(Der.octetString(one.getSeed()), Der.octetString(other.getPrivateData()))));
            assertThrows(InvalidKeySpecException.class, () -> reader.privateKey(mixed));
            byte[] cut = Arrays.copyOf(mixed, mixed.length - 1);
            assertThrows(InvalidKeySpecException.class, () -> reader.privateKey(cut));
        }
    }
}
