package dev.certkit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.samples.SamplePki;
import dev.certkit.x509.DistinguishedName;
import java.security.KeyPair;
import java.util.Base64;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("T3")
@Tag("S15")
class PendingKeyTest {
    private static PendingKey pending(KeyPair keys) {
        return CertificationRequest.forSubject(DistinguishedName.cn("printer-7"))
                .san("printer-7.local")
                .signedBy(keys);
    }

    @Nested
    class PuttingTogetherAgain {
        @ParameterizedTest
        @EnumSource(KeyType.class)
        void theKeyAndItsRequestBelongTogether(KeyType type) throws Exception {
            KeyPair keys = SampleKeys.of(type);
            CertificationRequest stored =
                    CertificationRequest.decode(pending(keys).request().encoded());
            assertSame(
                    keys.getPrivate(), PendingKey.of(keys.getPrivate(), stored).privateKey());
        }

        @ParameterizedTest
        @EnumSource(names = {"EC_P256", "RSA_2048", "ED25519"})
        void anotherKeyOfTheSameKindDoesNot(KeyType type) {
            CertificationRequest request = pending(SampleKeys.of(type)).request();
            KeyMismatchException refused = assertThrows(
                    KeyMismatchException.class,
                    () -> PendingKey.of(SampleKeys.otherOf(type).getPrivate(), request));
            assertEquals("the request for CN=printer-7", refused.what());
        }

        @Test
        void aKeyOfAnotherKindDoesNotEither() {
            CertificationRequest request =
                    pending(SampleKeys.of(KeyType.EC_P256)).request();
            for (KeyType type : new KeyType[] {KeyType.RSA_2048, KeyType.EC_P384, KeyType.ED25519}) {
                KeyMismatchException refused = assertThrows(
                        KeyMismatchException.class,
                        () -> PendingKey.of(SampleKeys.of(type).getPrivate(), request));
                assertTrue(refused.getMessage().contains("does not belong to"), refused.getMessage());
            }
        }
    }

    @Nested
    class Certifying {
        @ParameterizedTest
        @EnumSource(KeyType.class)
        void theAuthoritysAnswerBelongsToTheKey(KeyType type) throws Exception {
            PendingKey pending = pending(SampleKeys.of(type));
            CertificateChain chain = SamplePki.certified(
                    SamplePki.of(KeyType.EC_P256).authority().issue(pending.request()));
            CertifiedKey certified = pending.certifiedBy(chain);
            assertSame(pending.privateKey(), certified.privateKey());
            assertEquals(chain, certified.chain());
        }

        @Test
        void anAnswerForAnotherKeyIsRefused() throws Exception {
            CertificateChain answer = SamplePki.of(KeyType.EC_P256)
                    .leaf(SampleKeys.of(KeyType.EC_P256))
                    .chain();
            PendingKey other = pending(SampleKeys.otherOf(KeyType.EC_P256));
            KeyMismatchException refused = assertThrows(KeyMismatchException.class, () -> other.certifiedBy(answer));
            assertTrue(refused.what().startsWith("the certificate of CN=printer-7.example.fr"), refused.what());
        }

        @Test
        void theIssuersCertificateIsNotTheAnswer() throws Exception {
            SamplePki pki = SamplePki.of(KeyType.EC_P384);
            PendingKey pending = pending(SampleKeys.of(KeyType.EC_P256));
            assertThrows(
                    KeyMismatchException.class,
                    () -> pending.certifiedBy(pki.intermediate().chain()));
        }
    }

    @Test
    void theKeyNeverShows() {
        for (KeyType type : new KeyType[] {KeyType.RSA_2048, KeyType.EC_P256, KeyType.ED25519}) {
            KeyPair keys = SampleKeys.of(type);
            String secret = Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded());
            PendingKey pending = pending(keys);
            assertEquals("PendingKey[CN=printer-7]", pending.toString());
            KeyMismatchException refused = assertThrows(
                    KeyMismatchException.class,
                    () -> PendingKey.of(SampleKeys.otherOf(type).getPrivate(), pending.request()));
            assertFalse(refused.toString().contains(secret.substring(60, 80)));
        }
    }
}
