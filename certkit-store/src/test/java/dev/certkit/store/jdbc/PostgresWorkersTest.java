package dev.certkit.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.peers.Peer;
import dev.certkit.store.Lease;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.Shelf;
import dev.certkit.store.faults.ChildJvm;
import dev.certkit.store.faults.Rounds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Worker processes that share one data base and are killed, paused, or live in another day. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(SharedPostgres.class)
class PostgresWorkersTest {
    private static final int KILLS = Rounds.shortOrLong(9, 100);
    private static final Shelf THINGS = Shelf.of("things");
    private static final Shelf JOBS = Shelf.of("jobs");
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path directory;

    private final PostgresServer server;
    private List<String> access;
    private HikariDataSource pool;
    private JdbcStorage storage;

    PostgresWorkersTest(PostgresServer server) {
        this.server = server;
    }

    @BeforeEach
    void open() throws IOException {
        String schema = server.newSchema();
        access = server.access(schema);
        pool = server.pool(schema);
        storage = JdbcStorage.on(pool);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private static RecordContent due(String payload) {
        return RecordContent.of(payload.getBytes(StandardCharsets.US_ASCII)).lookAgainAt(Instant.EPOCH);
    }

    private String[] access(String more) {
        List<String> arguments = new ArrayList<>(access);
        arguments.add(more);
        return arguments.toArray(String[]::new);
    }

    @Test
    void killedWorkersLoseNoRecordAndNothingIsDoneTwiceWithEffect(TestReporter reporter) throws Exception {
        int jobs = 60 * KILLS;
        for (int i = 0; i < jobs; i++) {
            storage.create(JOBS.name("job " + i), due("0"));
        }
        Random random = new Random();
        int begun = 0;
        List<ChildJvm> workers = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                workers.add(ChildJvm.start(WorkerProgram.class, access("" + i)));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                ChildJvm victim = workers.remove(0);
                begun += begunBy(victim, 1 + random.nextInt(30));
                begun += jobs(victim.kill().remainingLines());
                workers.add(ChildJvm.start(WorkerProgram.class, access("after kill " + kill)));
            }
            while (!isDone()) {
                Thread.onSpinWait();
            }
        } finally {
            for (ChildJvm worker : workers) {
                begun += jobs(worker.kill().remainingLines());
            }
        }
        assertAllDoneOnce(jobs);
        assertTrue(begun >= jobs - KILLS, begun + " begun");
        reporter.publishEntry(KILLS + " kills, " + jobs + " jobs, begun " + begun + " times, done once each");
    }

    /** Waits until a worker has begun so many jobs, or has nothing to do: others may be faster, or hold what is left. */
    private static int begunBy(ChildJvm worker, int most) {
        int begun = 0;
        while (begun < most) {
            String line = worker.line();
            assertNotNull(line, "a worker ended by itself");
            if (line.equals(WorkerProgram.IDLE)) {
                return begun;
            }
            begun++;
        }
        return begun;
    }

    private static int jobs(List<String> lines) {
        return (int)
                lines.stream().filter(line -> !line.equals(WorkerProgram.IDLE)).count();
    }

    private boolean isDone() throws IOException {
        return storage.dueBefore(JOBS, Instant.MAX, 1).isEmpty();
    }

    private void assertAllDoneOnce(int jobs) throws IOException {
        List<RecordHeader> all = storage.list(JOBS, Optional.empty(), jobs + 1);
        assertEquals(jobs, all.size());
        for (RecordHeader header : all) {
            byte[] payload = storage.find(header.name()).orElseThrow().content().payload();
            assertEquals("1", new String(payload, StandardCharsets.US_ASCII), header::toString);
        }
    }

    @Test
    void aWorkerThatIsPausedBeyondItsLeaseIsRefused() throws Exception {
        storage.create(THINGS.name("a"), due("x"));
        try (ChildJvm worker = ChildJvm.start(LeaseProgram.class, access("300"))) {
            assertNotNull(worker.line());
            worker.stop();
            List<Lease> taken;
            do {
                taken = storage.claimDue(THINGS, "other", 1, HOUR);
            } while (taken.isEmpty());
            worker.goOn();
            worker.enter();
            assertEquals("refused", worker.line());
            storage.complete(taken.get(0), due("by the other"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1d", "+1d", "-400d"})
    void aWorkersClockHasNoEffect(String offset) throws Exception {
        List<String> behind = List.of(Peer.require("faketime").program().toString(), "-m", "-f", offset);
        storage.create(THINGS.name("a"), due("x"));
        storage.create(
                THINGS.name("tomorrow"),
                due("x").lookAgainAt(Instant.ofEpochMilli(now()).plus(HOUR)));
        long before = now();
        try (ChildJvm worker = ChildJvm.start(behind, LeaseProgram.class, access("3600000"))) {
            String[] told = worker.line().split(" ");
            long until = Long.parseLong(told[0]);
            long workersClock = Long.parseLong(told[1]);
            assertTrue(Math.abs(workersClock - now()) > Duration.ofHours(23).toMillis(), "the clock was not moved");
            assertTrue(until >= before + HOUR.toMillis() && until <= now() + HOUR.toMillis(), told[0]);
            assertEquals(List.of(), storage.claimDue(THINGS, "other", 5, HOUR));
            worker.enter();
            assertEquals("kept", worker.line());
        }
    }

    private long now() throws Exception {
        try (Connection connection = server.connect()) {
            return new Session(connection)
                    .number("select floor(extract(epoch from clock_timestamp()) * 1000)::bigint")
                    .orElseThrow();
        }
    }
}
