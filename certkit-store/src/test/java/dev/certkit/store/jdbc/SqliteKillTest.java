package dev.certkit.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.store.Shelf;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one file that are killed again and again; {@code -Dcertkit.kills=500} makes it a long run. */
class SqliteKillTest {
    private static final int KILLS = Integer.getInteger("certkit.kills", 12);
    private static final List<String> FIRST = List.of("one", "two");
    private static final List<String> SECOND = List.of("three");
    private static final List<Shelf> SHELVES = List.of(Shelf.of("one"), Shelf.of("two"), Shelf.of("three"));

    @TempDir
    Path directory;

    private final Oracle oracle = new Oracle();

    @Test
    void nothingAcknowledgedIsLostAndNothingIsHalfDone(TestReporter reporter) throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (HikariDataSource pool = SqliteFile.pool(file())) {
            JdbcStorage storage = JdbcStorage.on(pool);
            Grinder.prepare(storage);
            for (int round = 1; 2 * round <= KILLS; round++) {
                String where = "seed " + seed + ", round " + round;
                killBothAfter(random.nextInt(150), round);
                oracle.check(storage, SHELVES, where);
                oracle.checkCounter(storage, where);
            }
            assertTrue(oracle.acknowledgements() > 10 * KILLS, oracle.acknowledgements() + " acknowledgements");
            try (Connection connection = pool.getConnection()) {
                assertEquals(
                        "ok",
                        new Session(connection)
                                .row("pragma integrity_check", row -> row.getString(1))
                                .orElseThrow());
            }
        }
        reporter.publishEntry(KILLS + " kills, " + oracle.acknowledgements() + " acknowledged writes");
    }

    private Path file() {
        return directory.resolve("store.db");
    }

    private void killBothAfter(int lines, int round) throws Exception {
        List<String> told = new ArrayList<>();
        try (JdbcChild first = child(FIRST, 2 * round);
                JdbcChild second = child(SECOND, 2 * round + 1)) {
            for (int i = 0; i <= lines; i++) {
                JdbcChild next = i % 3 == 2 ? second : first;
                String line = next.line();
                assertNotNull(line, "a child ended by itself");
                told.add(line);
            }
            first.kill();
            told.add(second.line());
            second.kill();
            told.addAll(first.remainingLines());
            told.addAll(second.remainingLines());
            assertEquals(137, first.exit());
            assertEquals(137, second.exit());
        }
        told.forEach(oracle::note);
    }

    private JdbcChild child(List<String> shelves, int generation) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(file().toString(), generation + "000000"));
        arguments.addAll(shelves);
        return JdbcChild.start(GrindProgram.class, arguments);
    }
}
