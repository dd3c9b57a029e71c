package dev.certkit.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.EncodedCertificate;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuthorityKeysTest {
    private final AuthorityKeys keys = new AuthorityKeys(CryptoProviders.standard());

    private static byte[] info(PublicKey key) {
        return key.getEncoded();
    }

    @Test
    void aKeyThatVerifiedIsKept() throws Exception {
        PublicKey key = SampleKeys.of(KeyType.EC_P256).getPublic();
        PublicKey first = keys.key(info(key));
        assertEquals(key, first);
        assertSame(first, keys.key(info(key)));
        assertNotSame(first, keys.decoded(info(key)));
    }

    @Test
    void notMoreAreKeptThanAFew() throws Exception {
        List<PublicKey> many = new ArrayList<>();
        for (int i = 0; i < 65; i++) {
            many.add(KeyType.EC_P256.generate().getPublic());
        }
        PublicKey first = keys.key(info(many.get(0)));
        for (PublicKey key : many) {
            keys.key(info(key));
        }
        assertNotSame(first, keys.key(info(many.get(0))));
        PublicKey last = keys.key(info(many.get(64)));
        assertSame(last, keys.key(info(many.get(64))));
    }

    @Test
    void aWeakKeyIsRefusedEachTime() {
        byte[] weak = info(SampleKeys.rsa(1024).getPublic());
        assertThrows(InvalidKeySpecException.class, () -> keys.key(weak));
        assertThrows(InvalidKeySpecException.class, () -> keys.key(weak));
    }

    @Test
    void aSignatureThatWasProvenIsNotTakenForThatOfAnotherKeyOrCertificate() throws Exception {
        Holder root = Holder.named("Root");
        Holder other = Holder.named("Root");
        PathCertificate authority = PathCertificate.of(root.root(), keys);
        PathCertificate stranger = PathCertificate.of(other.root(), keys);
        PathCertificate leaf = PathCertificate.of(Holder.named("leaf").serverBy(root), keys);
        for (int again = 0; again < 3; again++) {
            assertTrue(authority.signed(leaf));
            assertFalse(stranger.signed(leaf));
        }
        byte[] forged = leaf.certificate().encoded();
        forged[forged.length - 1] ^= 1;
        assertFalse(authority.signed(PathCertificate.of(EncodedCertificate.decode(forged), keys)));
    }
}
