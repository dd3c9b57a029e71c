package dev.certkit.trust;

import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The last paths that were found valid, by what was presented and what for; thread safe.
 *
 * <p>Kept is only what follows from certificates and rules, which never change: signatures, names, constraints, usages. What
 * may change is asked each time: whether all certificates of the path are valid at that time, and whether its end is still
 * an anchor. Where one is not, and for whatever was not trusted, the search begins anew.
 */
final class KnownPaths {
    private static final int KEPT = 256;
    /** A peer with a good certificate must not fill the memory with what it sends along. */
    private static final int MOST_OCTETS = 32 << 10;

    private final Map<Question, Known> paths = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Known> eldest) {
            return size() > KEPT;
        }
    };

    /**
     * All that the proof depends on, compared octet by octet.
     *
     * @param further anchors of this question alone, with the rules that do not bind them
     */
    record Question(
            List<EncodedCertificate> certificates,
            Optional<ExtendedKeyUsage> purpose,
            Map<EncodedCertificate, Set<AnchorRule>> further) {
        static Question of(PresentedChain presented) {
            return new Question(
                    presented.certificates(),
                    presented.purpose(),
                    presented.anchors().further());
        }

        private boolean isSmall() {
            int octets = 0;
            for (EncodedCertificate each : certificates) {
                octets += each.encoded().length;
            }
            return octets <= MOST_OCTETS;
        }
    }

    private record Known(TrustVerdict.Trusted verdict, Instant from, Instant until) {
        static Known of(TrustVerdict.Trusted verdict) {
            List<EncodedCertificate> path = verdict.path();
            Instant from = path.stream()
                    .map(EncodedCertificate::notBefore)
                    .max(Instant::compareTo)
                    .orElseThrow();
            Instant until = path.stream()
                    .map(EncodedCertificate::notAfter)
                    .min(Instant::compareTo)
                    .orElseThrow();
            return new Known(verdict, from, until);
        }

        private boolean holdsFor(PresentedChain presented) {
            Instant time = presented.time();
            List<EncodedCertificate> path = verdict.path();
            return !time.isBefore(from)
                    && !time.isAfter(until)
                    && !presented.anchors().refuses(path.get(path.size() - 1));
        }
    }

    /** @param presented says when, and which anchors do not count */
    Optional<TrustVerdict.Trusted> find(Question question, PresentedChain presented) {
        Known known;
        synchronized (paths) {
            known = paths.get(question);
        }
        return known != null && known.holdsFor(presented) ? Optional.of(known.verdict) : Optional.empty();
    }

    void keep(Question question, TrustVerdict verdict) {
        if (verdict instanceof TrustVerdict.Trusted trusted && question.isSmall()) {
            Known known = Known.of(trusted);
            synchronized (paths) {
                paths.put(question, known);
            }
        }
    }
}
