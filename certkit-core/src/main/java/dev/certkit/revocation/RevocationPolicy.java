package dev.certkit.revocation;

import dev.certkit.http.HttpTransport;
import dev.certkit.key.CryptoProviders;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustReason;
import dev.certkit.trust.TrustReason.RevocationUnknown.Cause;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.EncodedCertificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Trusts paths of which no certificate was revoked, by CRLs (RFC 5280, section 6.3) and OCSP (RFC 6960).
 *
 * <p>To be combined with a policy that proves the path: {@code TrustPolicy.pkix(anchors).and(RevocationPolicy.softFail(transport))}.
 * For each certificate but the anchor it asks, in this order, the stapled answer, the responders and the places of CRLs that
 * the certificate names, until one knows. A verdict makes at most 8 calls and begins none after 10 seconds; the transport's own limits
 * bound each call, so give it short ones, and {@link HttpTransport#publicAddressesOnly()} where authorities are not your own.
 * Answers are kept until they expire, at most for a day. Thread safe; each method gives a new policy, which has kept nothing.
 */
public final class RevocationPolicy implements TrustPolicy {
    private static final Limits STANDARD = new Limits(8, Duration.ofSeconds(10), Duration.ofMinutes(5));
    private static final Duration LONGEST_TOLERANCE = Duration.ofDays(1);
    private static final int MOST_CALLS = 100;

    private final Parts parts;
    private final Limits limits;
    private final Sources sources;

    private RevocationPolicy(Parts parts, Limits limits) {
        this.parts = parts;
        this.limits = limits;
        this.sources = new Sources(parts.providers);
    }

    private record Parts(HttpTransport transport, boolean needsAnswer, Clock clock, CryptoProviders providers) {}

    /** What one verdict may take, and how far clocks may differ. */
    record Limits(int calls, Duration time, Duration tolerance) {}

    /**
     * Trusts also where it cannot be found out: whoever can stop the calls can hide a revocation.
     *
     * @param transport makes the calls, and follows no redirects; not null
     */
    public static RevocationPolicy softFail(HttpTransport transport) {
        return of(transport, false);
    }

    /**
     * Trusts only where it is known that nothing is revoked: an authority that cannot be asked stops its clients.
     *
     * @param transport makes the calls, and follows no redirects; not null
     */
    public static RevocationPolicy hardFail(HttpTransport transport) {
        return of(transport, true);
    }

    private static RevocationPolicy of(HttpTransport transport, boolean needsAnswer) {
        Objects.requireNonNull(transport, "transport");
        return new RevocationPolicy(
                new Parts(transport, needsAnswer, Clock.systemUTC(), CryptoProviders.standard()), STANDARD);
    }

    /**
     * Asks this clock whether answers are of now, whatever time the verdict is for.
     *
     * @param clock not null
     */
    public RevocationPolicy clock(Clock clock) {
        Objects.requireNonNull(clock, "clock");
        return new RevocationPolicy(new Parts(parts.transport, parts.needsAnswer, clock, parts.providers), limits);
    }

    /**
     * Checks signatures with other providers.
     *
     * @param providers not null
     */
    public RevocationPolicy using(CryptoProviders providers) {
        Objects.requireNonNull(providers, "providers");
        return new RevocationPolicy(new Parts(parts.transport, parts.needsAnswer, parts.clock, providers), limits);
    }

    /**
     * Makes at most so many calls for one verdict.
     *
     * @param calls 1 to 100, 8 by default
     * @throws IllegalArgumentException if it is out of range
     */
    public RevocationPolicy callsUpTo(int calls) {
        if (calls < 1 || calls > MOST_CALLS) {
            throw new IllegalArgumentException("calls: " + calls + " is not 1 to " + MOST_CALLS);
        }
        return new RevocationPolicy(parts, new Limits(calls, limits.time, limits.tolerance));
    }

    /**
     * Begins no call later than this after the verdict was asked for.
     *
     * @param time 1 millisecond to a day, 10 seconds by default; not null
     * @throws IllegalArgumentException if it is out of range
     */
    public RevocationPolicy callingWithin(Duration time) {
        if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(LONGEST_TOLERANCE) > 0) {
            throw new IllegalArgumentException("time: " + time + " is not from 1 ms to 1 day");
        }
        return new RevocationPolicy(parts, new Limits(limits.calls, time, limits.tolerance));
    }

    /**
     * Lets clocks differ by this much.
     *
     * @param difference none to a day, 5 minutes by default; not null
     * @throws IllegalArgumentException if it is out of range
     */
    public RevocationPolicy tolerating(Duration difference) {
        if (difference.isNegative() || difference.compareTo(LONGEST_TOLERANCE) > 0) {
            throw new IllegalArgumentException("difference: " + difference + " is not from none to 1 day");
        }
        return new RevocationPolicy(parts, new Limits(limits.calls, limits.time, difference));
    }

    @Override
    public TrustVerdict judge(PresentedChain presented) {
        if (presented.certificates().isEmpty()) {
            return new TrustVerdict.Untrusted(List.of(presented
                    .defect()
                    .orElseGet(() -> new TrustReason.Malformed(0, "nothing", "no certificate was presented"))));
        }
        List<EncodedCertificate> path = presented.provenPath();
        List<TrustReason> reasons = path.size() < 2
                ? withoutPath(path.isEmpty() ? presented.certificates().get(0) : path.get(0), path.isEmpty())
                : ofPath(path, presented.stapled());
        if (!reasons.isEmpty()) {
            return new TrustVerdict.Untrusted(reasons);
        }
        return new TrustVerdict.Trusted(
                path.isEmpty() ? List.of(presented.certificates().get(0)) : path);
    }

    /** What is its own proof has nobody who could revoke it. */
    private List<TrustReason> withoutPath(EncodedCertificate only, boolean unproven) {
        return parts.needsAnswer && (unproven || !only.isSelfIssued())
                ? List.of(new TrustReason.RevocationUnknown(
                        0, Cause.NO_SOURCE, "no path to its issuer was proved, so that nobody's answer counts"))
                : List.of();
    }

    private List<TrustReason> ofPath(List<EncodedCertificate> path, Optional<byte[]> stapled) {
        Calls calls = new Calls(parts.transport, parts.clock, sources.failures(), limits);
        Freshness freshness = Freshness.at(parts.clock.instant(), limits.tolerance);
        List<TrustReason> reasons = new ArrayList<>();
        for (int place = 0; place < path.size() - 1; place++) {
            Link link = new Link(path.get(place), path.get(place + 1));
            Status status = sources.status(link, place == 0 ? stapled : Optional.empty(), calls, freshness);
            if (status instanceof Status.Revoked revoked) {
                reasons.add(new TrustReason.Revoked(place, revoked.time(), revoked.reason()));
            } else if (status instanceof Status.Unknown unknown && parts.needsAnswer) {
                reasons.add(new TrustReason.RevocationUnknown(place, unknown.cause(), unknown.detail()));
            }
        }
        return reasons;
    }

    /** How it fails, and its limits. */
    @Override
    public String toString() {
        return "RevocationPolicy[" + (parts.needsAnswer ? "hard fail" : "soft fail") + ", " + limits.calls + " calls]";
    }
}
