package dev.certkit.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.store.Lease;
import dev.certkit.store.RecordContent;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

/** What is done to the caller's connections, and what is said when they fail. */
@ExtendWith(SharedPostgres.class)
class JdbcConnectionsTest {
    private static final Shelf SHELF = Shelf.of("things");
    private static final RecordContent DUE = RecordContent.of(new byte[1]).lookAgainAt(Instant.EPOCH);

    @TempDir
    Path directory;

    private final PostgresServer server;

    JdbcConnectionsTest(PostgresServer server) {
        this.server = server;
    }

    /** A pool of one connection, so that a second taken at a time, or one not given back, is a time-out. */
    private HikariDataSource narrowPool(String kind, boolean isAutoCommit) throws IOException {
        HikariConfig config = new HikariConfig();
        if (kind.equals("sqlite")) {
            SQLiteDataSource source = new SQLiteDataSource();
            source.setUrl("jdbc:sqlite:" + directory.resolve("store.db"));
            config.setDataSource(source);
        } else {
            config.setJdbcUrl(server.access(server.newSchema()).get(0));
            config.setUsername(server.access("").get(1));
            config.setPassword(server.access("").get(2));
        }
        config.setAutoCommit(isAutoCommit);
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(2_000);
        return new HikariDataSource(config);
    }

    private static void callEverything(JdbcStorage storage) throws IOException {
        StoredRecord first = storage.create(SHELF.name("a"), DUE);
        assertThrows(StaleRecordException.class, () -> storage.create(SHELF.name("a"), DUE));
        Lease lease = storage.claimDue(SHELF, "w", 5, Duration.ofMinutes(1)).get(0);
        Lease longer = storage.extend(lease, Duration.ofMinutes(2));
        assertThrows(StaleRecordException.class, () -> storage.extend(lease, Duration.ofMinutes(2)));
        StoredRecord last = storage.complete(longer, DUE);
        assertThrows(StaleRecordException.class, () -> storage.replace(first, DUE));
        assertThrows(StaleRecordException.class, () -> storage.delete(first));
        storage.find(SHELF.name("a"));
        storage.findByFingerprint(SHELF, Fingerprint.sha256(new byte[1]));
        storage.list(SHELF, Optional.empty(), 5);
        storage.dueBefore(SHELF, Instant.MAX, 5);
        storage.changeToken();
        storage.delete(last);
        storage.claimDue(SHELF, "w", 5, Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite true", "sqlite false", "postgres true", "postgres false"})
    void aConnectionComesBackAsItWasWithNoTransactionOpen(String kind) throws Exception {
        boolean isAutoCommit = kind.endsWith("true");
        try (HikariDataSource pool = narrowPool(kind.split(" ")[0], isAutoCommit)) {
            JdbcStorage storage = JdbcStorage.on(pool);
            callEverything(storage);
            assertEquals(0, pool.getHikariPoolMXBean().getActiveConnections());
            try (Connection connection = pool.getConnection()) {
                assertEquals(isAutoCommit, connection.getAutoCommit());
                if (kind.startsWith("postgres")) {
                    assertEquals(0, idleInTransaction());
                } else {
                    // refused within a transaction
                    connection.setAutoCommit(true);
                    new Session(connection).execute("begin");
                    new Session(connection).execute("rollback");
                    connection.setAutoCommit(isAutoCommit);
                }
            }
        }
    }

    private long idleInTransaction() throws SQLException {
        try (Connection connection = server.connect()) {
            return new Session(connection)
                    .number("select count(*) from pg_stat_activity where state like 'idle in transaction%'")
                    .orElseThrow();
        }
    }

    @Test
    void aLostConnectionFailsOneCallAndTheNextOneWorks() throws Exception {
        try (HikariDataSource pool = narrowPool("postgres", true)) {
            JdbcStorage storage = JdbcStorage.on(pool);
            StoredRecord record = storage.create(SHELF.name("a\n"), DUE);
            try (Connection connection = pool.getConnection()) {
                terminate(connection);
            }
            DatabaseFailedException lost =
                    assertThrows(DatabaseFailedException.class, () -> storage.replace(record, DUE));
            assertEquals(Optional.of(SHELF.name("a\n")), lost.name());
            assertTrue(lost.isOutcomeUnknown());
            assertTrue(lost.getMessage().startsWith("cannot replace things/a\\u000a in PostgreSQL: "));
            assertTrue(lost.getMessage().endsWith("find the record again before you retry"), lost.getMessage());
            assertTrue(lost.sqlState().matches("57P01|08..."), lost.sqlState());
            assertEquals(Optional.of(record), storage.find(SHELF.name("a\n")));
            storage.replace(record, DUE);
        }
    }

    private void terminate(Connection connection) throws SQLException {
        long backend = new Session(connection).number("select pg_backend_pid()").orElseThrow();
        server.execute("select pg_terminate_backend(" + backend + ")");
    }

    @Test
    void aRefusedStatementIsSaidToHaveChangedNothing() throws Exception {
        try (HikariDataSource pool = narrowPool("postgres", true)) {
            JdbcStorage storage = JdbcStorage.on(pool);
            StoredRecord record = storage.create(SHELF.name("a"), DUE);
            try (Connection connection = pool.getConnection()) {
                new Session(connection).execute("alter table certkit_record add check (length(payload) < 10)");
            }
            byte[] secret = "the very secret payload".getBytes(StandardCharsets.US_ASCII);
            DatabaseFailedException refused = assertThrows(
                    DatabaseFailedException.class, () -> storage.replace(record, RecordContent.of(secret)));
            assertEquals("23514", refused.sqlState());
            assertFalse(refused.isOutcomeUnknown());
            assertTrue(refused.getMessage().contains("nothing was changed"), refused.getMessage());
            assertFalse(refused.getMessage().contains("\\x746865"), refused.getMessage());
            assertEquals(Optional.of(record), storage.find(SHELF.name("a")));
        }
    }

    @Test
    void serializationFailuresAreTriedAgain() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.access(server.newSchema()).get(0));
        config.setUsername(server.access("").get(1));
        config.setPassword(server.access("").get(2));
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            JdbcStorage storage = JdbcStorage.on(pool);
            StoredRecord record = storage.create(SHELF.name("a"), DUE);
            try (Connection other = pool.getConnection()) {
                other.setAutoCommit(false);
                new Session(other).execute("update certkit_record set revision = nextval('certkit_revision')");
                CompletableFuture<Object> replacing = CompletableFuture.supplyAsync(() -> outcome(storage, record));
                awaitBlocked();
                other.commit();
                assertEquals(StaleRecordException.class, replacing.get(20, TimeUnit.SECONDS));
                other.setAutoCommit(true);
            }
        }
    }

    private static Object outcome(JdbcStorage storage, StoredRecord record) {
        try {
            return storage.replace(record, DUE);
        } catch (IOException e) {
            return e.getClass();
        }
    }

    private void awaitBlocked() throws Exception {
        try (Connection connection = server.connect()) {
            Session session = new Session(connection);
            while (session.number("select 1 from pg_locks where not granted limit 1")
                    .isEmpty()) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void anInterruptWhileWaitingForTheFilesOnlyConnectionNeitherEndsTheCallNorGetsLost() throws Exception {
        try (HikariDataSource pool = narrowPool("sqlite", true)) {
            JdbcStorage storage = JdbcStorage.on(pool);
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            CountDownLatch started = new CountDownLatch(1);
            Thread writer = new Thread(() -> {
                started.countDown();
                try {
                    storage.create(SHELF.name("a"), DUE);
                    interrupted.complete(Thread.currentThread().isInterrupted());
                } catch (IOException e) {
                    interrupted.completeExceptionally(e);
                }
            });
            try (Connection taken = pool.getConnection()) {
                writer.start();
                started.await();
                while (pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 0) {
                    Thread.onSpinWait();
                }
                writer.interrupt();
                writer.join(200);
                assertTrue(taken.isValid(1));
            }
            assertTrue(interrupted.get(20, TimeUnit.SECONDS));
            assertTrue(storage.find(SHELF.name("a")).isPresent());
        }
    }

    @Test
    void aRowThatSomebodySpoiltIsAnErrorAndDoesNotHideOthersFromAClaim() throws Exception {
        try (HikariDataSource pool = narrowPool("postgres", true)) {
            JdbcStorage storage = JdbcStorage.on(pool);
            storage.create(SHELF.name("bad"), DUE);
            storage.create(SHELF.name("good"), DUE);
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("update certkit_record set fingerprint = '\\x00' where label = 'bad'");
            }
            IOException broken = assertThrows(IOException.class, () -> storage.find(SHELF.name("bad")));
            assertTrue(broken.getMessage().contains("a row cannot be read"), broken.getMessage());
            assertEquals(
                    1, storage.claimDue(SHELF, "w", 10, Duration.ofMinutes(1)).size());
        }
    }

    @Test
    void noServerIsAnErrorThatNamesNoPassword() {
        HikariDataSource pool =
                PostgresServer.pool("jdbc:postgresql://127.0.0.1:1/none?password=secret-word", "u", "secret-word");
        pool.setConnectionTimeout(1_000);
        try (pool) {
            DatabaseFailedException refused = assertThrows(DatabaseFailedException.class, () -> JdbcStorage.on(pool));
            assertFalse(refused.getMessage().contains("secret-word"), refused.getMessage());
            assertNotEquals("", refused.getMessage());
        }
    }
}
