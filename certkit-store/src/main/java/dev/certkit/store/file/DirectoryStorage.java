package dev.certkit.store.file;

import dev.certkit.internal.disk.DirectoryLock;
import dev.certkit.internal.disk.Durable;
import dev.certkit.store.Lease;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A storage in one local directory: a file for each record and generation, for one process at a time.
 *
 * <p>A file starts with lines that a person can read; its first line is the SHA-256 of the rest, its name is made of a
 * hash of the record's name. Files are readable by their owner only, from the moment they exist; no symbolic link is
 * followed. What is written is on the disk when the call returns: one sync of the file and one of the directory.
 *
 * <p>The generation before the last is kept. A file that is torn, changed or missing is found by its checksum, when the
 * directory is opened or when it is read; then the generation before is used in its place, a warning is logged and
 * {@link #damaged()} tells it. Without one, finding that record throws {@link DamagedRecordException}, and every other
 * record is served. A file that the operating system does not let us read is not taken for damaged: its record cannot be
 * found until it can be read again.
 *
 * <p>A full, failing, read-only or vanished disk makes calls throw {@link IOException}; what was written before stays as
 * it is, and the next call tries again. A write that failed is undone at once; should that fail too, and the process die
 * before it can be made up for, the write may be found done after reopening, whole.
 *
 * <p>Headers are held in memory, about 150 bytes for each record, and payloads are not. Writers
 * wait for each other; a reader waits for them only if the file that it was about to open was replaced twice meanwhile.
 *
 * <p>While the storage is open, leave its files alone, and let no code of this process open {@code store.lock}: closing it
 * again would end the lock. Back the directory up while the storage is closed. Payloads are written as they are given:
 * keys are sealed by whoever gives them.
 *
 * <p>Thread safe.
 */
public final class DirectoryStorage implements Storage {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryStorage.class);

    private final Path directory;
    private final Clock clock;
    private final DirectoryLock lock;
    private final Records records;
    private final Revisions revisions;
    private final Changes changes;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile boolean closed;

    private DirectoryStorage(Opened opened, Clock clock) {
        this.directory = opened.directory();
        this.clock = clock;
        this.lock = opened.lock();
        this.records = opened.records();
        this.revisions = opened.revisions();
        this.changes = new Changes(revisions.last());
    }

    /**
     * Opens a directory on the system's clock, and creates it if it is absent.
     *
     * @param directory open to nobody else's writing, and owned by this process's user; not null
     * @return the storage, to be closed
     * @throws DirectoryInUseException if it is open already, in this or another process
     * @throws IOException if the directory is refused, or cannot be made or read
     */
    public static DirectoryStorage at(Path directory) throws IOException {
        return draft(directory).open();
    }

    /**
     * Prepares to open a directory otherwise than {@link #at} does.
     *
     * @param directory as there; not null
     * @return a draft; nothing is touched yet
     */
    public static Draft draft(Path directory) {
        return new Draft(Objects.requireNonNull(directory, "directory"), Clock.systemUTC());
    }

    /** How a directory is to be opened; immutable, each method gives a new draft. */
    public static final class Draft {
        private final Path directory;
        private final Clock clock;

        private Draft(Path directory, Clock clock) {
            this.directory = directory;
            this.clock = clock;
        }

        /**
         * Sets the clock that leases begin and end by; the system's otherwise.
         *
         * @param clock not null
         * @return the new draft
         */
        public Draft clock(Clock clock) {
            return new Draft(directory, Objects.requireNonNull(clock, "clock"));
        }

        /**
         * Opens the directory, and creates it if it is absent.
         *
         * @return the storage, to be closed
         * @throws DirectoryInUseException if it is open already, in this or another process
         * @throws IOException if the directory is refused, or cannot be made or read
         */
        public DirectoryStorage open() throws IOException {
            return new DirectoryStorage(Durable.uninterrupted(() -> Opened.at(directory)), clock);
        }
    }

    @Override
    public Optional<StoredRecord> find(RecordName name) throws IOException {
        Objects.requireNonNull(name, "name");
        requireOpen();
        try {
            return records.read(name);
        } catch (Damage e) {
            // if only a writer was faster, the second look succeeds
            return alone(() -> readOrRecover(name));
        } catch (IOException e) {
            throw failed("read " + name, e);
        }
    }

    @Override
    public Optional<StoredRecord> findByFingerprint(Shelf shelf, Fingerprint fingerprint) throws IOException {
        requireOpen();
        Optional<RecordHeader> header = records.index().withFingerprint(shelf, fingerprint);
        while (header.isPresent()) {
            Optional<StoredRecord> record = find(header.get().name());
            if (record.isPresent() && record.get().content().fingerprint().equals(Optional.of(fingerprint))) {
                return record;
            }
            // written or deleted between the two looks
            header = records.index().withFingerprint(shelf, fingerprint);
        }
        return Optional.empty();
    }

    @Override
    public List<RecordHeader> list(Shelf shelf, Optional<String> after, int limit) {
        requireOpen();
        return records.index()
                .list(Objects.requireNonNull(shelf, "shelf"), after.map(shelf::name), RecordHeader.checkLimit(limit));
    }

    @Override
    public List<RecordHeader> dueBefore(Shelf shelf, Instant end, int limit) {
        requireOpen();
        Objects.requireNonNull(end, "end");
        return records.index().dueBefore(Objects.requireNonNull(shelf, "shelf"), end, RecordHeader.checkLimit(limit));
    }

    @Override
    public StoredRecord create(RecordName name, RecordContent content) throws IOException {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(content, "content");
        return alone(() -> {
            Optional<RecordHeader> present = present(name);
            if (present.isPresent()) {
                throw StaleRecordException.exists(present.get());
            }
            return write(name, content, 0);
        });
    }

    @Override
    public StoredRecord replace(StoredRecord expected, RecordContent content) throws IOException {
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(content, "content");
        return alone(() -> {
            requireUnchanged(expected);
            return write(expected.name(), content, expected.leaseEpoch());
        });
    }

    @Override
    public void delete(StoredRecord expected) throws IOException {
        Objects.requireNonNull(expected, "expected");
        alone(() -> {
            requireUnchanged(expected);
            return onDisk("delete " + expected.name(), () -> {
                records.delete(expected.name(), revisions.next());
                return changes.of(expected.name());
            });
        });
    }

    @Override
    public List<Lease> claimDue(Shelf shelf, String owner, int max, Duration timeToLive) throws IOException {
        Objects.requireNonNull(shelf, "shelf");
        Lease.checkOwner(owner);
        Lease.checkTimeToLive(timeToLive);
        RecordHeader.checkLimit(max);
        return alone(() -> {
            lock.check();
            Instant now = clock.instant();
            List<Lease> leases = new ArrayList<>();
            Optional<RecordHeader> due = records.index().nextDue(shelf, Optional.empty(), now);
            while (due.isPresent() && leases.size() < max) {
                Optional<StoredRecord> record = readDue(due.get().name(), now);
                try {
                    if (record.isPresent()) {
                        leases.add(claim(record.get(), owner, now.plus(timeToLive)));
                    }
                } catch (IOException e) {
                    return orThrow(leases, e);
                }
                due = records.index().nextDue(shelf, due, now);
            }
            return leases;
        });
    }

    /** What cannot be read is left out: it must not keep those behind it from being claimed. */
    private Optional<StoredRecord> readDue(RecordName name, Instant now) {
        try {
            return readOrRecover(name).filter(record -> record.content()
                    .nextAt()
                    .filter(at -> !at.isAfter(now))
                    .isPresent());
        } catch (IOException e) {
            LOG.warn("{} is due, but was not claimed: {}", name, e.getMessage());
            return Optional.empty();
        }
    }

    private Lease claim(StoredRecord due, String owner, Instant end) throws IOException {
        return onDisk("claim " + due.name(), () -> {
            long revision = revisions.next();
            RecordContent content = due.content().lookAgainAt(end);
            return new Lease(
                    commit(new StoredRecord(due.name(), revision, content, revision), Optional.of(owner)), owner);
        });
    }

    private static List<Lease> orThrow(List<Lease> leases, IOException e) throws IOException {
        if (leases.isEmpty()) {
            throw e;
        }
        LOG.warn("after {} claims: {}", leases.size(), e.getMessage());
        return leases;
    }

    @Override
    public Lease extend(Lease lease, Duration timeToLive) throws IOException {
        StoredRecord claimed = lease.record();
        Lease.checkTimeToLive(timeToLive);
        return alone(() -> {
            requireUnchanged(claimed);
            return onDisk("extend the lease of " + claimed.name(), () -> {
                RecordContent content =
                        claimed.content().lookAgainAt(clock.instant().plus(timeToLive));
                StoredRecord next = new StoredRecord(claimed.name(), revisions.next(), content, lease.epoch());
                return new Lease(commit(next, Optional.of(lease.owner())), lease.owner());
            });
        });
    }

    @Override
    public long changeToken() {
        requireOpen();
        return changes.last();
    }

    @Override
    public Optional<Set<RecordName>> changedSince(Shelf shelf, long token) {
        requireOpen();
        return changes.since(shelf, token);
    }

    /** The broken files found since the directory was opened, each once, in the order in which they were found. */
    public List<DamagedFile> damaged() {
        return records.damaged();
    }

    @Override
    public void close() throws IOException {
        writing.lock();
        try {
            if (!closed) {
                closed = true;
                lock.close();
            }
        } finally {
            writing.unlock();
        }
    }

    /** The directory. */
    @Override
    public String toString() {
        return "DirectoryStorage[" + directory + "]";
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    /** Runs a step while nobody else writes. */
    private <T> T alone(Step<T> step) throws IOException {
        writing.lock();
        try {
            requireOpen();
            return step.run();
        } finally {
            writing.unlock();
        }
    }

    /** Runs a step that changes files, and says in words what became of it if it fails. */
    private <T> T onDisk(String what, Step<T> step) throws IOException {
        try {
            lock.check();
            return step.run();
        } catch (IOException e) {
            throw failed(what, e);
        }
    }

    private IOException failed(String what, IOException e) {
        return new IOException(
                "cannot " + what + " in " + directory + ": " + Durable.reason(e)
                        + "; what was there is as it was, call again when the cause is gone",
                e);
    }

    /** The one reading that may change the index; only for {@link #alone}. */
    private Optional<StoredRecord> readOrRecover(RecordName name) throws IOException {
        try {
            return records.read(name);
        } catch (Damage e) {
            // if the whole directory is gone, its files are not damaged
            lock.check();
            Optional<StoredRecord> recovered = records.recover(name);
            changes.of(name);
            return recovered;
        } catch (IOException e) {
            throw failed("read " + name, e);
        }
    }

    private Optional<RecordHeader> present(RecordName name) throws IOException {
        Optional<RecordHeader> whole = records.whole(name);
        return whole.isEmpty() && records.isKnown(name) ? readOrRecover(name).map(StoredRecord::header) : whole;
    }

    private void requireUnchanged(StoredRecord expected) throws IOException {
        StaleRecordException.check(expected, present(expected.name()));
    }

    private StoredRecord write(RecordName name, RecordContent content, long leaseEpoch) throws IOException {
        return onDisk(
                "write " + name,
                () -> commit(new StoredRecord(name, revisions.next(), content, leaseEpoch), Optional.empty()));
    }

    private StoredRecord commit(StoredRecord next, Optional<String> claimedBy) throws IOException {
        records.write(next, claimedBy);
        changes.of(next.name());
        return next;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this storage is closed");
        }
    }
}
