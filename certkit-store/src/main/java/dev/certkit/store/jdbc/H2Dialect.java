package dev.certkit.store.jdbc;

import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** H2, for tests: it keeps the contract but for power cuts, because it does not sync when it commits. */
final class H2Dialect extends CounterDialect {
    private static final Logger LOG = LoggerFactory.getLogger(H2Dialect.class);

    H2Dialect(UnaryOperator<String> clock) {
        super(clock);
    }

    @Override
    String product() {
        return "H2";
    }

    @Override
    String script() {
        return "h2";
    }

    @Override
    String findTable() {
        return "select 1 from information_schema.tables where lower(table_name) = ?"
                + " and table_schema = current_schema";
    }

    @Override
    String ownNow() {
        return "cast(floor(extract(epoch from current_timestamp) * 1000) as bigint)";
    }

    @Override
    void check(Session session) {
        LOG.warn("H2 does not sync when it commits: what it acknowledges can be lost; use it for tests only");
    }

    @Override
    void transaction(Session session, Step step) throws SQLException {
        Transaction.run(session, step);
    }

    @Override
    void lock(Session session) throws SQLException {
        session.number("select last_revision from certkit_counter for update");
    }
}
