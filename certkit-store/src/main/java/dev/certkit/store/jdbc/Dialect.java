package dev.certkit.store.jdbc;

import dev.certkit.store.Lease;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** What differs between data bases: how a write is made one and durable, how revisions are drawn, and what time it is. */
abstract class Dialect {
    private static final String SUPPORTED = "PostgreSQL 12 or later, SQLite 3.24 or later, H2 2 (for tests only)";

    private final UnaryOperator<String> clock;

    /**
     * Sets what tells the time.
     *
     * @param clock makes the expression for "now" out of the data base's own; tests have their own idea of time
     */
    Dialect(UnaryOperator<String> clock) {
        this.clock = clock;
    }

    static Dialect of(Connection connection, UnaryOperator<String> clock) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        String product = data.getDatabaseProductName();
        int major = data.getDatabaseMajorVersion();
        if (product.equals("PostgreSQL") && major >= 12) {
            return new PostgresDialect(clock);
        }
        if (product.equals("SQLite") && major >= 3) {
            return new SqliteDialect(clock);
        }
        if (product.equals("H2") && major >= 2) {
            return new H2Dialect(clock);
        }
        throw new IllegalArgumentException("dataSource: leads to " + product + " " + data.getDatabaseProductVersion()
                + ", which is not supported; use " + SUPPORTED);
    }

    /** The name of the data base, for messages. */
    abstract String product();

    /** The schema script's name, without its ending. */
    abstract String script();

    /** Gives 1 if there is a table with the name given as its parameter, nothing otherwise. */
    abstract String findTable();

    /** The time in milliseconds since 1970, as an expression that stays the same within a statement. */
    abstract String ownNow();

    final String now() {
        return clock.apply(ownNow());
    }

    /** Puts a connection that was just taken into the state in which commits are durable. */
    void prepare(Session session) throws SQLException {}

    /** Checks once, when the storage is opened, that the data base can keep what it promises. */
    abstract void check(Session session) throws SQLException, IOException;

    /** Runs work as one transaction while no other process does the same; for the schema. */
    abstract void alone(Session session, Step step) throws SQLException;

    /** A step of a transaction. */
    interface Step {
        void run() throws SQLException;
    }

    /** Gives the revision, or nothing if the record exists. */
    abstract OptionalLong insert(Session session, RecordName name, RecordContent content) throws SQLException;

    /** Gives the revision, or nothing if the record has another revision than expected. */
    abstract OptionalLong update(Session session, StoredRecord expected, RecordContent content) throws SQLException;

    /** Gives the revision that the deletion drew, or nothing if the record has another revision than expected. */
    abstract OptionalLong delete(Session session, StoredRecord expected) throws SQLException;

    abstract List<Lease> claim(Session session, Claim claim) throws SQLException;

    /** Gives the new lease, or nothing if the one given is stale. */
    abstract Optional<Lease> extend(Session session, Lease lease, Duration timeToLive) throws SQLException;

    abstract long changeToken(Session session) throws SQLException;

    /** Tells of a failure of a write whether it is sure to have changed nothing and worth another try at once. */
    boolean isWorthRetrying(SQLException e) {
        return false;
    }

    /** Tells of a failure that came while committing whether the data base answered that it did not. */
    boolean isSureToBeUndone(SQLException e) {
        return false;
    }

    /** What {@link #claim} is asked for. */
    record Claim(Shelf shelf, String owner, int max, Duration timeToLive) {}

    static Lease extended(Lease lease, long revision, long until) {
        StoredRecord before = lease.record();
        RecordContent content = before.content().lookAgainAt(Instant.ofEpochMilli(until));
        return new Lease(new StoredRecord(before.name(), revision, content, lease.epoch()), lease.owner());
    }
}
