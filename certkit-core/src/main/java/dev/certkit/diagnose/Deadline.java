package dev.certkit.diagnose;

import java.time.Duration;

/** A moment after which nobody waits, by the monotonic clock. */
final class Deadline {
    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** This one, or an earlier one. */
    Deadline atMost(Duration time) {
        Deadline other = in(time);
        return other.end - end < 0 ? other : this;
    }

    /** What is left in milliseconds, 0 if it is over. */
    int millis() {
        long left = (end - System.nanoTime() + 999_999) / 1_000_000;
        return (int) Math.max(0, Math.min(left, Integer.MAX_VALUE));
    }

    boolean isOver() {
        return end - System.nanoTime() <= 0;
    }
}
