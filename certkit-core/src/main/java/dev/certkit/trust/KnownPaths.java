package dev.certkit.trust;

import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.Fingerprint;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last paths that were found valid, by what was presented and what for; thread safe.
 *
 * <p>Anchors and rules of one policy never change. So a path that it found is valid at every time at which all its
 * certificates are, and only then is it given again; what was not trusted is looked at anew each time.
 */
final class KnownPaths {
    private static final int KEPT = 256;

    private final Map<Question, Known> paths = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Known> eldest) {
            return size() > KEPT;
        }
    };

    /** All certificates, each of which begins with its own length, so that no two lists look the same. */
    record Question(Fingerprint certificates, Optional<ExtendedKeyUsage> purpose) {
        static Question of(PresentedChain presented) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            presented.certificates().forEach(certificate -> all.writeBytes(certificate.encoded()));
            return new Question(Fingerprint.sha256(all.toByteArray()), presented.purpose());
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

        boolean holdsAt(Instant time) {
            return !time.isBefore(from) && !time.isAfter(until);
        }
    }

    Optional<TrustVerdict.Trusted> find(Question question, Instant time) {
        synchronized (paths) {
            Known known = paths.get(question);
            return known != null && known.holdsAt(time) ? Optional.of(known.verdict) : Optional.empty();
        }
    }

    void keep(Question question, TrustVerdict verdict) {
        if (verdict instanceof TrustVerdict.Trusted trusted) {
            Known known = Known.of(trusted);
            synchronized (paths) {
                paths.put(question, known);
            }
        }
    }
}
