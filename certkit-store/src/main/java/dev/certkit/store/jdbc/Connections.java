package dev.certkit.store.jdbc;

import dev.certkit.store.RecordName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a connection for each call, gives it back as it came, and says in words what failed. */
final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /** Enough for any number of writers that get into each other's way for a moment, and an end if it is not a moment. */
    private static final int TRIES = 20;

    private final DataSource dataSource;
    private final Dialect dialect;

    Connections(DataSource dataSource, Dialect dialect) {
        this.dataSource = dataSource;
        this.dialect = dialect;
    }

    /** What is done with a connection. */
    interface Work<T> {
        T run(Session session) throws SQLException, IOException;
    }

    /** What a call is about, for its message. */
    record Subject(String action, Object of, Optional<RecordName> name) {
        static Subject of(String action, RecordName name) {
            return new Subject(action, name, Optional.of(name));
        }

        static Subject of(String action, Object thing) {
            return new Subject(action, thing, Optional.empty());
        }
    }

    <T> T call(Subject subject, Work<T> work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            for (int i = 1; ; i++) {
                Attempt<T> attempt = new Attempt<>(work);
                try {
                    return attempt.run();
                } catch (SQLException e) {
                    interrupted = Thread.interrupted() || interrupted || isInterrupt(e);
                    if (i == TRIES || !attempt.isWorthRetrying(e)) {
                        throw attempt.failure(subject, e);
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isInterrupt(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }

    private final class Attempt<T> {
        private final Work<T> work;
        private boolean hasConnection;
        private boolean mayBeCommitted;

        Attempt(Work<T> work) {
            this.work = work;
        }

        T run() throws SQLException, IOException {
            Connection connection = take(dataSource);
            hasConnection = true;
            try {
                return run(connection);
            } finally {
                close(connection);
            }
        }

        private T run(Connection connection) throws SQLException, IOException {
            boolean commitsByItself = connection.getAutoCommit();
            if (!commitsByItself) {
                connection.setAutoCommit(true);
            }
            Session session = new Session(connection);
            try {
                dialect.prepare(session);
                return work.run(session);
            } catch (IllegalArgumentException e) {
                throw new IOException(
                        "a row cannot be read: " + e.getMessage() + "; somebody else wrote it, restore it or delete it",
                        e);
            } finally {
                mayBeCommitted = session.mayBeCommitted();
                if (!commitsByItself) {
                    restore(connection);
                }
            }
        }

        boolean isWorthRetrying(SQLException e) {
            return hasConnection ? dialect.isWorthRetrying(e) : isInterrupt(e);
        }

        IOException failure(Subject subject, SQLException e) {
            boolean isUnknown = mayBeCommitted && !dialect.isSureToBeUndone(e);
            String state = DatabaseFailedException.state(e);
            String message = "cannot " + subject.action() + " " + subject.of() + " in " + dialect.product() + ": "
                    + firstLine(e) + (state.isEmpty() ? "" : " (SQLSTATE " + state + ")")
                    + (isUnknown
                            ? "; it may have been done all the same, find the record again before you retry"
                            : "; nothing was changed, call again when the cause is gone");
            return new DatabaseFailedException(message, subject.name(), e, isUnknown);
        }
    }

    static Connection take(DataSource dataSource) throws SQLException {
        try {
            return dataSource.getConnection();
        } catch (RuntimeException e) {
            // some pools have exceptions of their own for a data base that is away
            throw new SQLException("no connection: " + e.getMessage(), e);
        }
    }

    private static void restore(Connection connection) {
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            LOG.debug("a broken connection is given back", e);
        }
    }

    /** What was committed is not undone by a connection that breaks on its way back. */
    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("a broken connection was given back", e);
        }
    }

    /** Further lines may quote the row that was refused, with its payload. */
    private static String firstLine(SQLException e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message.lines().findFirst().orElse("");
    }
}
