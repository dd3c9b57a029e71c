package dev.certkit.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.store.Storage;
import dev.certkit.store.StorageContract;
import dev.certkit.store.faults.Rounds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteStorageTest extends StorageContract {
    @TempDir
    Path directory;

    private HikariDataSource pool;

    @AfterEach
    void closePool() {
        pool.close();
    }

    /** Each that succeeds waits for a sync. */
    @Override
    protected int compareAndSets() {
        return Rounds.shortOrLong(1000, 10_000);
    }

    @Override
    protected Storage open(Clock clock) throws IOException {
        pool = SqliteFile.pool(directory.resolve("store.db"));
        return JdbcStorage.on(pool, now -> Long.toString(clock.millis()));
    }
}
