package dev.certkit.trust;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Checks signatures with the keys of authorities, of which the last few are kept; thread safe.
 *
 * <p>Peers come and go, authorities stay, and providers keep with a key what they computed for it: the second check with
 * an elliptic key takes half the time of the first.
 */
final class AuthorityKeys {
    private static final int KEPT = 64;

    private final CryptoProviders providers;
    private final Map<ByteBuffer, PublicKey> known = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, PublicKey> eldest) {
            return size() > KEPT;
        }
    };

    AuthorityKeys(CryptoProviders providers) {
        this.providers = providers;
    }

    /**
     * A key, which is kept.
     *
     * @param keyInfo its SubjectPublicKeyInfo, which must not change
     * @throws InvalidKeySpecException naming what is wrong with it
     */
    PublicKey key(byte[] keyInfo) throws InvalidKeySpecException {
        synchronized (known) {
            PublicKey kept = known.get(ByteBuffer.wrap(keyInfo));
            if (kept != null) {
                return kept;
            }
        }
        PublicKey decoded = decoded(keyInfo);
        synchronized (known) {
            known.put(ByteBuffer.wrap(keyInfo), decoded);
        }
        return decoded;
    }

    /**
     * A key, which is not kept.
     *
     * @throws InvalidKeySpecException naming what is wrong with it
     */
    PublicKey decoded(byte[] keyInfo) throws InvalidKeySpecException {
        return providers.publicKey(keyInfo);
    }

    boolean verify(SignatureAlgorithm algorithm, PublicKey key, byte[] toBeSigned, byte[] signature) {
        return providers.verify(algorithm, key, toBeSigned, signature);
    }
}
