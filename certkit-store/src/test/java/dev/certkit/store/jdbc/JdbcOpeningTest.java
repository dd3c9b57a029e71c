package dev.certkit.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.store.RecordContent;
import dev.certkit.store.Shelf;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class JdbcOpeningTest {
    private static final Shelf SHELF = Shelf.of("things");
    private static final int STARTS = 6;

    @TempDir
    Path directory;

    private HikariDataSource sqlite() {
        return SqliteFile.pool(directory.resolve("store.db"));
    }

    private static void execute(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Opens and writes in several threads at once. */
    private static void startTogether(DataSource dataSource) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(STARTS);
        try {
            List<Future<?>> starts = new ArrayList<>();
            for (int i = 0; i < STARTS; i++) {
                String name = "by " + i;
                starts.add(threads.submit(
                        () -> JdbcStorage.on(dataSource).create(SHELF.name(name), RecordContent.of(new byte[1]))));
            }
            for (Future<?> start : starts) {
                start.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(
                STARTS,
                JdbcStorage.on(dataSource).list(SHELF, Optional.empty(), 100).size());
    }

    private static void assertNewerIsRefused(DataSource dataSource) throws Exception {
        JdbcStorage.on(dataSource).close();
        execute(dataSource, "insert into certkit_schema (version) values (2)");
        IOException refused = assertThrows(IOException.class, () -> JdbcStorage.on(dataSource));
        assertTrue(refused.getMessage().contains("version 2"), refused.getMessage());
        assertTrue(refused.getMessage().contains("or a later one"), refused.getMessage());
    }

    @Nested
    class Sqlite {
        @Test
        void severalFirstStartsAtOnceMakeTheTablesOnce() throws Exception {
            for (int round = 0; round < 5; round++) {
                try (HikariDataSource pool = SqliteFile.pool(directory.resolve(round + ".db"))) {
                    startTogether(pool);
                }
            }
        }

        @Test
        void theTablesOfANewerProgramAreRefused() throws Exception {
            try (HikariDataSource pool = sqlite()) {
                assertNewerIsRefused(pool);
            }
        }

        @Test
        void commitsAreSyncedWhateverTheConnectionsWereMadeWith() throws Exception {
            SQLiteDataSource careless = new SQLiteDataSource();
            careless.setUrl("jdbc:sqlite:" + directory.resolve("store.db"));
            careless.setSynchronous("OFF");
            careless.setJournalMode("DELETE");
            careless.setBusyTimeout(0);
            Path file = directory.resolve("store.db");
            try (HikariDataSource pool = SqliteFile.pool(careless)) {
                JdbcStorage.on(pool).create(SHELF.name("a"), RecordContent.of(new byte[1]));
                try (Connection connection = pool.getConnection()) {
                    Session session = new Session(connection);
                    assertEquals(2, session.number("pragma synchronous").orElseThrow());
                    assertEquals(
                            "wal",
                            session.row("pragma journal_mode", row -> row.getString(1))
                                    .orElseThrow());
                }
            }
            assertTrue(file.toFile().length() > 0);
        }

        @Test
        void aDataBaseInMemoryIsRefused() {
            SQLiteDataSource memory = new SQLiteDataSource();
            memory.setUrl("jdbc:sqlite::memory:");
            IOException refused = assertThrows(IOException.class, () -> JdbcStorage.on(memory));
            assertTrue(refused.getMessage().contains("use a file"), refused.getMessage());
        }
    }

    @Nested
    @ExtendWith(SharedPostgres.class)
    class Postgres {
        @Test
        void severalFirstStartsAtOnceMakeTheTablesOnce(PostgresServer server) throws Exception {
            for (int round = 0; round < 5; round++) {
                try (HikariDataSource pool = server.pool(server.newSchema())) {
                    startTogether(pool);
                }
            }
        }

        @Test
        void theTablesOfANewerProgramAreRefused(PostgresServer server) throws Exception {
            try (HikariDataSource pool = server.pool(server.newSchema())) {
                assertNewerIsRefused(pool);
            }
        }

        @Test
        void aRoleThatMayMakeNoTablesIsSentToTheScript(PostgresServer server) throws Exception {
            String schema = server.newSchema();
            try (HikariDataSource pool = poolOfPoorRole(server, schema)) {
                DatabaseFailedException refused =
                        assertThrows(DatabaseFailedException.class, () -> JdbcStorage.on(pool));
                assertEquals("42501", refused.sqlState());
                assertFalse(refused.isOutcomeUnknown());
                assertTrue(
                        refused.getMessage().contains("dev/certkit/store/jdbc/postgresql.sql"), refused.getMessage());
            }
        }

        @Test
        void theScriptAndItsGrantsAreAllThatSuchARoleNeeds(PostgresServer server) throws Exception {
            String schema = server.newSchema();
            try (HikariDataSource pool = poolOfPoorRole(server, schema)) {
                String role = "poor_" + schema;
                server.execute("set search_path = " + schema + "; " + script());
                for (String grant : script().lines()
                        .filter(line -> line.startsWith("--     grant"))
                        .map(line -> line.substring(2).replace("ROLE", role))
                        .toList()) {
                    server.execute("set search_path = " + schema + "; " + grant);
                }
                JdbcStorage storage = JdbcStorage.on(pool);
                RecordContent due = RecordContent.of(new byte[1]).lookAgainAt(Instant.EPOCH);
                storage.create(SHELF.name("a"), due);
                long token = storage.changeToken();
                storage.delete(storage.complete(
                        storage.extend(
                                storage.claimDue(SHELF, "w", 1, Duration.ofHours(1))
                                        .get(0),
                                Duration.ofHours(2)),
                        due));
                assertFalse(token == storage.changeToken());
            }
        }

        private HikariDataSource poolOfPoorRole(PostgresServer server, String schema) throws SQLException {
            String role = "poor_" + schema;
            server.execute("create role " + role + " login password 'poor'");
            server.execute("grant usage on schema " + schema + " to " + role);
            return PostgresServer.pool(server.access(schema).get(0), role, "poor");
        }

        private String script() throws IOException {
            try (InputStream in = JdbcStorage.class.getResourceAsStream("postgresql.sql")) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Test
    void anUnknownDataBaseIsRefusedWithTheListOfTheKnown() throws Exception {
        try (HikariDataSource pool = sqlite()) {
            DataSource renamed = calling(pool, "DB of Elsewhere");
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> JdbcStorage.on(renamed));
            assertTrue(refused.getMessage().contains("DB of Elsewhere"), refused.getMessage());
            assertTrue(refused.getMessage().contains("PostgreSQL 12 or later, SQLite"), refused.getMessage());
        }
    }

    /** The same data source, whose data base calls itself otherwise. */
    private static DataSource calling(DataSource real, String product) {
        return proxy(DataSource.class, (method, arguments) -> {
            Connection connection = real.getConnection();
            DatabaseMetaData data = connection.getMetaData();
            DatabaseMetaData renamed = proxy(
                    DatabaseMetaData.class,
                    (asked, none) -> asked.equals("getDatabaseProductName") ? product : invoke(data, asked));
            return proxy(
                    Connection.class,
                    (asked, none) -> asked.equals("getMetaData") ? renamed : invoke(connection, asked));
        });
    }

    private interface Answer {
        Object to(String method, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                JdbcOpeningTest.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method.getName(), arguments)));
    }

    private static Object invoke(Object target, String method) throws Exception {
        for (Class<?> type : List.of(Connection.class, DatabaseMetaData.class)) {
            if (type.isInstance(target)) {
                return type.getMethod(method).invoke(target);
            }
        }
        throw new AssertionError(method);
    }

    @Test
    void nothingIsANullPointer() {
        assertThrows(NullPointerException.class, () -> JdbcStorage.on(null));
    }
}
