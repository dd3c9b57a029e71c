package dev.certkit.shelf.trust;

import dev.certkit.shelf.trust.TrustState.Decision;
import dev.certkit.x509.Fingerprint;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** What was captured and not decided upon, the longest unseen first: of all, and of each host alone. Thread safe. */
final class Captured {
    private final NavigableSet<Seen> all = new TreeSet<>();
    private final Map<Optional<String>, NavigableSet<Seen>> ofHosts = new HashMap<>();

    private record Seen(Instant last, Fingerprint fingerprint) implements Comparable<Seen> {
        private static final Comparator<Seen> ORDER =
                Comparator.comparing(Seen::last).thenComparing(seen -> seen.fingerprint.hex());

        static Seen of(TrustState state) {
            return new Seen(state.lastSeen(), state.certificate().fingerprint());
        }

        @Override
        public int compareTo(Seen other) {
            return ORDER.compare(this, other);
        }
    }

    private static boolean isCaptured(TrustState state) {
        return state.decision() == Decision.NONE && !state.sightings().isEmpty();
    }

    synchronized void replace(Optional<TrustState> before, Optional<TrustState> after) {
        before.filter(Captured::isCaptured).ifPresent(this::remove);
        after.filter(Captured::isCaptured).ifPresent(this::add);
    }

    private void add(TrustState state) {
        Seen seen = Seen.of(state);
        all.add(seen);
        state.onlyHost().ifPresent(host -> ofHosts.computeIfAbsent(host, each -> new TreeSet<>())
                .add(seen));
    }

    private void remove(TrustState state) {
        Seen seen = Seen.of(state);
        all.remove(seen);
        state.onlyHost()
                .ifPresent(host -> ofHosts.computeIfPresent(host, (same, ofHost) -> {
                    ofHost.remove(seen);
                    return ofHost.isEmpty() ? null : ofHost;
                }));
    }

    /** What is too much for a bound, without the newest. */
    synchronized List<Fingerprint> tooMany(int bound, Fingerprint newest) {
        return tooMany(all, bound, newest);
    }

    /** The same of what was seen at one host and nowhere else. */
    synchronized List<Fingerprint> tooManyOf(Optional<String> host, int bound, Fingerprint newest) {
        return tooMany(ofHosts.getOrDefault(host, new TreeSet<>()), bound, newest);
    }

    private static List<Fingerprint> tooMany(NavigableSet<Seen> of, int bound, Fingerprint newest) {
        return of.stream()
                .map(Seen::fingerprint)
                .filter(each -> !each.equals(newest))
                .limit(Math.max(of.size() - bound, 0))
                .toList();
    }
}
