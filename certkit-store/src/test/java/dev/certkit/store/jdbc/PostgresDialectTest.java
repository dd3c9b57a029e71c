package dev.certkit.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.store.RecordContent;
import dev.certkit.store.Shelf;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a sequence, which counts at once and not at commit, could get wrong; and whose clock counts. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(SharedPostgres.class)
class PostgresDialectTest {
    private static final Shelf SHELF = Shelf.of("things");
    private static final RecordContent CONTENT = RecordContent.of(new byte[1]);

    private final PostgresServer server;
    private final Dialect dialect = new PostgresDialect(UnaryOperator.identity());
    private HikariDataSource pool;
    private JdbcStorage storage;
    private Connection other;

    PostgresDialectTest(PostgresServer server) {
        this.server = server;
    }

    @BeforeEach
    void open() throws Exception {
        pool = server.pool(server.newSchema());
        storage = JdbcStorage.on(pool);
        other = pool.getConnection();
        other.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        other.rollback();
        other.close();
        pool.close();
    }

    private StoredRecord create() {
        try {
            return storage.create(SHELF.name("a"), CONTENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aWriteThatDrewItsRevisionEarlyAndCommitsLateChangesTheToken() throws Exception {
        StoredRecord record = create();
        dialect.update(new Session(other), record, CONTENT);
        storage.create(SHELF.name("drawn later, committed before"), CONTENT);
        long before = storage.changeToken();
        other.commit();
        assertNotEquals(before, storage.changeToken());
    }

    @Test
    void aDeletionThatCommitsLateChangesTheToken() throws Exception {
        dialect.delete(new Session(other), create());
        long before = storage.changeToken();
        other.commit();
        assertNotEquals(before, storage.changeToken());
    }

    @Test
    void whileNobodyWritesTheTokenStays() throws Exception {
        create();
        long token = storage.changeToken();
        assertEquals(token, storage.changeToken());
        storage.find(SHELF.name("a"));
        storage.claimDue(SHELF, "w", 10, Duration.ofMinutes(1));
        assertEquals(token, storage.changeToken());
    }

    @Test
    void otherTablesAndTheirWritersDoNotChangeTheToken() throws Exception {
        create();
        long token = storage.changeToken();
        Session session = new Session(other);
        session.execute("create table of_somebody_else (x int)");
        session.execute("insert into of_somebody_else values (1)");
        assertEquals(token, storage.changeToken());
        other.commit();
        assertEquals(token, storage.changeToken());
    }

    @Test
    void aCreationThatWaitsForADeletionGetsTheHigherRevision() throws Exception {
        StoredRecord first = create();
        Session session = new Session(other);
        dialect.delete(session, first);
        CompletableFuture<StoredRecord> creation = CompletableFuture.supplyAsync(this::create);
        awaitBlocked();
        long drawnMeanwhile =
                session.number("select nextval('certkit_revision')").orElseThrow();
        other.commit();
        assertTrue(creation.get(20, TimeUnit.SECONDS).revision() > drawnMeanwhile);
    }

    private void awaitBlocked() throws SQLException {
        try (Connection connection = server.connect()) {
            Session session = new Session(connection);
            while (session.number("select 1 from pg_locks where not granted limit 1")
                    .isEmpty()) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aClaimPassesOverWhatIsBeingClaimedWithoutWaiting() throws Exception {
        storage.create(SHELF.name("a"), CONTENT.lookAgainAt(Instant.EPOCH));
        storage.create(SHELF.name("b"), CONTENT.lookAgainAt(Instant.EPOCH));
        Dialect.Claim one = new Dialect.Claim(SHELF, "other", 1, Duration.ofMinutes(1));
        assertEquals(
                "a",
                dialect.claim(new Session(other), one).get(0).record().name().text());
        assertEquals(
                "b",
                storage.claimDue(SHELF, "w", 10, Duration.ofMinutes(1))
                        .get(0)
                        .record()
                        .name()
                        .text());
        assertEquals(0, storage.claimDue(SHELF, "w", 10, Duration.ofMinutes(1)).size());
    }

    @Test
    void leasesEndByTheServersClock() throws Exception {
        long start = server();
        storage.create(SHELF.name("a"), CONTENT.lookAgainAt(Instant.ofEpochMilli(start)));
        long until = storage.claimDue(SHELF, "w", 1, Duration.ofMinutes(1))
                .get(0)
                .until()
                .toEpochMilli();
        assertTrue(until >= start + 60_000 && until <= server() + 60_000);
    }

    private long server() throws SQLException {
        return new Session(other).number("select " + dialect.ownNow()).orElseThrow();
    }
}
