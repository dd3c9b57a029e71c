package dev.certkit.renew;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that remembers the latest time that it told, so that a step back is seen whenever it happened; thread safe. */
final class WatchedClock extends Clock {
    private static final Duration STEP_BACK = Duration.ofMinutes(5);

    private final Clock clock;
    private Instant latest = Instant.MIN;

    WatchedClock(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Instant instant() {
        Instant now = clock.instant();
        latest = now.isAfter(latest) ? now : latest;
        return now;
    }

    /** Whether a time was told that is still to come; asked again, it is forgotten. */
    synchronized boolean wasSetBack() {
        Instant now = clock.instant();
        boolean isBack = now.plus(STEP_BACK).isBefore(latest);
        latest = now;
        return isBack;
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return clock.withZone(zone);
    }
}
