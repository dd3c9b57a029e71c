package dev.certkit.store;

import dev.certkit.x509.Fingerprint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A storage that forgets everything when it is closed; for tests and for what need not outlive the process.
 *
 * <p>Thread safe. Searches by time and fingerprint walk the shelf, so keep thousands of records here, not millions.
 */
public final class InMemoryStorage implements Storage {
    private static final Comparator<StoredRecord> BY_TIME = Comparator.comparing(
                    (StoredRecord record) -> record.content().nextAt().orElse(Instant.MAX))
            .thenComparing(StoredRecord::name);

    private final Clock clock;
    private final TreeMap<RecordName, StoredRecord> records = new TreeMap<>();
    private final RecentChanges changes = new RecentChanges();
    private long lastRevision;
    private boolean closed;

    private InMemoryStorage(Clock clock) {
        this.clock = clock;
    }

    /**
     * An empty storage on the system's clock.
     *
     * @return the storage
     */
    public static InMemoryStorage empty() {
        return empty(Clock.systemUTC());
    }

    /**
     * An empty storage on a clock of the caller's.
     *
     * @param clock says when leases begin and end; not null
     * @return the storage
     */
    public static InMemoryStorage empty(Clock clock) {
        return new InMemoryStorage(Objects.requireNonNull(clock, "clock"));
    }

    @Override
    public synchronized Optional<StoredRecord> find(RecordName name) {
        requireOpen();
        return Optional.ofNullable(records.get(Objects.requireNonNull(name, "name")));
    }

    @Override
    public synchronized Optional<StoredRecord> findByFingerprint(Shelf shelf, Fingerprint fingerprint) {
        requireOpen();
        Optional<Fingerprint> wanted = Optional.of(fingerprint);
        return on(shelf).filter(r -> r.content().fingerprint().equals(wanted)).findFirst();
    }

    @Override
    public synchronized List<RecordHeader> list(Shelf shelf, Optional<String> after, int limit) {
        requireOpen();
        SortedMap<RecordName, StoredRecord> rest =
                after.isPresent() ? records.tailMap(shelf.name(after.get()), false) : records.tailMap(first(shelf));
        List<RecordHeader> page = new ArrayList<>();
        int most = RecordHeader.checkLimit(limit);
        for (StoredRecord record : rest.values()) {
            if (page.size() == most || !record.name().shelf().equals(shelf)) {
                break;
            }
            page.add(record.header());
        }
        return page;
    }

    private static RecordName first(Shelf shelf) {
        return shelf.name("\u0000");
    }

    @Override
    public synchronized List<RecordHeader> dueBefore(Shelf shelf, Instant end, int limit) {
        requireOpen();
        Objects.requireNonNull(end, "end");
        return page(due(shelf, at -> at.isBefore(end)), limit);
    }

    @Override
    public synchronized StoredRecord create(RecordName name, RecordContent content) throws StaleRecordException {
        requireOpen();
        StoredRecord present = records.get(Objects.requireNonNull(name, "name"));
        if (present != null) {
            throw StaleRecordException.exists(present.header());
        }
        return put(name, content, 0);
    }

    @Override
    public synchronized StoredRecord replace(StoredRecord expected, RecordContent content) throws StaleRecordException {
        StoredRecord present = unchanged(expected);
        return put(present.name(), content, present.leaseEpoch());
    }

    @Override
    public synchronized void delete(StoredRecord expected) throws StaleRecordException {
        unchanged(expected);
        changes.add(++lastRevision, expected.name());
        records.remove(expected.name());
    }

    @Override
    public synchronized List<Lease> claimDue(Shelf shelf, String owner, int max, Duration timeToLive) {
        requireOpen();
        Lease.checkOwner(owner);
        Instant end = end(timeToLive);
        Instant now = clock.instant();
        List<StoredRecord> due = due(shelf, at -> !at.isAfter(now))
                .limit(RecordHeader.checkLimit(max))
                .toList();
        List<Lease> leases = new ArrayList<>();
        for (StoredRecord record : due) {
            RecordContent claimed = record.content().lookAgainAt(end);
            leases.add(new Lease(put(record.name(), claimed, lastRevision + 1), owner));
        }
        return leases;
    }

    @Override
    public synchronized Lease extend(Lease lease, Duration timeToLive) throws StaleRecordException {
        Instant end = end(timeToLive);
        return new Lease(replace(lease.record(), lease.record().content().lookAgainAt(end)), lease.owner());
    }

    @Override
    public synchronized long changeToken() {
        requireOpen();
        return lastRevision;
    }

    @Override
    public synchronized Optional<Set<RecordName>> changedSince(Shelf shelf, long token) {
        requireOpen();
        return changes.between(shelf, token, lastRevision);
    }

    @Override
    public synchronized void close() {
        closed = true;
        records.clear();
    }

    private Stream<StoredRecord> on(Shelf shelf) {
        Objects.requireNonNull(shelf, "shelf");
        return records.values().stream().filter(record -> record.name().shelf().equals(shelf));
    }

    private Stream<StoredRecord> due(Shelf shelf, Predicate<Instant> when) {
        return on(shelf)
                .filter(record -> record.content().nextAt().filter(when).isPresent())
                .sorted(BY_TIME);
    }

    private static List<RecordHeader> page(Stream<StoredRecord> records, int limit) {
        return records.limit(RecordHeader.checkLimit(limit))
                .map(StoredRecord::header)
                .toList();
    }

    private StoredRecord unchanged(StoredRecord expected) throws StaleRecordException {
        requireOpen();
        Optional<StoredRecord> present = Optional.ofNullable(records.get(expected.name()));
        StaleRecordException.check(expected, present.map(StoredRecord::header));
        return present.orElseThrow();
    }

    private StoredRecord put(RecordName name, RecordContent content, long leaseEpoch) {
        StoredRecord next = new StoredRecord(name, lastRevision + 1, content, leaseEpoch);
        changes.add(++lastRevision, name);
        records.put(name, next);
        return next;
    }

    private Instant end(Duration timeToLive) {
        Lease.checkTimeToLive(timeToLive);
        return clock.instant().plus(timeToLive);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this storage is closed");
        }
    }
}
