package dev.certkit.identity;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;

/** Proves that a private and a public key belong together: what one signs, the other verifies. Works for tokens, too. */
final class KeyMatch {
    private static final byte[] PROBE = "certkit: does this key belong here?".getBytes(StandardCharsets.US_ASCII);

    private KeyMatch() {}

    static void prove(PrivateKey privateKey, PublicKey publicKey, String what) throws KeyMismatchException {
        if (!matches(privateKey, publicKey)) {
            throw KeyMismatchException.between(privateKey.getAlgorithm(), what);
        }
    }

    private static boolean matches(PrivateKey privateKey, PublicKey publicKey) {
        SignatureAlgorithm algorithm = SignatureAlgorithm.defaultFor(publicKey);
        try {
            CryptoProviders providers = CryptoProviders.standard();
            return providers.verify(algorithm, publicKey, PROBE, providers.sign(algorithm, privateKey, PROBE));
        } catch (IllegalArgumentException e) {
            // The private key is of another kind than the public key.
            return false;
        } catch (ProviderException e) {
            throw new IllegalArgumentException("privateKey: its provider or token failed to sign with it", e);
        }
    }
}
