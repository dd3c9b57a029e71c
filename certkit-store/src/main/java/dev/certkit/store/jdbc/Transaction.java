package dev.certkit.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps that become one commit, over a connection that commits by itself before and afterwards. */
final class Transaction {
    private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);

    private Transaction() {}

    static void run(Session session, Dialect.Step step) throws SQLException {
        Connection connection = session.connection();
        connection.setAutoCommit(false);
        boolean committed = false;
        try {
            step.run();
            session.committing();
            connection.commit();
            committed = true;
        } finally {
            if (!committed) {
                rollback(connection);
            }
        }
        connection.setAutoCommit(true);
    }

    /** A connection that cannot be rolled back is ended, or else its open transaction would go back into the pool. */
    private static void rollback(Connection connection) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            abort(connection);
        }
    }

    static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.warn("a connection can be neither rolled back nor ended: {}", e.getMessage());
        }
    }
}
