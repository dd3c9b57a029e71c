package dev.certkit.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.store.DueWorkContract;
import dev.certkit.store.Storage;
import java.io.IOException;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedPostgres.class)
class PostgresDueWorkTest extends DueWorkContract {
    private final PostgresServer server;
    private HikariDataSource pool;

    PostgresDueWorkTest(PostgresServer server) {
        this.server = server;
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Override
    protected Storage open(Clock clock) throws IOException {
        pool = server.pool(server.newSchema());
        return JdbcStorage.on(pool, now -> Long.toString(clock.millis()));
    }
}
