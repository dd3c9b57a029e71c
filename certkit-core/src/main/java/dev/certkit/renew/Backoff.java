package dev.certkit.renew;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures: exponential with full jitter, so that a fleet which failed together does not come back
 * together.
 */
record Backoff(Duration first, Duration longest) {
    static final Backoff STANDARD = new Backoff(Duration.ofSeconds(60), Duration.ofHours(6));
    private static final Duration SHORTEST = Duration.ofSeconds(30);
    static final Duration LONGEST_DEFERRAL = Duration.ofDays(7);
    static final Duration LONGEST_ASKED = Duration.ofDays(1);
    private static final Duration LONGEST_SPREAD = Duration.ofMinutes(10);
    private static final Duration DAY = Duration.ofDays(1);
    /** A fixed cap lets certificates of a day expire during an outage of hours. */
    private static final int SHARE_OF_WHAT_IS_LEFT = 12;

    /** How long to wait after the n-th failure in a row, while a certificate has this long to live. */
    Duration afterFailure(int failures, Duration left, RandomGenerator random) {
        Duration cap = min(longest, left.dividedBy(SHARE_OF_WHAT_IS_LEFT));
        Duration grown = first.multipliedBy(1L << Math.min(Math.max(failures - 1, 0), 20));
        return between(SHORTEST, max(SHORTEST, min(cap, grown)), random);
    }

    /** Without a certificate that is about to expire. */
    Duration afterFailure(int failures, RandomGenerator random) {
        return afterFailure(failures, longest.multipliedBy(SHARE_OF_WHAT_IS_LEFT), random);
    }

    /** After an answer that will most likely be the same next time. */
    Duration afterRefusal(Duration left, RandomGenerator random) {
        Duration cap = max(SHORTEST, min(longest, left.dividedBy(SHARE_OF_WHAT_IS_LEFT)));
        return between(max(SHORTEST, cap.dividedBy(2)), cap, random);
    }

    /** After a certificate came that is old already: half of what is left, at most a day, at least an hour if it lives that long. */
    static Duration rest(Occasion occasion, RandomGenerator random) {
        Duration quarter = occasion.certificate().orElseThrow().length().dividedBy(4);
        Duration least = max(SHORTEST, min(Duration.ofHours(1), quarter));
        return occasion.isExpired()
                ? max(least, daily(random))
                : max(least, min(DAY, occasion.left().orElse(DAY).dividedBy(2)));
    }

    /** As long as the authority asks to be left alone, and up to ten minutes more: it asks everybody for the same. */
    static Duration asAsked(Duration asked, Duration most, RandomGenerator random) {
        Duration kept = min(asked, most);
        return kept.plus(between(Duration.ZERO, min(kept, LONGEST_SPREAD), random));
    }

    /** When the certificate has expired, and haste helps nobody any more. */
    static Duration daily(RandomGenerator random) {
        return between(DAY.dividedBy(2), DAY, random);
    }

    /** Doubling from a minute to an hour, a fifth more or less: a person decides, and nobody knows when. */
    static Duration pollAfter(int polls, RandomGenerator random) {
        long minutes = Math.min(60, 1L << Math.min(Math.max(polls - 1, 0), 6));
        Duration middle = Duration.ofMinutes(minutes);
        return between(
                middle.multipliedBy(4).dividedBy(5), middle.multipliedBy(6).dividedBy(5), random);
    }

    /** Uniform, to the millisecond. */
    static Duration between(Duration from, Duration to, RandomGenerator random) {
        long range = Math.max(0, to.minus(from).toMillis());
        return from.plusMillis(range == 0 ? 0 : random.nextLong(range + 1));
    }

    static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    static Duration max(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? b : a;
    }
}
