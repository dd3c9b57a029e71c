package dev.certkit.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.samples.SampleKeys;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Optional;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S2")
class SignatureAlgorithmTest {
    @Nested
    class DefaultForAKey {
        @ParameterizedTest
        @CsvSource({
            "RSA_2048,SHA256_WITH_RSA",
            "RSA_3072,SHA256_WITH_RSA",
            "RSA_4096,SHA256_WITH_RSA",
            "EC_P256,SHA256_WITH_ECDSA",
            "EC_P384,SHA384_WITH_ECDSA",
            "EC_P521,SHA512_WITH_ECDSA",
            "ED25519,ED25519",
            "ED448,ED448",
            "ML_DSA_44,ML_DSA_44",
            "ML_DSA_65,ML_DSA_65",
            "ML_DSA_87,ML_DSA_87"
        })
        void theHashFitsTheKey(KeyType type, SignatureAlgorithm expected) {
            assertEquals(
                    expected, SignatureAlgorithm.defaultFor(SampleKeys.of(type).getPublic()));
        }

        @Test
        void rsaOfAnyLengthHasOne() {
            PublicKey unusual = SampleKeys.rsa(2056).getPublic();
            assertEquals(SignatureAlgorithm.SHA256_WITH_RSA, SignatureAlgorithm.defaultFor(unusual));
        }

        @Test
        void aKeyThatCannotSignIsRefusedByName() throws GeneralSecurityException {
            PublicKey agreementOnly =
                    KeyPairGenerator.getInstance("X25519").generateKeyPair().getPublic();
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> SignatureAlgorithm.defaultFor(agreementOnly));
            assertTrue(refused.getMessage().startsWith("key: "), refused.getMessage());
        }
    }

    @Nested
    class Identifier {
        @ParameterizedTest
        @EnumSource(SignatureAlgorithm.class)
        void bouncyCastleEncodesTheSame(SignatureAlgorithm algorithm) throws Exception {
            byte[] expected = new DefaultSignatureAlgorithmIdentifierFinder()
                    .find(algorithm.jcaName())
                    .getEncoded("DER");
            assertArrayEquals(expected, algorithm.algorithmIdentifier());
        }

        @Test
        void aCopyIsGivenAway() {
            byte[] first = SignatureAlgorithm.ED25519.algorithmIdentifier();
            first[0] = 0;
            assertNotSame(first, SignatureAlgorithm.ED25519.algorithmIdentifier());
            assertEquals(0x30, SignatureAlgorithm.ED25519.algorithmIdentifier()[0]);
        }
    }

    @Nested
    class FindingByIdentifier {
        @ParameterizedTest
        @EnumSource(SignatureAlgorithm.class)
        void eachIsFoundByItsOwn(SignatureAlgorithm algorithm) {
            assertEquals(Optional.of(algorithm), SignatureAlgorithm.ofOid(algorithm.oid()));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1.2.840.113549.1.1.4", // MD5 with RSA
                    "1.2.840.113549.1.1.5", // SHA-1 with RSA
                    "1.2.840.10045.4.1", // SHA-1 with ECDSA
                    "1.2.840.113549.1.1.1",
                    "",
                    "no oid"
                })
        void weakAndUnknownOnesAreNotFound(String oid) {
            assertEquals(Optional.empty(), SignatureAlgorithm.ofOid(oid));
        }
    }
}
