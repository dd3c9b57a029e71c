package dev.certkit.shelf.trust;

import dev.certkit.internal.text.ForeignText;
import dev.certkit.internal.text.PrintableText;
import dev.certkit.trust.Peer;
import dev.certkit.trust.TrustCode;
import dev.certkit.trust.TrustReason;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a certificate was presented that was not trusted, how often, and why it was not.
 *
 * @param peer who presented it, if that was said
 * @param first when it was seen there first, in whole seconds
 * @param last when it was seen there last, in whole seconds
 * @param count in how many minutes it was seen there, 1 or more
 * @param reasons why it was not trusted the last time; at most 16
 */
public record Sighting(Optional<Peer> peer, Instant first, Instant last, long count, List<Reason> reasons) {
    private static final int MAX_REASONS = 16;
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** Copies the reasons. */
    public Sighting {
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(last, "last");
        reasons = List.copyOf(reasons);
    }

    /**
     * One reason as it was said then.
     *
     * @param code its kind
     * @param text what was wrong in a sentence, safe to print
     */
    public record Reason(TrustCode code, String text) {
        /** Refuses null. */
        public Reason {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(text, "text");
        }

        /** The text alone. */
        @Override
        public String toString() {
            return text;
        }
    }

    static Sighting of(Optional<Peer> peer, Instant now, List<TrustReason> reasons) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        List<Reason> kept = reasons.stream()
                .limit(MAX_REASONS)
                .map(reason -> new Reason(reason.code(), ForeignText.shownAtLength(reason.text())))
                .toList();
        return new Sighting(peer.map(Acceptance::normal), second, second, 1, kept);
    }

    Set<TrustCode> codes() {
        return reasons.stream().map(Reason::code).collect(Collectors.toSet());
    }

    boolean isAtPeerOf(Sighting other) {
        return peer.equals(other.peer);
    }

    /** Whether the same was seen there less than a minute before, so that nothing is worth a write. */
    boolean covers(Sighting later) {
        return isAtPeerOf(later)
                && codes().equals(later.codes())
                && Duration.between(last, later.last).abs().compareTo(PAUSE) < 0;
    }

    Sighting followedBy(Sighting later) {
        return new Sighting(peer, first, later.last, count + 1, later.reasons);
    }

    Optional<String> host() {
        return peer.map(Peer::host);
    }

    /** Peer, time, count and reasons; safe to print. */
    @Override
    public String toString() {
        return peer.map(each -> PrintableText.of(each.toString())).orElse("an unnamed peer") + ", last at " + last
                + ", " + count + (count == 1 ? " time: " : " times: ")
                + reasons.stream().map(Reason::text).collect(Collectors.joining("; "));
    }
}
