package dev.certkit.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed again and again at any moment; {@code -Dcertkit.kills=500} makes it a long run. */
class KillTest {
    private static final int KILLS = Integer.getInteger("certkit.kills", 15);

    @TempDir
    Path directory;

    private final Map<String, String> acknowledged = new HashMap<>();
    private final Map<String, String> tried = new HashMap<>();
    private final Map<String, Long> revisions = new HashMap<>();

    @Test
    void nothingAcknowledgedIsLostAndNothingIsHalfDone(TestReporter reporter) throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int acks = 0;
        for (int round = 1; round <= KILLS; round++) {
            String where = "seed " + seed + ", round " + round;
            List<String> lines = killedAfter(random.nextInt(150), round);
            acks += lines.stream()
                    .filter(line -> line.startsWith("ack"))
                    .toList()
                    .size();
            lines.forEach(line -> note(line, where));
            assertStates(where);
        }
        assertTrue(acks > 10 * KILLS, acks + " acknowledgements");
        reporter.publishEntry(KILLS + " kills, " + acks + " acknowledged writes");
    }

    private List<String> killedAfter(int count, int round) throws IOException {
        List<String> lines = new ArrayList<>();
        try (ChildJvm child = ChildJvm.start(WorkProgram.class, directory.toString(), round + "000000")) {
            for (int i = 0; i <= count; i++) {
                String line = child.line();
                assertNotNull(line, "the child ended by itself");
                lines.add(line);
            }
            child.kill();
            lines.addAll(child.remainingLines());
            assertEquals(137, child.exit());
        }
        return lines;
    }

    private void note(String line, String where) {
        String[] words = line.split(" ");
        if (!words[words.length - 1].equals(";")) {
            return;
        }
        if (words[0].equals("try")) {
            tried.put(words[1], words[2]);
            return;
        }
        long revision = Long.parseLong(words[3]);
        long before = revisions.getOrDefault(words[1], 0L);
        boolean isNew = words[2].equals(WorkProgram.ABSENT) ? revision >= before : revision > before;
        assertTrue(isNew, () -> where + ": revision " + revision + " after " + before + " of " + words[1]);
        revisions.put(words[1], revision);
        acknowledged.put(words[1], words[2]);
        tried.remove(words[1]);
    }

    private void assertStates(String where) throws IOException {
        try (DirectoryStorage storage = DirectoryStorage.at(directory)) {
            assertEquals(List.of(), storage.damaged(), where);
            for (Shelf shelf : WorkProgram.SHELVES) {
                for (String text : WorkProgram.NAMES) {
                    assertState(storage, shelf.name(text), where);
                }
            }
        }
    }

    private void assertState(DirectoryStorage storage, RecordName name, String where) throws IOException {
        Optional<StoredRecord> record = storage.find(name);
        String expected = acknowledged.getOrDefault(name.toString(), WorkProgram.ABSENT);
        String alsoPossible = tried.getOrDefault(name.toString(), expected);
        String actual = WorkProgram.state(record);
        assertTrue(
                actual.equals(expected) || actual.equals(alsoPossible),
                () -> where + ": " + name + " is " + actual + ", acknowledged " + expected + ", tried " + alsoPossible);
        record.ifPresent(found -> assertTrue(
                found.revision() >= revisions.getOrDefault(name.toString(), 0L),
                () -> where + ": revision of " + name));
        acknowledged.put(name.toString(), actual);
        tried.remove(name.toString());
    }
}
