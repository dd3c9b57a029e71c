package dev.certkit.store.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.store.Shelf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that are killed again and again at any moment; a data base's file is shared by two of them. */
class KillTest {
    private static final int KILLS = Rounds.shortOrLong(12, 500);

    @TempDir
    Path place;

    private final Oracle oracle = new Oracle();
    private final Random random = new Random();

    private static List<List<String>> shelvesOfProcesses(Medium medium) {
        return switch (medium) {
            case DIRECTORY -> List.of(List.of("one", "two", "three"));
            case SQLITE -> List.of(List.of("one", "two"), List.of("three"));
        };
    }

    @ParameterizedTest
    @EnumSource(Medium.class)
    void nothingAcknowledgedIsLostAndNothingIsHalfDone(Medium medium, TestReporter reporter) throws IOException {
        try (Medium.Open open = medium.open(place)) {
            Grinder.prepare(open.storage());
        }
        List<List<String>> processes = shelvesOfProcesses(medium);
        int kills = 0;
        for (int round = 1; kills < KILLS; round++) {
            killAll(start(medium, processes, round));
            kills += processes.size();
            assertStates(medium, "round " + round);
        }
        assertTrue(oracle.acknowledgements() > 5 * KILLS, oracle.acknowledgements() + " acknowledgements");
        reporter.publishEntry(
                medium + ": " + kills + " kills, " + oracle.acknowledgements() + " acknowledged writes, none lost");
    }

    private List<ChildJvm> start(Medium medium, List<List<String>> processes, int round) throws IOException {
        List<ChildJvm> children = new ArrayList<>();
        for (List<String> shelves : processes) {
            String firstState = processes.size() * round + children.size() + "000000";
            String[] arguments = Stream.concat(Stream.of(medium.name(), place.toString(), firstState), shelves.stream())
                    .toArray(String[]::new);
            children.add(ChildJvm.start(GrindProgram.class, arguments));
        }
        return children;
    }

    private void killAll(List<ChildJvm> children) {
        for (int lines = random.nextInt(150); lines >= 0; lines--) {
            String line = children.get(lines % children.size()).line();
            assertNotNull(line, "a child ended by itself");
            oracle.note(line);
        }
        // lines come just before and just after a write; the moment shall be any
        LockSupport.parkNanos(random.nextLong(TimeUnit.MILLISECONDS.toNanos(2)));
        children.forEach(ChildJvm::kill);
        for (ChildJvm child : children) {
            child.remainingLines().forEach(oracle::note);
            assertEquals(137, child.exit());
        }
    }

    private void assertStates(Medium medium, String where) throws IOException {
        try (Medium.Open open = medium.open(place)) {
            assertEquals(List.of(), medium.damage(open), where);
            oracle.check(
                    open.storage(),
                    shelvesOfProcesses(medium).stream()
                            .flatMap(List::stream)
                            .map(Shelf::of)
                            .toList(),
                    where);
            oracle.checkCounter(open.storage(), where);
        }
    }
}
