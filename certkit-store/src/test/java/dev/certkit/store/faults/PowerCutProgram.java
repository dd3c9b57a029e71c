package dev.certkit.store.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.certkit.store.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
            program.cutWhileGrinding(round);
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

    private void cutWhileGrinding(int round) throws IOException {
        String[] arguments = {medium.name(), place().toString(), round + "000000", "one", "two", "three"};
        ProcessBuilder grinding = new ProcessBuilder(ChildJvm.command(GrindProgram.class, arguments))
                // it fails as it should when its disk is gone
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        try (ChildJvm child = ChildJvm.start(grinding)) {
            for (int lines = random.nextInt(150); lines >= 0; lines--) {
                String line = child.line();
                assertNotNull(line, "the child ended by itself");
                oracle.note(line);
            }
            LockSupport.parkNanos(random.nextLong(TimeUnit.MILLISECONDS.toNanos(2)));
            Files.write(unsynced(round), UNSYNCED);
            if (round % 2 == 0) {
                cutAtRest(child);
            } else {
                cutAtWork(child);
            }
        }
    }

    /** Between any two system calls; what was told until then holds. */
    private void cutAtRest(ChildJvm child) {
        child.stop();
        disk.cut();
        child.kill().remainingLines().forEach(oracle::note);
    }

    /** In the middle of one, too; but then the kernel lets a sync succeed whose file's length it could not write any more. */
    private void cutAtWork(ChildJvm child) {
        disk.cut();
        child.kill().remainingLines().forEach(oracle::noteDoubtful);
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
