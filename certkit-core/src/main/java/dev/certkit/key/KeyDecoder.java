package dev.certkit.key;

import dev.certkit.internal.der.DerException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** DER to keys, each with the provider for its algorithm, after its bounds were checked. */
record KeyDecoder(Function<String, Optional<Provider>> choice, KeyBounds bounds) {
    private static final String ML_DSA = "ML-DSA";

    PublicKey publicKey(byte[] spki) throws InvalidKeySpecException {
        KeyBounds.Accepted key = bounds.publicKey(spki);
        try {
            return factory(key.algorithm()).generatePublic(new X509EncodedKeySpec(key.der()));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new InvalidKeySpecException("the " + key.algorithm() + " public key cannot be decoded", e);
        }
    }

    PrivateKey privateKey(byte[] pkcs8) throws InvalidKeySpecException {
        KeyBounds.Accepted key = bounds.privateKey(pkcs8);
        try {
            return key.algorithm().startsWith(ML_DSA)
                    ? mlDsaPrivateKey(pkcs8, key.algorithm())
                    : factory(key.algorithm()).generatePrivate(new PKCS8EncodedKeySpec(key.der()));
        } catch (GeneralSecurityException | DerException | RuntimeException e) {
            // Without the cause: what a parser says of a key may quote it.
            throw new InvalidKeySpecException("the " + key.algorithm() + " private key cannot be decoded");
        } finally {
            if (key.der() != pkcs8) {
                Arrays.fill(key.der(), (byte) 0);
            }
        }
    }

    private PrivateKey mlDsaPrivateKey(byte[] pkcs8, String algorithm) throws GeneralSecurityException, DerException {
        try {
            return factory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (InvalidKeySpecException e) {
            byte[] expanded = MlDsaKeyForm.expanded(pkcs8, algorithm, StandardChoice.bouncyCastle());
            return factory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(expanded));
        }
    }

    private KeyFactory factory(String algorithm) throws NoSuchAlgorithmException {
        Optional<Provider> provider = choice.apply(algorithm);
        return provider.isPresent()
                ? KeyFactory.getInstance(algorithm, provider.get())
                : KeyFactory.getInstance(algorithm);
    }
}
