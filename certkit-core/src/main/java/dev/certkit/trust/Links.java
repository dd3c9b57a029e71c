package dev.certkit.trust;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Which certificate's signature was made by which key; each pair is tried once. Not thread safe. */
final class Links {
    private final Budget budget;
    private final Map<PathCertificate, Map<ByteBuffer, Boolean>> tried = new HashMap<>();

    Links(Budget budget) {
        this.budget = budget;
    }

    /** False also if the budget has no signature check left. */
    boolean signed(PathCertificate certificate, PathCertificate issuer, int place) {
        Map<ByteBuffer, Boolean> known = tried.computeIfAbsent(certificate, each -> new HashMap<>());
        Boolean before = known.get(issuer.keyInfo());
        if (before != null) {
            return before;
        }
        boolean signed = budget.takeSignature(place) && issuer.signed(certificate);
        known.put(issuer.keyInfo(), signed);
        return signed;
    }
}
