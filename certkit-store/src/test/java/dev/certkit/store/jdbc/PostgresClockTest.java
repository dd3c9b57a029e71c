package dev.certkit.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.certkit.store.faults.ClockJumps;
import dev.certkit.store.faults.Rounds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The clock of the server's machine jumps while threads claim and complete; leases go by it. */
class PostgresClockTest {
    private static final int JUMPS = Rounds.shortOrLong(30, 1000);

    @TempDir
    Path directory;

    @Test
    void aServerWhoseClockJumpsLosesNoRecordAndNoResultAndKeepsNoneTwice(TestReporter reporter) throws Exception {
        Path clock = Files.createDirectory(directory.resolve("time")).resolve("clock");
        try (PostgresServer server = PostgresServer.startIn(directory, List.of(), ClockJumps.command(clock));
                HikariDataSource pool = server.pool(server.newSchema())) {
            ClockJumps jumps = new ClockJumps(JdbcStorage.on(pool), clock);
            jumps.assertLeasesHold();
            reporter.publishEntry(jumps.assertEachResultIsKeptOnce(JUMPS));
        }
    }
}
