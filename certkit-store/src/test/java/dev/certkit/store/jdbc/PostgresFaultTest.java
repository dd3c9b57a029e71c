package dev.certkit.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.store.RecordContent;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.StoredRecord;
import dev.certkit.store.faults.Grinder;
import dev.certkit.store.faults.Oracle;
import dev.certkit.store.faults.Rounds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** A server that crashes and whose connections are cut while threads write. */
class PostgresFaultTest {
    private static final int CRASHES = Rounds.shortOrLong(3, 100);
    private static final int CUTS = Rounds.shortOrLong(60, 5000);
    private static final List<Shelf> SHELVES =
            List.of(Shelf.of("one"), Shelf.of("two"), Shelf.of("three"), Shelf.of("four"));

    @TempDir
    Path directory;

    private final Oracle oracle = new Oracle();
    private final AtomicLong lastState = new AtomicLong();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(SHELVES.size());
    private final List<Future<?>> working = new ArrayList<>();
    private PostgresServer server;
    private HikariDataSource pool;
    private String schema;
    private JdbcStorage storage;

    @BeforeEach
    void start() throws IOException {
        server = PostgresServer.startIn(directory);
        schema = server.newSchema();
        pool = server.pool(schema);
        storage = JdbcStorage.on(pool);
        Grinder.prepare(storage);
    }

    @AfterEach
    void stop() throws InterruptedException {
        isOver.set(true);
        threads.shutdown();
        assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
        server.close();
    }

    private void grindOnAllShelves() {
        for (Shelf shelf : SHELVES) {
            Grinder grinder = new Grinder(storage, shelf, lastState, oracle::note);
            working.add(threads.submit(() -> grind(grinder, shelf)));
        }
    }

    /** After a failure a worker looks at its records, as the contract says, and goes on. */
    private Void grind(Grinder grinder, Shelf shelf) throws IOException {
        while (!isOver.get()) {
            try {
                grinder.step();
            } catch (StaleRecordException e) {
                assertTrue(oracle.isInDoubt(shelf), () -> "nobody else writes to this shelf: " + e);
                oracle.undone(shelf);
                look(shelf);
            } catch (DatabaseFailedException e) {
                failures.incrementAndGet();
                if (e.isOutcomeUnknown()) {
                    unknown.incrementAndGet();
                } else {
                    oracle.undone(shelf);
                }
                look(shelf);
            }
        }
        return null;
    }

    private void look(Shelf shelf) throws IOException {
        while (true) {
            try {
                oracle.lookEarly(storage, shelf);
                return;
            } catch (DatabaseFailedException e) {
                // away still; the pool waits a while before it says so
                if (isOver.get()) {
                    return;
                }
            }
        }
    }

    private void awaitAcknowledgements(int more) throws Exception {
        int goal = oracle.acknowledgements() + more;
        while (oracle.acknowledgements() < goal) {
            TimeUnit.MILLISECONDS.sleep(1);
            throwIfOneEnded();
        }
    }

    private void throwIfOneEnded() throws Exception {
        for (Future<?> worker : working) {
            if (worker.isDone()) {
                worker.get();
            }
        }
    }

    private void finish(TestReporter reporter, String faults) throws Exception {
        isOver.set(true);
        for (Future<?> worker : working) {
            worker.get(60, TimeUnit.SECONDS);
        }
        oracle.check(storage, SHELVES, "at the end");
        oracle.checkCounter(storage, "at the end");
        assertTrue(failures.get() > 0, "no call failed");
        reporter.publishEntry(faults + ": " + oracle.acknowledgements() + " acknowledged writes, " + failures.get()
                + " failed calls, " + unknown.get() + " of them with an outcome that was unknown");
    }

    @Test
    void aServerThatCrashesLosesNothingThatWasAcknowledged(TestReporter reporter) throws Exception {
        grindOnAllShelves();
        Random random = new Random();
        for (int i = 0; i < CRASHES; i++) {
            awaitAcknowledgements(50 + random.nextInt(300));
            crash(i);
        }
        awaitAcknowledgements(50);
        finish(reporter, CRASHES + " crashes");
    }

    private void crash(int round) throws IOException, SQLException {
        switch (round % 3) {
            case 0 -> {
                server.crash();
                server.start();
            }
            case 1 -> {
                server.kill();
                server.start();
            }
            default -> server.killOneBackend();
        }
    }

    @Test
    void aServerThatIsKilledInTheMiddleOfATransactionHasDoneNothingOfIt() throws Exception {
        StoredRecord before = storage.find(Grinder.COUNTER).orElseThrow();
        RecordContent next = RecordContent.of("1".getBytes(StandardCharsets.US_ASCII));
        try (Connection holding = server.connect()) {
            holding.setAutoCommit(false);
            new Session(holding).count("update " + schema + ".certkit_record set next_at = next_at");
            Future<StoredRecord> writing = threads.submit(() -> storage.replace(before, next));
            while (isNobodyBlocked()) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            server.kill();
            ExecutionException failed = assertThrows(ExecutionException.class, () -> writing.get(60, TimeUnit.SECONDS));
            assertInstanceOf(DatabaseFailedException.class, failed.getCause());
        }
        server.start();
        assertEquals(Optional.of(before), storage.find(Grinder.COUNTER));
        assertEquals(next, storage.replace(before, next).content());
    }

    private boolean isNobodyBlocked() throws SQLException {
        try (Connection connection = server.connect()) {
            return new Session(connection)
                    .number("select 1 from pg_stat_activity where wait_event_type = 'Lock'")
                    .isEmpty();
        }
    }

    @Test
    void connectionsThatAreCutLoseNothingThatWasAcknowledged(TestReporter reporter) throws Exception {
        grindOnAllShelves();
        Random random = new Random();
        for (int i = 0; i < CUTS; i++) {
            awaitAcknowledgements(1 + random.nextInt(20));
            cutAll();
        }
        awaitAcknowledgements(50);
        finish(reporter, CUTS + " cuts");
    }

    private void cutAll() throws SQLException {
        server.execute("select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend'"
                + " and pid <> pg_backend_pid()");
    }
}
