package dev.certkit.shelf.trust;

import dev.certkit.shelf.trust.TrustState.Decision;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustReason;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps what was presented and not trusted, within bounds that no peer can make others pay for; thread safe. */
final class TrustCapture {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final TrustRecords records;
    private final Bounds bounds;
    private final Map<Optional<String>, Integer> newAtHost = new HashMap<>();
    private Instant windowStart = Instant.EPOCH;
    private int newInWindow;

    /** How many undecided entries are kept, of all hosts and of one; as many are new in one minute at most. */
    record Bounds(int entries, int entriesOfHost) {}

    TrustCapture(TrustRecords records, Bounds bounds) {
        this.records = records;
        this.bounds = bounds;
    }

    void capture(PresentedChain presented, List<TrustReason> reasons) {
        EncodedCertificate leaf = presented.certificates().get(0);
        // The same certificate with its signature written otherwise is the one that was rejected, and no other.
        Fingerprint fingerprint =
                records.index().rejection(records.index().marks(leaf)).orElseGet(leaf::fingerprint);
        Sighting sighting = Sighting.of(presented.peer(), records.clock().instant(), reasons);
        Optional<TrustState> known = records.index().state(fingerprint);
        if (known.isPresent()) {
            if (!known.get().wasSeenLike(sighting)) {
                // One that was deleted meanwhile stays so, and one of the default set stays without a record.
                records.quietly(() -> records.update(fingerprint, before -> before.map(state -> state.seen(sighting))));
            }
        } else if (!records.index().isDamaged(fingerprint) && isWithinRate(sighting.host(), sighting.last())) {
            records.quietly(() -> keep(fingerprint, TrustState.captured(presented.certificates(), sighting), sighting));
        }
    }

    private void keep(Fingerprint fingerprint, TrustState captured, Sighting sighting) throws IOException {
        if (TrustText.isReadable(captured)) {
            records.update(
                    fingerprint,
                    before -> Optional.of(
                            before.map(state -> state.seen(sighting)).orElse(captured)));
            makeRoom(fingerprint, sighting.host());
        }
    }

    private synchronized boolean isWithinRate(Optional<String> host, Instant now) {
        if (Duration.between(windowStart, now).abs().compareTo(WINDOW) >= 0) {
            windowStart = now;
            newInWindow = 0;
            newAtHost.clear();
        }
        int here = newAtHost.getOrDefault(host, 0);
        if (newInWindow >= bounds.entries || here >= bounds.entriesOfHost) {
            return false;
        }
        newInWindow++;
        newAtHost.put(host, here + 1);
        return true;
    }

    private void makeRoom(Fingerprint newest, Optional<String> host) throws IOException {
        Captured captured = records.index().captured();
        forget(captured.tooManyOf(host, bounds.entriesOfHost, newest));
        forget(captured.tooMany(bounds.entries, newest));
    }

    private void forget(List<Fingerprint> longestUnseen) throws IOException {
        for (Fingerprint each : longestUnseen) {
            // Somebody may have decided meanwhile.
            records.update(each, before -> before.filter(state -> state.decision() != Decision.NONE));
        }
    }
}
