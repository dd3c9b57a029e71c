package dev.certkit.store.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

/** SQLite: one file, shared by processes of one machine, with a write-ahead log that is synced at every commit. */
final class SqliteDialect extends CounterDialect {
    private static final int FULL = 2;
    private static final int BUSY_MILLIS = 30_000;

    SqliteDialect(UnaryOperator<String> clock) {
        super(clock);
    }

    @Override
    String product() {
        return "SQLite";
    }

    @Override
    String script() {
        return "sqlite";
    }

    @Override
    String findTable() {
        return "select 1 from sqlite_master where type = 'table' and name = ?";
    }

    /** A day number as a double is exact to 50 microseconds; 2440587.5 is the first of January 1970. */
    @Override
    String ownNow() {
        return "cast(round((julianday('now') - 2440587.5) * 86400000.0) as integer)";
    }

    /** These are settings of a connection, and whoever made it may have wanted less. */
    @Override
    void prepare(Session session) throws SQLException {
        if (session.number("pragma synchronous").orElse(0) < FULL) {
            session.execute("pragma synchronous = full");
        }
        if (session.number("pragma busy_timeout").orElse(0) < BUSY_MILLIS) {
            session.execute("pragma busy_timeout = " + BUSY_MILLIS);
        }
        // on other systems than macOS it is without effect
        session.execute("pragma fullfsync = on");
    }

    @Override
    void check(Session session) throws SQLException, IOException {
        String mode = session.row("pragma journal_mode = wal", row -> row.getString(1))
                .orElse("nothing");
        if (!mode.equals("wal")) {
            throw new IOException(
                    "this SQLite data base answers \"" + mode + "\" when it is asked for a write-ahead log;"
                            + " use a file that this process may write, on a local disk");
        }
    }

    /** The lock is taken at once: a transaction that read first and wrote then would be refused when another wrote between. */
    @Override
    void transaction(Session session, Step step) throws SQLException {
        session.execute("begin immediate");
        boolean committed = false;
        try {
            step.run();
            session.committing();
            session.execute("commit");
            committed = true;
        } finally {
            if (!committed) {
                rollback(session);
            }
        }
    }

    private static void rollback(Session session) {
        try {
            session.execute("rollback");
        } catch (SQLException e) {
            // after some failures SQLite has rolled back by itself; ending the connection is right in either case
            Transaction.abort(session.connection());
        }
    }
}
