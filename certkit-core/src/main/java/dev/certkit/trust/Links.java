package dev.certkit.trust;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import java.security.spec.InvalidKeySpecException;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** Which certificate's signature was made by which other's key; each pair is tried once. Not thread safe. */
final class Links {
    private final CryptoProviders providers;
    private final Budget budget;
    private final Map<PathCertificate, Map<PathCertificate, Boolean>> tried = new IdentityHashMap<>();

    Links(CryptoProviders providers, Budget budget) {
        this.providers = providers;
        this.budget = budget;
    }

    /** False also if the budget has no signature check left. */
    boolean signed(PathCertificate certificate, PathCertificate issuer, int place) {
        Map<PathCertificate, Boolean> known = tried.computeIfAbsent(certificate, key -> new IdentityHashMap<>());
        Boolean before = known.get(issuer);
        if (before != null) {
            return before;
        }
        boolean signed = budget.takeSignature(place) && verify(certificate, issuer);
        known.put(issuer, signed);
        return signed;
    }

    private boolean verify(PathCertificate certificate, PathCertificate issuer) {
        Optional<SignatureAlgorithm> algorithm =
                SignatureAlgorithm.ofOid(certificate.certificate().signatureAlgorithmOid());
        try {
            return algorithm.isPresent()
                    && providers.verify(
                            algorithm.get(),
                            issuer.key(providers),
                            certificate.certificate().toBeSigned(),
                            certificate.certificate().signature());
        } catch (InvalidKeySpecException e) {
            return false;
        }
    }
}
