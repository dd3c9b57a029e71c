package dev.certkit.store.jdbc;

import dev.certkit.store.Lease;
import dev.certkit.store.RecentChanges;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import dev.certkit.store.jdbc.Connections.Subject;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * A storage in a data base that several processes, and with PostgreSQL several machines, share.
 *
 * <p>The caller brings the driver and a pool. Supported are PostgreSQL 12 or later, SQLite 3.24 or later
 * as an embedded file for the processes of one machine, and H2 2 for tests only, because it does not sync when it commits.
 * The tables are {@code certkit_record} and {@code certkit_schema}; they are made when the storage is opened, or by an
 * administrator who runs {@code dev/certkit/store/jdbc/postgresql.sql} out of this module's jar. Where they stand is up to
 * the data source, in PostgreSQL for example by {@code currentSchema} in its URL.
 *
 * <p>Each call takes one connection, commits, and gives the connection back with its autocommit mode as it was; the data
 * source must not hand out the connection of a transaction that is under way. Nothing is kept between calls, so after a
 * lost connection the next call works as soon as the pool gives a new one. How long a call waits for a network that says
 * nothing is up to the driver: set its socket timeout.
 *
 * <p>Leases begin and end by the data base's clock. That of PostgreSQL is its server's; that of SQLite and H2, which run
 * in the process, is the host's. Revisions and the fence use no clock.
 *
 * <p>SQLite is switched to a write-ahead log, synced at every commit; it must be a file on a local disk. Writers of all
 * processes wait for each other, up to 30 seconds.
 *
 * <p>Payloads are written as they are given: keys are sealed by whoever gives them.
 *
 * <p>Thread safe.
 */
public final class JdbcStorage implements Storage {
    private static final String FIND = "select " + Row.RECORD + " from certkit_record where shelf = ? and name = ?";
    private static final String PRESENT = "select " + Row.HEADER + " from certkit_record where shelf = ? and name = ?";

    private static final String BY_FINGERPRINT = "select " + Row.RECORD + " from certkit_record"
            + " where shelf = ? and fingerprint = ? order by name limit 1";

    private static final String LIST =
            "select " + Row.HEADER + " from certkit_record" + " where shelf = ? and name > ? order by name limit ?";

    private static final String DUE = "select " + Row.HEADER + " from certkit_record"
            + " where shelf = ? and next_at < ? order by next_at, name limit ?";

    private static final byte[] BEFORE_ALL_NAMES = {};
    private static final Instant AFTER_ALL_TIMES = Instant.parse("+10000-01-01T00:00:00Z");
    private static final Instant BEFORE_ALL_TIMES = Instant.parse("0000-01-01T00:00:00Z");

    private final Dialect dialect;
    private final Connections connections;
    private final RecentChanges own = new RecentChanges();
    private volatile boolean isClosed;

    private JdbcStorage(Dialect dialect, Connections connections) {
        this.dialect = dialect;
        this.connections = connections;
    }

    /**
     * Opens the storage that a data source leads to, and makes its tables if they are absent.
     *
     * <p>Several processes may do so at once, also the first time.
     *
     * @param dataSource stays the caller's to close, after the storage; not null
     * @return the storage
     * @throws IllegalArgumentException if it leads to a data base that is not supported
     * @throws IOException if the data base fails, the tables are a newer program's, or they are absent and cannot be made
     */
    public static JdbcStorage on(DataSource dataSource) throws IOException {
        return on(dataSource, UnaryOperator.identity());
    }

    /** The same on another clock: {@code clock} gets the data base's expression for now and gives the one to use. */
    static JdbcStorage on(DataSource dataSource, UnaryOperator<String> clock) throws IOException {
        Objects.requireNonNull(dataSource, "dataSource");
        Dialect dialect = dialect(dataSource, clock);
        Connections connections = new Connections(dataSource, dialect);
        new Schema(dialect, connections).open();
        return new JdbcStorage(dialect, connections);
    }

    private static Dialect dialect(DataSource dataSource, UnaryOperator<String> clock) throws IOException {
        try (Connection connection = Connections.take(dataSource)) {
            return Dialect.of(connection, clock);
        } catch (SQLException e) {
            throw new DatabaseFailedException(
                    "cannot connect to the data base: " + e.getMessage() + "; check the data source",
                    Optional.empty(),
                    e,
                    false);
        }
    }

    @Override
    public Optional<StoredRecord> find(RecordName name) throws IOException {
        Objects.requireNonNull(name, "name");
        return call(
                Subject.of("read", name),
                session -> session.row(
                        FIND, row -> Row.record(name.shelf(), row), name.shelf().name(), NameKey.of(name.text())));
    }

    @Override
    public Optional<StoredRecord> findByFingerprint(Shelf shelf, Fingerprint fingerprint) throws IOException {
        Objects.requireNonNull(shelf, "shelf");
        Objects.requireNonNull(fingerprint, "fingerprint");
        return call(
                Subject.of("search shelf", shelf),
                session ->
                        session.row(BY_FINGERPRINT, row -> Row.record(shelf, row), shelf.name(), fingerprint.bytes()));
    }

    @Override
    public List<RecordHeader> list(Shelf shelf, Optional<String> after, int limit) throws IOException {
        byte[] last = after.map(text -> NameKey.of(shelf.name(text).text())).orElse(BEFORE_ALL_NAMES);
        return headers(LIST, shelf, last, limit);
    }

    @Override
    public List<RecordHeader> dueBefore(Shelf shelf, Instant end, int limit) throws IOException {
        return headers(DUE, shelf, ceiling(end), limit);
    }

    private List<RecordHeader> headers(String sql, Shelf shelf, Object bound, int limit) throws IOException {
        Objects.requireNonNull(shelf, "shelf");
        RecordHeader.checkLimit(limit);
        return call(
                Subject.of("list shelf", shelf),
                session -> session.rows(sql, row -> Row.header(shelf, row), shelf.name(), bound, limit));
    }

    /** The first whole millisecond that is not before the time. */
    private static long ceiling(Instant end) {
        if (end.isAfter(AFTER_ALL_TIMES)) {
            return AFTER_ALL_TIMES.toEpochMilli();
        }
        if (end.isBefore(BEFORE_ALL_TIMES)) {
            return BEFORE_ALL_TIMES.toEpochMilli();
        }
        return end.plusNanos(999_999).toEpochMilli();
    }

    @Override
    public StoredRecord create(RecordName name, RecordContent content) throws IOException {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(content, "content");
        while (true) {
            OptionalLong revision = call(Subject.of("create", name), session -> dialect.insert(session, name, content));
            if (revision.isPresent()) {
                own.add(revision.getAsLong(), name);
                return new StoredRecord(name, revision.getAsLong(), content, 0);
            }
            Optional<RecordHeader> present = present(name);
            if (present.isPresent()) {
                throw StaleRecordException.exists(present.get());
            }
            // deleted since
        }
    }

    @Override
    public StoredRecord replace(StoredRecord expected, RecordContent content) throws IOException {
        Objects.requireNonNull(content, "content");
        RecordName name = expected.name();
        OptionalLong revision =
                call(Subject.of("replace", name), session -> dialect.update(session, expected, content));
        if (revision.isEmpty()) {
            throw stale(expected);
        }
        own.add(revision.getAsLong(), name);
        return new StoredRecord(name, revision.getAsLong(), content, expected.leaseEpoch());
    }

    @Override
    public void delete(StoredRecord expected) throws IOException {
        Subject subject = Subject.of("delete", expected.name());
        OptionalLong revision = call(subject, session -> dialect.delete(session, expected));
        if (revision.isEmpty()) {
            throw stale(expected);
        }
        own.add(revision.getAsLong(), expected.name());
    }

    @Override
    public List<Lease> claimDue(Shelf shelf, String owner, int max, Duration timeToLive) throws IOException {
        Objects.requireNonNull(shelf, "shelf");
        Lease.checkOwner(owner);
        Lease.checkTimeToLive(timeToLive);
        Dialect.Claim claim = new Dialect.Claim(shelf, owner, RecordHeader.checkLimit(max), timeToLive);
        return call(Subject.of("claim from shelf", shelf), session -> dialect.claim(session, claim));
    }

    @Override
    public Lease extend(Lease lease, Duration timeToLive) throws IOException {
        RecordName name = lease.record().name();
        Lease.checkTimeToLive(timeToLive);
        Optional<Lease> extended =
                call(Subject.of("extend the lease of", name), session -> dialect.extend(session, lease, timeToLive));
        if (extended.isEmpty()) {
            throw stale(lease.record());
        }
        return extended.get();
    }

    private StaleRecordException stale(StoredRecord expected) throws IOException {
        return present(expected.name())
                .map(present -> StaleRecordException.changed(expected, present))
                .orElseGet(() -> StaleRecordException.gone(expected));
    }

    private Optional<RecordHeader> present(RecordName name) throws IOException {
        return call(
                Subject.of("read", name),
                session -> session.row(
                        PRESENT,
                        row -> Row.header(name.shelf(), row),
                        name.shelf().name(),
                        NameKey.of(name.text())));
    }

    /**
     * A number that differs after any committed change from what it was before; cheap to ask.
     *
     * <p>In PostgreSQL it also differs at each call while somebody writes.
     */
    @Override
    public long changeToken() throws IOException {
        return call(Subject.of("watch", "the storage"), dialect::changeToken);
    }

    /** Known if this storage alone has written since: each change draws the next number, also that of another program. */
    @Override
    public Optional<Set<RecordName>> changedSince(Shelf shelf, long token) throws IOException {
        return own.between(shelf, token, changeToken());
    }

    /** Ends the use of this storage; calls under way end as usual, and the data source stays open. */
    @Override
    public void close() {
        isClosed = true;
    }

    /** The kind of data base. */
    @Override
    public String toString() {
        return "JdbcStorage[" + dialect.product() + "]";
    }

    private <T> T call(Subject subject, Connections.Work<T> work) throws IOException {
        if (isClosed) {
            throw new IllegalStateException("this storage is closed");
        }
        return connections.call(subject, work);
    }
}
