package dev.certkit.x509;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * From when to when a certificate is valid, both ends included (RFC 5280, section 4.1.2.5).
 *
 * <p>Whole seconds of UTC; fractions are cut off. Immutable and thread safe.
 *
 * @param notBefore the first second
 * @param notAfter the last second, not before {@code notBefore}
 */
public record Validity(Instant notBefore, Instant notAfter) {
    /** How far back a new certificate's first second is set, because clocks of devices are wrong. */
    public static final Duration BACKDATE = Duration.ofMinutes(5);

    /** The end of a certificate that has no well-defined end (RFC 5280, section 4.1.2.5). */
    public static final Instant NO_END = Instant.parse("9999-12-31T23:59:59Z");

    private static final Instant FIRST = Instant.parse("1950-01-01T00:00:00Z");

    /** Cuts fractions of seconds off and checks the order. */
    public Validity {
        notBefore = notBefore.truncatedTo(ChronoUnit.SECONDS);
        notAfter = notAfter.truncatedTo(ChronoUnit.SECONDS);
        if (notAfter.isBefore(notBefore)) {
            throw new IllegalArgumentException("notAfter: " + notAfter + " is before notBefore, " + notBefore);
        }
        if (notBefore.isBefore(FIRST) || notAfter.isAfter(NO_END)) {
            throw new IllegalArgumentException(
                    "notBefore, notAfter: certificates can express 1950 to 9999, not " + notBefore + " to " + notAfter);
        }
    }

    /**
     * From five minutes ago for a length of time counted from now.
     *
     * @param lifetime positive; not null
     * @param clock tells now; not null
     * @throws IllegalArgumentException if it is not positive, or ends after the year 9999
     */
    public static Validity lasting(Duration lifetime, Clock clock) {
        if (lifetime.isNegative() || lifetime.isZero()) {
            throw new IllegalArgumentException("lifetime: " + lifetime + " is not positive");
        }
        Instant now = clock.instant();
        // In seconds: a Duration of eight thousand years is counted in nanoseconds first, which overflows at a price.
        if (lifetime.toSeconds() >= NO_END.getEpochSecond() - now.getEpochSecond()) {
            throw new IllegalArgumentException("lifetime: " + lifetime + " ends after the year 9999");
        }
        return new Validity(now.minus(BACKDATE), now.plus(lifetime));
    }

    /**
     * From five minutes ago for a number of days counted from now.
     *
     * @param days at least 1
     * @param clock tells now; not null
     * @throws IllegalArgumentException if it is not positive, or ends after the year 9999
     */
    public static Validity days(int days, Clock clock) {
        return lasting(Duration.ofDays(days), clock);
    }

    /**
     * Tells whether it is valid at a moment.
     *
     * @param instant fractions of a second are ignored; not null
     */
    public boolean contains(Instant instant) {
        Instant second = instant.truncatedTo(ChronoUnit.SECONDS);
        return !second.isBefore(notBefore) && !second.isAfter(notAfter);
    }

    /** The time between the two ends. */
    public Duration length() {
        return Duration.between(notBefore, notAfter);
    }

    /**
     * This validity, ended earlier where another ends earlier: no certificate outlives its issuer.
     *
     * @param other not null
     * @throws IllegalArgumentException if the other ends before this one begins
     */
    public Validity notBeyond(Validity other) {
        return other.notAfter.isBefore(notAfter) ? new Validity(notBefore, other.notAfter) : this;
    }
}
