package dev.certkit.revocation;

import dev.certkit.trust.TrustReason.RevocationUnknown.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether an answer is of now, give or take some difference between clocks. */
record Freshness(Instant now, Duration tolerance, Instant end) {
    /** How long an answer counts that does not say so itself (RFC 6960, 4.2.2.1: newer information is always there). */
    private static final Duration WITHOUT_END = Duration.ofHours(1);

    private static final Duration LONGEST_KEPT = Duration.ofDays(1);

    static Freshness at(Instant now, Duration tolerance) {
        return new Freshness(now, tolerance, now.plus(LONGEST_KEPT));
    }

    /** The same for an answer that is asked for anew at a time. */
    Freshness until(Instant time) {
        return new Freshness(now, tolerance, time);
    }

    /**
     * Until when the answer may be kept.
     *
     * @throws UnusableException if it is too old or from the future
     */
    Instant check(Instant thisUpdate, Optional<Instant> nextUpdate) throws UnusableException {
        Instant last = nextUpdate.orElseGet(() -> thisUpdate.plus(WITHOUT_END));
        if (thisUpdate.isAfter(now.plus(tolerance))) {
            throw new UnusableException(
                    Cause.EXPIRED, "it is of " + thisUpdate + ", and it is " + now + "; check this device's clock");
        }
        if (last.isBefore(now.minus(tolerance))) {
            throw new UnusableException(Cause.EXPIRED, "it was for use until " + last + ", and it is " + now);
        }
        return last.isBefore(end) ? last : end;
    }
}
