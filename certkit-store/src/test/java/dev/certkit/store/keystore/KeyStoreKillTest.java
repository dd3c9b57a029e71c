package dev.certkit.store.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.store.RecordName;
import dev.certkit.store.StoredRecord;
import dev.certkit.store.faults.Rounds;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

/** A process that is killed again and again at any moment. */
class KeyStoreKillTest {
    private static final int KILLS = Rounds.shortOrLong(8, 500);

    @TempDir
    Path directory;

    private final Map<String, String> acknowledged = new HashMap<>();
    private final Map<String, String> tried = new HashMap<>();
    private final Map<String, Long> revisions = new HashMap<>();

    @Test
    void nothingAcknowledgedIsLostAndNothingIsHalfDone(TestReporter reporter) throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 1; round <= KILLS; round++) {
            String where = "seed " + seed + ", round " + round;
            killedAfter(random.nextInt(30), round).forEach(line -> note(line, where));
            assertStates(where);
        }
        assertTrue(Files.exists(file()));
        reporter.publishEntry(KILLS + " kills, " + revisions.size() + " records");
    }

    private Path file() {
        return directory.resolve("work.p12");
    }

    private List<String> killedAfter(int count, int round) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KeyStoreWorkProgram.class.getName(),
                        file().toString(),
                        round + "000000")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i <= count; i++) {
                String line = out.readLine();
                assertNotNull(line, "the child ended by itself");
                lines.add(line);
            }
            // the process itself would also close the pipe with what it had printed
            child.toHandle().destroyForcibly();
            out.lines().forEach(lines::add);
            assertEquals(137, child.waitFor());
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
        boolean isNew = words[2].equals(KeyStoreWorkProgram.ABSENT) ? revision >= before : revision > before;
        assertTrue(isNew, () -> where + ": revision " + revision + " after " + before + " of " + words[1]);
        revisions.put(words[1], revision);
        acknowledged.put(words[1], words[2]);
        tried.remove(words[1]);
    }

    private void assertStates(String where) throws IOException {
        try (KeyStoreStorage storage = KeyStoreStorage.at(file(), KeyStoreWorkProgram.PASSPHRASE)) {
            assertEquals(Optional.empty(), storage.damaged(), where);
            for (String text : KeyStoreWorkProgram.NAMES) {
                assertState(storage, KeyStoreWorkProgram.SHELF.name(text), where);
            }
        }
    }

    private void assertState(KeyStoreStorage storage, RecordName name, String where) {
        Optional<StoredRecord> record = storage.find(name);
        String expected = acknowledged.getOrDefault(name.text(), KeyStoreWorkProgram.ABSENT);
        String alsoPossible = tried.getOrDefault(name.text(), expected);
        String actual = KeyStoreWorkProgram.state(record);
        assertTrue(
                actual.equals(expected) || actual.equals(alsoPossible),
                () -> where + ": " + name + " is " + actual + ", acknowledged " + expected + ", tried " + alsoPossible);
        acknowledged.put(name.text(), actual);
        tried.remove(name.text());
    }
}
