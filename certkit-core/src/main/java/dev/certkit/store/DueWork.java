package dev.certkit.store;

import dev.certkit.internal.text.PrintableText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off the records of a shelf that are due, beside any number of other threads, processes and machines.
 *
 * <p>It has no thread and no clock: call {@link #runDueOnce} from whatever timer there is, at any rate. Each due record is
 * claimed for one caller, and the task sees the record as the claim left it; so whether there is still something to do is
 * for the task to check, on that record. If a process dies, its claim ends after the lease's time and another call takes
 * the record over. If a process is only slow and its record was taken over meanwhile, its result is refused.
 *
 * <p>So a task runs at least once for each time a record is due, and its result is kept at most once. What it does to the
 * outside world should stand repeating: {@linkplain Job#keep keep} first what is about to be done, under a key of its own,
 * and look for that when starting.
 *
 * <p>Immutable and thread safe; several threads may run the same one.
 */
public final class DueWork {
    private static final Logger LOG = LoggerFactory.getLogger(DueWork.class);
    private static final int MAX_BATCH = 1000;
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final Place place;
    private final Pace pace;
    private final Task task;

    private DueWork(Place place, Pace pace, Task task) {
        this.place = place;
        this.pace = pace;
        this.task = task;
    }

    /** What is to be done with one record. */
    @FunctionalInterface
    public interface Task {
        /**
         * Works on a record that is due and claimed.
         *
         * @param job the record and the claim; not to be used after returning
         * @return what the record is to hold, with the time when it is due next; not null
         * @throws Exception if it did not work out: the record stays as it was last kept, and comes again
         */
        RecordContent work(Job job) throws Exception;
    }

    /**
     * Prepares to work off a shelf; leases last five minutes, and so does the wait after a failure.
     *
     * @param storage where the shelf is; not null
     * @param shelf whose records are worked on; not null
     * @param owner who works, for people to see: 1 to 255 printable ASCII characters; not null
     * @return a draft; end it with {@link Draft#doing}
     * @throws IllegalArgumentException if the owner has other characters
     */
    public static Draft on(Storage storage, Shelf shelf, String owner) {
        Lease.checkOwner(owner);
        Objects.requireNonNull(storage, "storage");
        Objects.requireNonNull(shelf, "shelf");
        return new Draft(new Place(storage, shelf, owner), new Pace(FIVE_MINUTES, FIVE_MINUTES, 1, null));
    }

    /** How a shelf is worked off; immutable, each method gives a new draft. */
    public static final class Draft {
        private final Place place;
        private final Pace pace;

        private Draft(Place place, Pace pace) {
            this.place = place;
            this.pace = pace;
        }

        /**
         * Sets how long a claim lasts: how late the work of a process that died is taken over.
         *
         * @param leaseTime 1 millisecond to 366 days; not null
         * @return the new draft
         * @throws IllegalArgumentException if it is shorter or longer
         */
        public Draft leasing(Duration leaseTime) {
            Lease.checkTimeToLive(leaseTime);
            return new Draft(place, new Pace(leaseTime, pace.retryTime, pace.batch, pace.timer));
        }

        /**
         * Sets when a record whose task threw is due again, counted from {@link Job#storageTime()}.
         *
         * @param retryTime 1 millisecond to 366 days; not null
         * @return the new draft
         * @throws IllegalArgumentException if it is shorter or longer
         */
        public Draft retryingAfter(Duration retryTime) {
            Lease.checkTimeToLive(retryTime);
            return new Draft(place, new Pace(pace.leaseTime, retryTime, pace.batch, pace.timer));
        }

        /**
         * Claims several records at a time, for tasks that are short: one write less for each.
         *
         * <p>Their leases begin together, so all of them must be done within the lease's time, unless they are
         * {@linkplain #extendingOn extended}, also while they wait. One that was taken over while it waited is left out. If the
         * process dies, all that it had claimed wait for their leases to end.
         *
         * @param batch 1, as otherwise, to 1000; each record's payload is held in memory
         * @return the new draft
         * @throws IllegalArgumentException if it is below 1 or above 1000
         */
        public Draft claimingUpTo(int batch) {
            if (batch < 1 || batch > MAX_BATCH) {
                throw new IllegalArgumentException("batch: " + batch + ", claim 1 to " + MAX_BATCH + " at a time");
            }
            return new Draft(place, new Pace(pace.leaseTime, pace.retryTime, batch, pace.timer));
        }

        /**
         * Extends leases, each time a third of one has passed, until the task has run.
         *
         * <p>Without this a task must be done within the lease's time, or extend it itself.
         *
         * @param timer waits, and makes a call to the storage each time; stays the caller's; not null
         * @return the new draft
         */
        public Draft extendingOn(ScheduledExecutorService timer) {
            Objects.requireNonNull(timer, "timer");
            return new Draft(place, new Pace(pace.leaseTime, pace.retryTime, pace.batch, timer));
        }

        /**
         * Says what is done with each record.
         *
         * @param task may be run by several threads at once; not null
         * @return the work, not started
         */
        public DueWork doing(Task task) {
            return new DueWork(place, pace, Objects.requireNonNull(task, "task"));
        }
    }

    private record Place(Storage storage, Shelf shelf, String owner) {}

    private record Pace(
            Duration leaseTime,
            Duration retryTime,
            int batch,
            @Nullable ScheduledExecutorService timer) {}

    /**
     * Claims what is due and works on it, one record after the other in this thread, until nothing is due.
     *
     * <p>A task that throws ends neither this call nor the work on others: a warning is logged, and the record comes again
     * after the retry time. A task that throws {@link InterruptedException}, or an interrupt found between two records, ends the
     * call, with the interrupt kept.
     *
     * @param max the most records to work on, 1 or more
     * @return how many were worked on, with or without success
     * @throws IllegalArgumentException if {@code max} is below 1
     * @throws IOException if the storage fails; what was claimed comes again when its lease ends
     */
    public int runDueOnce(int max) throws IOException {
        if (max < 1) {
            throw new IllegalArgumentException("max: " + max + ", work on at least 1");
        }
        int worked = 0;
        while (worked < max && !Thread.currentThread().isInterrupted()) {
            int some = Math.min(pace.batch, max - worked);
            List<Lease> leases = place.storage.claimDue(place.shelf, place.owner, some, pace.leaseTime);
            if (leases.isEmpty()) {
                break;
            }
            worked += runAll(leases.stream()
                    .map(lease -> new Job(place.storage, pace, lease))
                    .toList());
        }
        return worked;
    }

    private int runAll(List<Job> jobs) throws IOException {
        try {
            jobs.forEach(Job::extendWhenDue);
            int worked = 0;
            for (Job job : jobs) {
                if (Thread.currentThread().isInterrupted()) {
                    job.release();
                } else {
                    run(job, job != jobs.get(0));
                    worked++;
                }
            }
            return worked;
        } finally {
            jobs.forEach(Job::stop);
        }
    }

    private void run(Job job, boolean hasWaited) throws IOException {
        try {
            if (hasWaited) {
                job.requireUnchanged();
            }
            job.finish(attempt(job));
        } catch (StaleRecordException e) {
            LOG.info("what was to be done for {} is not kept: {}", job.name(), e.getMessage());
        }
    }

    /** Gives the result, or nothing if the task failed. */
    private @Nullable RecordContent attempt(Job job) {
        try {
            return Objects.requireNonNull(task.work(job), "the task's result");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.info("the work on {} was interrupted", job.name());
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            LOG.warn(
                    "the work on {} failed, again in {}: {}",
                    job.name(),
                    pace.retryTime,
                    PrintableText.of(e.toString()));
        }
        return null;
    }

    /** One record in work; thread safe, because its lease is extended meanwhile. */
    public static final class Job {
        private final Storage storage;
        private final Pace pace;
        private Lease lease;
        private boolean isOver;
        private @Nullable StaleRecordException loss;
        private @Nullable Future<?> extension;

        private Job(Storage storage, Pace pace, Lease lease) {
            this.storage = storage;
            this.pace = pace;
            this.lease = lease;
        }

        /**
         * The record as the claim, or what was kept since, left it.
         *
         * @return the record, due when the lease ends
         */
        public synchronized StoredRecord record() {
            return lease.record();
        }

        /**
         * The fencing token, for others that must refuse the work of an earlier claim.
         *
         * @return larger than that of every earlier claim of this name
         */
        public synchronized long epoch() {
            return lease.epoch();
        }

        /**
         * A text that no other claim has: a key for what is done outside.
         *
         * <p>Another claim of the same record has another one. {@linkplain #keep Keep} it before its first use, and whoever takes
         * the record over finds it and repeats what was begun, instead of beginning something new.
         *
         * @return the printable name, a number sign, and the epoch
         */
        public String idempotenceKey() {
            return name() + "#" + epoch();
        }

        /**
         * The storage's time when the claim was made or last extended, to count due times from.
         *
         * @return a time in whole milliseconds
         */
        public synchronized Instant storageTime() {
            return lease.until().minus(pace.leaseTime);
        }

        /**
         * Writes an intermediate state; the work goes on under the same claim.
         *
         * @param content its time is replaced by the end of the lease; not null
         * @throws StaleRecordException if the record was taken over or changed: stop working
         * @throws IOException if the storage fails
         */
        public synchronized void keep(RecordContent content) throws IOException {
            requireHeld();
            lease = new Lease(storage.replace(lease.record(), content.lookAgainAt(lease.until())), lease.owner());
        }

        /**
         * Starts the lease's time anew, and so proves that the claim holds: for just before something that cannot be undone.
         *
         * @throws StaleRecordException if the record was taken over or changed: stop working
         * @throws IOException if the storage fails
         */
        public synchronized void extend() throws IOException {
            requireHeld();
            try {
                lease = storage.extend(lease, pace.leaseTime);
            } catch (StaleRecordException e) {
                loss = e;
                throw e;
            }
        }

        private RecordName name() {
            return record().name();
        }

        private void requireHeld() throws StaleRecordException {
            if (loss != null) {
                throw loss;
            }
            if (isOver) {
                throw new IllegalStateException("the work on " + lease.record().name() + " is over");
            }
        }

        private synchronized void finish(@Nullable RecordContent result) throws IOException {
            requireHeld();
            isOver = true;
            if (result != null) {
                storage.complete(lease, result);
            } else {
                storage.fail(lease, storageTime().plus(pace.retryTime));
            }
        }

        private synchronized void stop() {
            isOver = true;
            if (extension != null) {
                extension.cancel(false);
            }
        }

        /** For one that waited; where leases are extended, that has found out already. */
        private synchronized void requireUnchanged() throws IOException {
            requireHeld();
            if (pace.timer != null) {
                return;
            }
            StoredRecord claimed = lease.record();
            StaleRecordException.check(claimed, storage.find(claimed.name()).map(StoredRecord::header));
        }

        private synchronized void release() throws IOException {
            isOver = true;
            try {
                storage.fail(lease, storageTime());
            } catch (StaleRecordException e) {
                LOG.info("{} is not given back: {}", name(), e.getMessage());
            }
        }

        private synchronized void extendWhenDue() {
            if (pace.timer == null) {
                return;
            }
            try {
                extension = pace.timer.schedule(this::extendOnTime, pace.leaseTime.toNanos() / 3, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                LOG.warn("the lease of {} is not extended: the timer was shut down", name());
            }
        }

        private synchronized void extendOnTime() {
            if (isOver || loss != null) {
                return;
            }
            try {
                extend();
            } catch (StaleRecordException e) {
                LOG.info("the work on {} lost its claim: {}", name(), e.getMessage());
                return;
            } catch (IOException | RuntimeException e) {
                LOG.warn("the lease of {} was not extended, once more later: {}", name(), e.toString());
            }
            extendWhenDue();
        }
    }
}
