package dev.certkit.renew;

import java.time.Duration;
import java.time.Instant;

/** What the values of a policy may be; each is given back as it is, or refused by the name of the argument. */
final class PolicyBounds {
    static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Instant EARLIEST_DATE = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST_DATE = Instant.parse("9000-01-01T00:00:00Z");

    private PolicyBounds() {}

    static Start.Share checked(Start.Share share) {
        if (share.numerator() < 1 || share.numerator() * 100 > share.denominator() * 95) {
            throw new IllegalArgumentException("percent: " + share + ", choose 1 to 95 percent");
        }
        return share;
    }

    static Duration positive(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + ": " + duration + ", must be positive and at most " + LONGEST);
        }
        return duration;
    }

    static Duration interval(Duration interval) {
        if (interval.compareTo(Duration.ofMinutes(1)) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("interval: " + interval + ", choose one minute to " + LONGEST);
        }
        return interval;
    }

    static Instant date(Instant date) {
        if (date.isBefore(EARLIEST_DATE) || !date.isBefore(LATEST_DATE)) {
            throw new IllegalArgumentException("first: " + date + ", choose a date of the years 1970 to 8999");
        }
        return date;
    }
}
