package dev.certkit.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.store.Storage;
import dev.certkit.store.StorageContract;
import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

class H2StorageTest extends StorageContract {
    private HikariDataSource pool;

    @AfterEach
    void closePool() {
        pool.close();
    }

    /** With auto-commit off, as some pools have it. */
    @Override
    protected Storage open(Clock clock) throws IOException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        config.setAutoCommit(false);
        pool = new HikariDataSource(config);
        return JdbcStorage.on(pool, now -> Long.toString(clock.millis()));
    }
}
