package dev.certkit.store.jdbc;

import dev.certkit.store.Lease;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.StoredRecord;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Data bases with one writer at a time: a write is a transaction, and a counter in a row gives the revisions.
 *
 * <p>The counter is a part of the transaction, so it tells of every committed change and of no other: it is the change
 * token, too.
 */
abstract class CounterDialect extends Dialect {
    private static final long REFUSED = 0;

    private static final String ONE = " where shelf = ? and name = ?";
    private static final String FIND_ANY = "select 1 from certkit_record" + ONE;
    private static final String FIND_UNCHANGED = FIND_ANY + " and revision = ?";
    private static final String READ = "select " + Row.RECORD + " from certkit_record" + ONE;
    private static final String DRAW = "update certkit_counter set last_revision = last_revision + 1";
    private static final String LAST_DRAWN = "select last_revision from certkit_counter";

    private static final String INSERT = "insert into certkit_record"
            + " (shelf, name, label, revision, lease_epoch, next_at, fingerprint, payload)"
            + " values (?, ?, ?, ?, 0, ?, ?, ?)";

    private static final String UPDATE = "update certkit_record"
            + " set revision = ?, lease_owner = null, next_at = ?, fingerprint = ?, payload = ?" + ONE;

    private static final String DELETE = "delete from certkit_record" + ONE;

    private static final String DUE =
            "select name from certkit_record where shelf = ? and next_at <= ? order by next_at, name limit ?";

    private static final String CLAIM =
            "update certkit_record set revision = ?, lease_epoch = ?, lease_owner = ?, next_at = ?" + ONE;

    private static final String EXTEND = "update certkit_record set revision = ?, next_at = ?" + ONE;

    /** Threads wait for each other here, in order; how a data base lets them wait is slower, and unfair. */
    private final ReentrantLock writing = new ReentrantLock(true);

    CounterDialect(UnaryOperator<String> clock) {
        super(clock);
    }

    /** Runs steps as one commit. */
    abstract void transaction(Session session, Step step) throws SQLException;

    /** The first step of a write, after which no other process writes until the commit. */
    void lock(Session session) throws SQLException {}

    @Override
    final void alone(Session session, Step step) throws SQLException {
        writing.lock();
        try {
            transaction(session, step);
        } finally {
            writing.unlock();
        }
    }

    private interface Write {
        /** Gives the revision drawn, or {@link #REFUSED} if nothing was written. */
        long run() throws SQLException;
    }

    private OptionalLong write(Session session, Write write) throws SQLException {
        long[] revision = {REFUSED};
        alone(session, () -> {
            lock(session);
            revision[0] = write.run();
        });
        return revision[0] == REFUSED ? OptionalLong.empty() : OptionalLong.of(revision[0]);
    }

    private static long draw(Session session) throws SQLException {
        session.count(DRAW);
        return session.number(LAST_DRAWN).orElseThrow();
    }

    private long clock(Session session) throws SQLException {
        return session.number("select " + now()).orElseThrow();
    }

    private static boolean isStale(Session session, StoredRecord expected) throws SQLException {
        return session.number(FIND_UNCHANGED, shelf(expected), key(expected), expected.revision())
                .isEmpty();
    }

    private static String shelf(StoredRecord record) {
        return record.name().shelf().name();
    }

    private static byte[] key(StoredRecord record) {
        return NameKey.of(record.name().text());
    }

    @Override
    final OptionalLong insert(Session session, RecordName name, RecordContent content) throws SQLException {
        byte[] key = NameKey.of(name.text());
        String shelf = name.shelf().name();
        return write(session, () -> {
            if (session.number(FIND_ANY, shelf, key).isPresent()) {
                return REFUSED;
            }
            long revision = draw(session);
            session.count(
                    INSERT,
                    shelf,
                    key,
                    NameKey.label(name),
                    revision,
                    Row.nextAt(content),
                    Row.fingerprint(content),
                    content.payload());
            return revision;
        });
    }

    @Override
    final OptionalLong update(Session session, StoredRecord expected, RecordContent content) throws SQLException {
        return write(session, () -> {
            if (isStale(session, expected)) {
                return REFUSED;
            }
            long revision = draw(session);
            session.count(
                    UPDATE,
                    revision,
                    Row.nextAt(content),
                    Row.fingerprint(content),
                    content.payload(),
                    shelf(expected),
                    key(expected));
            return revision;
        });
    }

    @Override
    final OptionalLong delete(Session session, StoredRecord expected) throws SQLException {
        return write(session, () -> {
            if (isStale(session, expected)) {
                return REFUSED;
            }
            session.count(DELETE, shelf(expected), key(expected));
            return draw(session);
        });
    }

    @Override
    final List<Lease> claim(Session session, Claim claim) throws SQLException {
        List<Lease> leases = new ArrayList<>();
        write(session, () -> {
            String shelf = claim.shelf().name();
            long now = clock(session);
            List<byte[]> due = session.rows(DUE, row -> row.getBytes("name"), shelf, now, claim.max());
            if (due.isEmpty()) {
                return REFUSED;
            }
            long revision = draw(session);
            long until = now + claim.timeToLive().toMillis();
            for (byte[] key : due) {
                session.count(CLAIM, revision, revision, claim.owner(), until, shelf, key);
                session.row(READ, row -> Row.lease(claim, row), shelf, key)
                        .flatMap(lease -> lease)
                        .ifPresent(leases::add);
            }
            return revision;
        });
        return leases;
    }

    @Override
    final Optional<Lease> extend(Session session, Lease lease, Duration timeToLive) throws SQLException {
        StoredRecord claimed = lease.record();
        long[] until = {0};
        OptionalLong written = write(session, () -> {
            if (isStale(session, claimed)) {
                return REFUSED;
            }
            until[0] = clock(session) + timeToLive.toMillis();
            long revision = draw(session);
            session.count(EXTEND, revision, until[0], shelf(claimed), key(claimed));
            return revision;
        });
        return written.isEmpty() ? Optional.empty() : Optional.of(extended(lease, written.getAsLong(), until[0]));
    }

    @Override
    final long changeToken(Session session) throws SQLException {
        return session.number(LAST_DRAWN).orElseThrow();
    }
}
