package dev.certkit.shelf.trust;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** When acceptances end by themselves, so that verdicts change though nobody does anything. Many may read while one writes. */
final class Lapses {
    /** With the number of entries that lapse then. */
    private final NavigableMap<Instant, Integer> moments = new ConcurrentSkipListMap<>();

    void replace(Optional<TrustState> before, Optional<TrustState> after) {
        // The new one first: at no time may a moment be missing that counts before and after.
        after.flatMap(TrustState::lapse).ifPresent(moment -> moments.merge(moment, 1, Integer::sum));
        before.flatMap(TrustState::lapse)
                .ifPresent(
                        moment -> moments.computeIfPresent(moment, (same, number) -> number == 1 ? null : number - 1));
    }

    /** The last one that has come; another one as soon as another has. */
    Instant last(Instant now) {
        Instant moment = moments.floorKey(now);
        return moment == null ? Instant.EPOCH : moment;
    }
}
