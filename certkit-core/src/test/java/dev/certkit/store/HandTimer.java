package dev.certkit.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer that a test turns by hand: what is scheduled once is kept, and runs when the test says so. */
public final class HandTimer extends ScheduledThreadPoolExecutor {
    private final List<Runnable> waiting = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();
    private boolean isRefusing;

    public HandTimer() {
        super(1);
    }

    @Override
    public synchronized ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        if (isRefusing) {
            throw new RejectedExecutionException("shut down");
        }
        waiting.add(command);
        delays.add(Duration.of(delay, unit.toChronoUnit()));
        // a future for the caller to cancel, far away from ever running
        return super.schedule(() -> {}, 1, TimeUnit.DAYS);
    }

    /** From now on it takes nothing any more. */
    public synchronized void refuse() {
        isRefusing = true;
    }

    /** The delays of what is scheduled and was not fired. */
    public synchronized List<Duration> delays() {
        return List.copyOf(delays);
    }

    /** Runs all that is scheduled, in this thread. */
    public void fire() {
        List<Runnable> due;
        synchronized (this) {
            due = List.copyOf(waiting);
            waiting.clear();
            delays.clear();
        }
        due.forEach(Runnable::run);
    }
}
