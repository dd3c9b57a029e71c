package dev.certkit.http;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A limit that runs, by the monotonic clock of the JVM. */
record Deadline(Duration limit, long endNanos) implements Serializable {
    /** Told when a limit was hit, so that it can be named. */
    static final class TimeUp extends IOException {
        private static final long serialVersionUID = 1L;
        private final Deadline deadline;

        private TimeUp(Deadline deadline) {
            this.deadline = deadline;
        }

        Deadline deadline() {
            return deadline;
        }
    }

    static Deadline in(Duration limit) {
        return new Deadline(limit, System.nanoTime() + limit.toNanos());
    }

    Deadline later(Duration by) {
        return new Deadline(limit, endNanos + by.toNanos());
    }

    Deadline orSooner(Deadline other) {
        return endNanos - other.endNanos <= 0 ? this : other;
    }

    /** The time that is left for each of several attempts. */
    Deadline share(int attempts) {
        return new Deadline(limit, System.nanoTime() + nanosLeft() / attempts);
    }

    /** May be negative. */
    long nanosLeft() {
        return endNanos - System.nanoTime();
    }

    /**
     * The time that is left, rounded up.
     *
     * @throws TimeUp if none is
     */
    long millisLeft() throws TimeUp {
        long left = nanosLeft();
        if (left <= 0) {
            throw up();
        }
        return TimeUnit.NANOSECONDS.toMillis(left) + 1;
    }

    TimeUp up() {
        return new TimeUp(this);
    }
}
