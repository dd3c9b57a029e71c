package dev.certkit.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.store.DueWorkContract;
import dev.certkit.store.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteDueWorkTest extends DueWorkContract {
    @TempDir
    Path directory;

    private HikariDataSource pool;

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Override
    protected Storage open(Clock clock) throws IOException {
        pool = SqliteFile.pool(directory.resolve("store.db"));
        return JdbcStorage.on(pool, now -> Long.toString(clock.millis()));
    }
}
