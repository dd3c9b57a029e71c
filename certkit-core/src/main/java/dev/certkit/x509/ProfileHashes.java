package dev.certkit.x509;

import dev.certkit.key.SignatureAlgorithm;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Which signature algorithms go with which hashes. */
final class ProfileHashes {
    private static final String WITH = "_WITH_";

    private ProfileHashes() {}

    /** The algorithm itself if its hash is allowed or its own, otherwise the first for the same kind of key that is. */
    static SignatureAlgorithm choose(SignatureAlgorithm usual, Set<CertificateProfile.Hash> allowed) {
        Optional<CertificateProfile.Hash> hash = hash(usual);
        if (hash.isEmpty() || allowed.contains(hash.get())) {
            return usual;
        }
        String suffix = usual.name().substring(usual.name().indexOf(WITH));
        return Arrays.stream(SignatureAlgorithm.values())
                .filter(other -> other.name().endsWith(suffix))
                .filter(other -> hash(other).filter(allowed::contains).isPresent())
                .findFirst()
                .orElse(usual);
    }

    private static Optional<CertificateProfile.Hash> hash(SignatureAlgorithm algorithm) {
        return Arrays.stream(CertificateProfile.Hash.values())
                .filter(hash -> algorithm.name().startsWith(hash.name().replace("_", "") + WITH))
                .findFirst();
    }
}
