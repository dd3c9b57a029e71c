package dev.certkit.store.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certkit.store.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Cuts the power of a disk on which another process grinds, brings it back, and looks at all records, again and again.
 *
 * <p>{@code PowerCutProgram MEDIUM DIRECTORY ROUNDS}, where its mounts are its own. A file that was written without a sync
 * just before each cut shows that the cuts are real: the last line tells how many of them were lost.
 */
final class PowerCutProgram {
    private static final List<Shelf> SHELVES = List.of(Shelf.of("one"), Shelf.of("two"), Shelf.of("three"));
    private static final byte[] UNSYNCED = new byte[5000];

    private final Medium medium;
    private final LoopDisk disk;
    private final Oracle oracle = new Oracle();
    private final Random random = new Random();

    private PowerCutProgram(Medium medium, LoopDisk disk) {
        this.medium = medium;
        this.disk = disk;
        Arrays.fill(UNSYNCED, (byte) 'x');
    }

    public static void main(String[] args) throws IOException {
        PowerCutProgram program = new PowerCutProgram(Medium.valueOf(args[0]), LoopDisk.in(Path.of(args[1])));
        int rounds = Integer.parseInt(args[2]);
        program.disk.mount();
        try (Medium.Open open = program.open()) {
            Grinder.prepare(open.storage());
        }
        int lost = 0;
        for (int round = 1; round <= rounds; round++) {
            program.cut(round);
            program.disk.unmount();
            program.disk.mount();
            program.assertStates("round " + round);
            lost += program.isUnsyncedLost(round) ? 1 : 0;
        }
        program.disk.unmount();
        System.out.println(rounds + " cuts, " + program.oracle.acknowledgements() + " acknowledged writes, none lost; "
                + lost + " files without a sync, lost");
    }

    private Path place() {
        return disk.root().resolve("place");
    }

    private Medium.Open open() throws IOException {
        return medium.open(place());
    }

    private void cut(int round) throws IOException {
        switch (round % 3) {
            case 0 -> cutAfterAStep(round);
            case 1 -> cutAtWork(round);
            default -> cutAtRest(round);
        }
    }

    /** Nothing follows what was acknowledged last, so nothing else's sync can have helped it. */
    private void cutAfterAStep(int round) throws IOException {
        try (ChildJvm child = start(StepwiseProgram.class, round, "one")) {
            for (int steps = 1 + random.nextInt(20); steps > 0; steps--) {
                child.enter();
                for (String line = line(child); !line.equals(StepwiseProgram.DONE); line = line(child)) {
                    oracle.note(line);
                }
            }
            cutNow(round);
        }
    }

    /** In the middle of system calls, too; but then the kernel lets a sync succeed whose file's length it could not write. */
    private void cutAtWork(int round) throws IOException {
        try (ChildJvm child = start(GrindProgram.class, round, "one", "two", "three")) {
            grind(child);
            cutNow(round);
            child.kill().remainingLines().forEach(oracle::noteDoubtful);
        }
    }

    /** Between any two system calls; what was told until then holds. */
    private void cutAtRest(int round) throws IOException {
        try (ChildJvm child = start(GrindProgram.class, round, "one", "two", "three")) {
            grind(child);
            child.stop();
            cutNow(round);
            child.kill().remainingLines().forEach(oracle::note);
        }
    }

    private void grind(ChildJvm child) {
        for (int lines = random.nextInt(150); lines >= 0; lines--) {
            oracle.note(line(child));
        }
        LockSupport.parkNanos(random.nextLong(TimeUnit.MILLISECONDS.toNanos(2)));
    }

    private static String line(ChildJvm child) {
        return Objects.requireNonNull(child.line(), "the child ended by itself");
    }

    private ChildJvm start(Class<?> program, int round, String... shelves) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(medium.name(), place().toString(), round + "000000"));
        arguments.addAll(List.of(shelves));
        return ChildJvm.start(new ProcessBuilder(ChildJvm.command(program, arguments.toArray(String[]::new)))
                // it fails as it should when its disk is gone
                .redirectError(ProcessBuilder.Redirect.DISCARD));
    }

    private void cutNow(int round) throws IOException {
        Files.write(unsynced(round), UNSYNCED);
        disk.cut();
    }

    private Path unsynced(int round) {
        return disk.root().resolve("unsynced" + round);
    }

    private boolean isUnsyncedLost(int round) throws IOException {
        Path file = unsynced(round);
        return Files.notExists(file) || !Arrays.equals(UNSYNCED, Files.readAllBytes(file));
    }

    private void assertStates(String where) throws IOException {
        try (Medium.Open open = open()) {
            assertEquals(List.of(), medium.damage(open), where);
            oracle.check(open.storage(), SHELVES, where);
            oracle.checkCounter(open.storage(), where);
        }
    }
}
