package dev.certkit.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.store.Storage;
import dev.certkit.store.StorageContract;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class PostgresStorageTest extends StorageContract {
    @TempDir
    static Path directory;

    private static PostgresServer server;

    private HikariDataSource pool;

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresServer.startIn(directory);
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    /** Each that succeeds waits for a sync. */
    @Override
    protected int compareAndSets() {
        return Integer.getInteger("certkit.compareAndSets", 1000);
    }

    @Override
    protected Storage open(Clock clock) throws IOException {
        try {
            pool = server.pool(server.newSchema());
        } catch (SQLException e) {
            throw new IOException(e);
        }
        return JdbcStorage.on(pool, now -> Long.toString(clock.millis()));
    }
}
