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
import java.util.Optional;
import java.util.function.Function;

/** DER to keys, each with the provider for its algorithm, after its bounds were checked. */
record KeyDecoder(Function<String, Optional<Provider>> choice, KeyBounds bounds) {
    private static final String ML_DSA = "ML-DSA";

    PublicKey publicKey(byte[] spki) throws InvalidKeySpecException {
        X509EncodedKeySpec key = bounds.publicKey(spki);
        try {
            return factory(key.getAlgorithm()).generatePublic(key);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new InvalidKeySpecException("the " + key.getAlgorithm() + " public key cannot be decoded", e);
        }
    }

    PrivateKey privateKey(byte[] pkcs8) throws InvalidKeySpecException {
        PKCS8EncodedKeySpec key = bounds.privateKey(pkcs8);
        try {
            return key.getAlgorithm().startsWith(ML_DSA)
                    ? mlDsaPrivateKey(key)
                    : factory(key.getAlgorithm()).generatePrivate(key);
        } catch (GeneralSecurityException | DerException | RuntimeException e) {
            // Without the cause: what a parser says of a key may quote it.
            throw new InvalidKeySpecException("the " + key.getAlgorithm() + " private key cannot be decoded");
        }
    }

    private PrivateKey mlDsaPrivateKey(PKCS8EncodedKeySpec key) throws GeneralSecurityException, DerException {
        KeyFactory factory = factory(key.getAlgorithm());
        try {
            return factory.generatePrivate(key);
        } catch (InvalidKeySpecException e) {
            return factory.generatePrivate(MlDsaKeyForm.expanded(key, StandardChoice.bouncyCastle()));
        }
    }

    private KeyFactory factory(String algorithm) throws NoSuchAlgorithmException {
        Optional<Provider> provider = choice.apply(algorithm);
        return provider.isPresent()
                ? KeyFactory.getInstance(algorithm, provider.get())
                : KeyFactory.getInstance(algorithm);
    }
}
