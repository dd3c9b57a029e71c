package dev.certkit.shelf.trust;

import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/** The default set, in no storage; each member that expires while the lists are open is given out once. */
final class DefaultAuthorities {
    private final Map<Fingerprint, TrustState> all = new LinkedHashMap<>();
    /** Those that have not expired yet, the first to expire first. */
    private final PriorityQueue<TrustState> valid = new PriorityQueue<>((one, other) -> end(one).compareTo(end(other)));

    private volatile Instant next;

    /** @param opened what has expired by then is no news */
    DefaultAuthorities(Collection<EncodedCertificate> authorities, Instant opened) {
        for (EncodedCertificate each : authorities) {
            // Its expiry is for the policy to see: nobody accepted it by hand, so that it is in nobody's record.
            TrustState state = TrustState.undecided(each).accepted(Acceptance.everywhere());
            all.put(each.fingerprint(), state);
        }
        all.values().stream().filter(state -> opened.isBefore(end(state))).forEach(valid::add);
        next = firstEnd();
    }

    private static Instant end(TrustState state) {
        return state.lapse().orElse(Instant.MAX);
    }

    private Instant firstEnd() {
        return valid.isEmpty() ? Instant.MAX : end(valid.peek());
    }

    Set<Fingerprint> fingerprints() {
        return all.keySet();
    }

    Collection<TrustState> states() {
        return all.values();
    }

    Optional<TrustState> find(Fingerprint fingerprint) {
        return Optional.ofNullable(all.get(fingerprint));
    }

    /** The first second at which one more has expired; cheap to ask. */
    Instant nextExpiry() {
        return next;
    }

    synchronized List<TrustState> expired(Instant now) {
        List<TrustState> expired = valid.stream()
                .filter(state -> !now.isBefore(end(state)))
                .sorted(valid.comparator())
                .toList();
        valid.removeAll(expired);
        next = firstEnd();
        return expired;
    }
}
