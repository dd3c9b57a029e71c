package dev.certkit.trust;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Checks signatures with the keys of authorities, of which the last few are kept, as is what they signed; thread safe.
 *
 * <p>Peers come and go, authorities stay, and providers keep with a key what they computed for it: the second check with
 * an elliptic key takes half the time of the first. A signature that was proved stays so for ever, whatever else may
 * become of its certificate: in a handshake with a peer that was there before, no signature is computed again.
 */
final class AuthorityKeys {
    private static final int KEPT_KEYS = 64;
    private static final int KEPT_SIGNATURES = 1024;

    private final CryptoProviders providers;
    private final Map<ByteBuffer, PublicKey> known = lastUsed(KEPT_KEYS);
    private final Map<Fingerprint, Boolean> proven = lastUsed(KEPT_SIGNATURES);

    AuthorityKeys(CryptoProviders providers) {
        this.providers = providers;
    }

    private static <K, V> Map<K, V> lastUsed(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
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

    /**
     * Whether a key made the signature of a certificate; what is proven is not computed again.
     *
     * @param keyInfo its SubjectPublicKeyInfo
     * @throws InvalidKeySpecException naming what is wrong with it
     */
    boolean verify(SignatureAlgorithm algorithm, byte[] keyInfo, EncodedCertificate certificate)
            throws InvalidKeySpecException {
        Fingerprint statement = statement(keyInfo, certificate);
        synchronized (proven) {
            if (proven.get(statement) != null) {
                return true;
            }
        }
        boolean good = providers.verify(algorithm, key(keyInfo), certificate.toBeSigned(), certificate.signature());
        if (good) {
            synchronized (proven) {
                proven.put(statement, true);
            }
        }
        return good;
    }

    /** The key and all of the certificate; each begins with its own length, so nothing can be taken for the other. */
    private static Fingerprint statement(byte[] keyInfo, EncodedCertificate certificate) {
        byte[] der = certificate.encoded();
        byte[] both = Arrays.copyOf(keyInfo, keyInfo.length + der.length);
        System.arraycopy(der, 0, both, keyInfo.length, der.length);
        return Fingerprint.sha256(both);
    }
}
