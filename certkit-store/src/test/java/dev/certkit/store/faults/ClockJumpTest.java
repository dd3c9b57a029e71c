package dev.certkit.store.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The system clock of a process jumps to 1970, ten years ahead, and back, while its threads claim and complete. */
class ClockJumpTest {
    private static final int JUMPS = Rounds.shortOrLong(30, 1000);

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Medium.class)
    void losesNoRecordAndNoResultAndKeepsNoneTwice(Medium medium, TestReporter reporter) throws IOException {
        Path clock = directory.resolve("clock");
        String place = directory.resolve("place").toString();
        try (ChildJvm child = ChildJvm.start(
                ClockJumps.command(clock),
                ClockJumpProgram.class,
                medium.name(),
                place,
                clock.toString(),
                Integer.toString(JUMPS))) {
            String told = child.line();
            assertNotNull(told, "the program failed, see above");
            assertEquals(0, child.exit());
            reporter.publishEntry(medium + ": " + told);
        }
    }
}
