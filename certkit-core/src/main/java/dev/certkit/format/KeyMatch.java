package dev.certkit.format;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** Tells whether a certificate is for a private key: by the modulus, or by what the key signs, so often as is affordable. */
final class KeyMatch {
    private static final byte[] PROBE = "certkit: which certificate is yours?".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_PROOFS = 256;

    private final int maxProofs;
    private final CryptoProviders providers = CryptoProviders.standard();
    private final IdentityHashMap<PrivateKey, Map<SignatureAlgorithm, Optional<byte[]>>> signatures =
            new IdentityHashMap<>();
    private int proofs;

    KeyMatch() {
        this(MAX_PROOFS);
    }

    KeyMatch(int maxProofs) {
        this.maxProofs = maxProofs;
    }

    enum Answer {
        YES,
        NO,
        UNKNOWN
    }

    Answer of(PrivateKey key, X509Certificate certificate) {
        PublicKey holder = certificate.getPublicKey();
        if (key instanceof RSAKey one && holder instanceof RSAKey other) {
            return one.getModulus().equals(other.getModulus()) ? Answer.YES : Answer.NO;
        }
        if (isOfAnotherKind(key, holder)) {
            return Answer.NO;
        }
        SignatureAlgorithm algorithm;
        try {
            algorithm = SignatureAlgorithm.defaultFor(holder);
        } catch (IllegalArgumentException e) {
            // A kind of key that nothing here signs with.
            return Answer.NO;
        }
        if (proofs >= maxProofs) {
            return Answer.UNKNOWN;
        }
        proofs++;
        return signature(key, algorithm)
                        .filter(signature -> providers.verify(algorithm, holder, PROBE, signature))
                        .isPresent()
                ? Answer.YES
                : Answer.NO;
    }

    private static boolean isOfAnotherKind(PrivateKey key, PublicKey holder) {
        if (key instanceof ECKey one && holder instanceof ECKey other) {
            return !one.getParams().getOrder().equals(other.getParams().getOrder());
        }
        return key instanceof RSAKey != holder instanceof RSAKey || key instanceof ECKey != holder instanceof ECKey;
    }

    private Optional<byte[]> signature(PrivateKey key, SignatureAlgorithm algorithm) {
        return signatures
                .computeIfAbsent(key, missing -> new EnumMap<>(SignatureAlgorithm.class))
                .computeIfAbsent(algorithm, missing -> made(key, missing));
    }

    private Optional<byte[]> made(PrivateKey key, SignatureAlgorithm algorithm) {
        try {
            return Optional.of(providers.sign(algorithm, key, PROBE));
        } catch (IllegalArgumentException | ProviderException e) {
            // Another kind of key.
            return Optional.empty();
        }
    }
}
