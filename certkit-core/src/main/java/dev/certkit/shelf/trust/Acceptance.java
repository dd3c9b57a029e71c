package dev.certkit.shelf.trust;

import dev.certkit.internal.text.PrintableText;
import dev.certkit.trust.Peer;
import dev.certkit.trust.TrustCode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a certificate is accepted: for which peers, in spite of which reasons, and until when.
 *
 * <p>Immutable; each method gives a new acceptance.
 */
public final class Acceptance {
    private static final Set<TrustCode> GRAVE = Set.of(TrustCode.BAD_SIGNATURE, TrustCode.MALFORMED, TrustCode.REVOKED);
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Set<Peer> peers;
    private final @Nullable Set<TrustCode> waived;
    private final @Nullable Instant end;

    private Acceptance(Set<Peer> peers, @Nullable Set<TrustCode> waived, @Nullable Instant end) {
        this.peers = peers;
        this.waived = waived;
        this.end = end;
    }

    /** For every peer. */
    public static Acceptance everywhere() {
        return new Acceptance(Set.of(), null, null);
    }

    /**
     * For these peers only; a port of 0 stands for all ports of the host.
     *
     * @param peers at least one; the case of letters and a dot at the end do not count; not null
     * @throws IllegalArgumentException if there is none
     */
    public static Acceptance at(Peer... peers) {
        return at(Arrays.asList(peers));
    }

    static Acceptance at(List<Peer> peers) {
        if (peers.isEmpty()) {
            throw new IllegalArgumentException("peers: none given; name at least one, or accept everywhere()");
        }
        Set<Peer> all = new LinkedHashSet<>();
        peers.forEach(peer -> all.add(normal(peer)));
        return new Acceptance(Collections.unmodifiableSet(all), null, null);
    }

    /**
     * In spite of these reasons and no others; otherwise of those for which it was not trusted so far.
     *
     * <p>{@code UNKNOWN_ISSUER} or {@code SELF_SIGNED} make the certificate its own proof, whatever stands above it. For an
     * authority only reasons against its own certificate count, never one against what it issued.
     *
     * @param reasons none if the certificate must be sound; not null
     * @throws IllegalArgumentException for {@code BAD_SIGNATURE}, {@code MALFORMED} and {@code REVOKED}, which
     *     {@link #insecureWaiving} waives
     */
    public Acceptance waiving(TrustCode... reasons) {
        List<TrustCode> all = Arrays.asList(reasons);
        Set<TrustCode> grave = grave(all);
        if (!grave.isEmpty()) {
            throw new IllegalArgumentException("reasons: " + grave + " says that the certificate was forged, altered or"
                    + " revoked; do not accept it, or say insecureWaiving(...) if you know better");
        }
        return waiving(all);
    }

    /**
     * In spite of these reasons and no others, also where they say that it was forged, altered or revoked.
     *
     * <p>Its exact octets are trusted then, whatever its issuer says about them.
     *
     * @param reasons not null
     */
    public Acceptance insecureWaiving(TrustCode... reasons) {
        return waiving(Arrays.asList(reasons));
    }

    /** Those of some reasons that nobody waives by just accepting what has them. */
    static Set<TrustCode> grave(Iterable<TrustCode> reasons) {
        Set<TrustCode> grave = EnumSet.noneOf(TrustCode.class);
        reasons.forEach(reason -> {
            if (GRAVE.contains(reason)) {
                grave.add(reason);
            }
        });
        return grave;
    }

    Acceptance waiving(Iterable<TrustCode> reasons) {
        Set<TrustCode> all = EnumSet.noneOf(TrustCode.class);
        reasons.forEach(all::add);
        return new Acceptance(peers, Collections.unmodifiableSet(all), end);
    }

    /**
     * Not later than this.
     *
     * @param time the first second that is too late, from year 1 to year 9999; not null
     * @throws IllegalArgumentException if it is outside these years
     */
    public Acceptance until(Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException("time: " + time + " is not within the years 1 to 9999");
        }
        return new Acceptance(peers, waived, time.truncatedTo(ChronoUnit.SECONDS));
    }

    /** The peers for which it counts; empty for every peer; not modifiable. */
    public Set<Peer> peers() {
        return peers;
    }

    /** The reasons that do not count; empty also if nothing was said yet; not modifiable. */
    public Set<TrustCode> waived() {
        return waived == null ? Set.of() : waived;
    }

    /** The first second at which it does not count any more, if there is one. */
    public Optional<Instant> end() {
        return Optional.ofNullable(end);
    }

    boolean saysWhatIsWaived() {
        return waived != null;
    }

    boolean covers(Optional<Peer> peer, Instant time) {
        return (end == null || time.isBefore(end))
                && (peers.isEmpty() || peer.filter(this::isFor).isPresent());
    }

    private boolean isFor(Peer peer) {
        Peer asked = normal(peer);
        return peers.contains(asked) || peers.contains(new Peer(asked.host(), 0));
    }

    /** Host names do not tell upper from lower case (RFC 4343), and end in a dot or not. */
    static Peer normal(Peer peer) {
        String host = peer.host().toLowerCase(Locale.ROOT);
        return new Peer(
                host.length() > 1 && host.endsWith(".") ? host.substring(0, host.length() - 1) : host, peer.port());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Acceptance that
                && peers.equals(that.peers)
                && waived().equals(that.waived())
                && end().equals(that.end());
    }

    @Override
    public int hashCode() {
        return peers.hashCode() + 31 * waived().hashCode() + 961 * end().hashCode();
    }

    /** Where, in spite of what, until when; safe to print. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(peers.isEmpty() ? "everywhere" : "at");
        peers.forEach(peer -> text.append(' ').append(PrintableText.of(peer.toString())));
        if (!waived().isEmpty()) {
            text.append(", in spite of ").append(waived());
        }
        end().ifPresent(time -> text.append(", until ").append(time));
        return text.toString();
    }
}
