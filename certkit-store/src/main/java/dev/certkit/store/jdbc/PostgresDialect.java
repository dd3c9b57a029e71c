package dev.certkit.store.jdbc;

import dev.certkit.store.Lease;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.StoredRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL: every write is one statement that commits itself, so that a row is locked for no longer than a round trip.
 *
 * <p>Revisions come from a sequence. A write draws while it holds the table's lock for writers, and gives that lock back
 * after it is visible; {@link #changeToken} builds on this.
 */
final class PostgresDialect extends Dialect {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresDialect.class);

    private static final long SCHEMA_LOCK = lockKey("schema");

    private static final String ONE = " where shelf = ? and name = ? and revision = ?";

    /**
     * Creating and deleting one name wait for each other: otherwise a creation could draw, be overtaken by a write and a
     * deletion, and then put a revision in place that is lower than the deleted one.
     */
    private static final String TURN = "with turn as materialized (select pg_advisory_xact_lock(?)) ";

    private static final String INSERT = TURN
            + "insert into certkit_record (shelf, name, label, revision, lease_epoch, next_at, fingerprint, payload)"
            + " select ?, ?, ?, nextval('certkit_revision'), 0, ?, ?, ? from turn"
            + " on conflict do nothing returning revision";

    private static final String UPDATE = "update certkit_record set revision = nextval('certkit_revision'),"
            + " lease_owner = null, next_at = ?, fingerprint = ?, payload = ?" + ONE + " returning revision";

    private static final String DELETE =
            TURN + "delete from certkit_record using turn" + ONE + " returning nextval('certkit_revision')";

    private static final String CLAIM = "with due as materialized (select shelf, name, next_at from certkit_record"
            + " where shelf = ? and next_at <= {now} order by next_at, name limit ? for update skip locked),"
            + " drawn as materialized (select shelf, name, next_at, nextval('certkit_revision') as revision from due)"
            + " update certkit_record r set revision = drawn.revision, lease_epoch = drawn.revision,"
            + " lease_owner = ?, next_at = {now} + ? from drawn where r.shelf = drawn.shelf and r.name = drawn.name"
            + " returning r.name, r.revision, r.next_at, r.fingerprint, r.lease_epoch, r.payload,"
            + " drawn.next_at as due_at";

    private static final String EXTEND = "update certkit_record set revision = nextval('certkit_revision'),"
            + " next_at = {now} + ?" + ONE + " returning revision, next_at";

    private static final String LAST_DRAWN =
            "select case when is_called then last_value else 0 end from certkit_revision";

    private static final String WRITERS = "select 1 from pg_locks where locktype = 'relation'"
            + " and database = (select oid from pg_database where datname = current_database())"
            + " and relation = 'certkit_record'::regclass and mode = 'RowExclusiveLock' limit 1";

    private final AtomicLong settled = new AtomicLong(-1);
    private final AtomicLong unsettled = new AtomicLong(-1);

    PostgresDialect(UnaryOperator<String> clock) {
        super(clock);
    }

    @Override
    String product() {
        return "PostgreSQL";
    }

    @Override
    String script() {
        return "postgresql";
    }

    @Override
    String findTable() {
        return "select 1 where to_regclass(?) is not null";
    }

    @Override
    String ownNow() {
        return "floor(extract(epoch from statement_timestamp()) * 1000)::bigint";
    }

    @Override
    void check(Session session) throws SQLException {
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            String value = session.row("select current_setting(?)", row -> row.getString(1), setting)
                    .orElse("");
            if (value.equals("off")) {
                LOG.warn("{} is off in PostgreSQL: what it acknowledges can be lost; turn it on", setting);
            }
        }
    }

    @Override
    void alone(Session session, Step step) throws SQLException {
        Transaction.run(session, () -> {
            session.row("select pg_advisory_xact_lock(?)", row -> true, SCHEMA_LOCK);
            step.run();
        });
    }

    @Override
    OptionalLong insert(Session session, RecordName name, RecordContent content) throws SQLException {
        session.committing();
        return session.number(
                INSERT,
                lockKey(name.toString()),
                name.shelf().name(),
                NameKey.of(name.text()),
                NameKey.label(name),
                Row.nextAt(content),
                Row.fingerprint(content),
                content.payload());
    }

    @Override
    OptionalLong update(Session session, StoredRecord expected, RecordContent content) throws SQLException {
        session.committing();
        return session.number(
                UPDATE,
                Row.nextAt(content),
                Row.fingerprint(content),
                content.payload(),
                expected.name().shelf().name(),
                NameKey.of(expected.name().text()),
                expected.revision());
    }

    @Override
    OptionalLong delete(Session session, StoredRecord expected) throws SQLException {
        RecordName name = expected.name();
        session.committing();
        return session.number(
                DELETE, lockKey(name.toString()), name.shelf().name(), NameKey.of(name.text()), expected.revision());
    }

    /** A lease and since when its record was due, because an update gives its rows back in no order. */
    private record Claimed(long dueAt, Optional<Lease> lease) {}

    @Override
    List<Lease> claim(Session session, Claim claim) throws SQLException {
        session.committing();
        List<Claimed> claimed = session.rows(
                CLAIM.replace("{now}", now()),
                row -> new Claimed(row.getLong("due_at"), Row.lease(claim, row)),
                claim.shelf().name(),
                claim.max(),
                claim.owner(),
                claim.timeToLive().toMillis());
        return claimed.stream()
                .filter(one -> one.lease().isPresent())
                .sorted(Comparator.comparingLong(Claimed::dueAt)
                        .thenComparing(one -> one.lease().orElseThrow().record().name()))
                .map(one -> one.lease().orElseThrow())
                .toList();
    }

    @Override
    Optional<Lease> extend(Session session, Lease lease, Duration timeToLive) throws SQLException {
        RecordName name = lease.record().name();
        session.committing();
        return session.row(
                EXTEND.replace("{now}", now()),
                row -> extended(lease, row.getLong("revision"), row.getLong("next_at")),
                timeToLive.toMillis(),
                name.shelf().name(),
                NameKey.of(name.text()),
                lease.record().revision());
    }

    /**
     * The last number drawn, once nobody holds what was drawn before it; a number never given before until then.
     *
     * <p>The sequence alone would miss a write that drew before one question and committed after it. If the sequence is
     * read first, and then no writer holds the table's lock, all that was drawn by then is committed or undone: what
     * commits later draws a higher number.
     */
    @Override
    long changeToken(Session session) throws SQLException {
        long drawn = session.number(LAST_DRAWN).orElseThrow();
        if (drawn == settled.get()) {
            return drawn;
        }
        if (session.number(WRITERS).isPresent()) {
            return unsettled.decrementAndGet();
        }
        settled.set(drawn);
        return drawn;
    }

    @Override
    boolean isWorthRetrying(SQLException e) {
        return "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState());
    }

    /** Lost connections, a server that goes down and internal errors may come after the commit; an answer says it was not. */
    @Override
    boolean isSureToBeUndone(SQLException e) {
        String state = e.getSQLState();
        return state != null && !state.matches("08...|57P..|58...|XX...|40003");
    }

    /** The first 64 bits of a hash: two names with the same only wait for each other. */
    private static long lockKey(String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return ByteBuffer.wrap(sha256.digest(("certkit " + text).getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
