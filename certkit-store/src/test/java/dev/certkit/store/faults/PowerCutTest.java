package dev.certkit.store.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The power of a disk is cut while a process writes; a device's own cache, which may lie, is not a part of this. */
class PowerCutTest {
    private static final int CUTS = Rounds.shortOrLong(6, 60);
    private static final Pattern RESULT = Pattern.compile("\\d+ cuts, (\\d+) acknowledged .* lost; (\\d+) files .*\\n");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Medium.class)
    void losesNothingThatWasAcknowledgedAndLeavesNothingHalfDone(Medium medium, TestReporter reporter) {
        Mounts.requireLoop(directory);
        String result = Mounts.run(
                        directory, PowerCutProgram.class, medium.name(), directory.toString(), Integer.toString(CUTS))
                .succeeded()
                .out();
        Matcher told = RESULT.matcher(result);
        assertTrue(told.matches(), result);
        assertTrue(Integer.parseInt(told.group(1)) > CUTS, result);
        assertTrue(Integer.parseInt(told.group(2)) > CUTS / 2, "the cuts are not real: " + result);
        reporter.publishEntry(medium + ": " + result.strip());
    }
}
