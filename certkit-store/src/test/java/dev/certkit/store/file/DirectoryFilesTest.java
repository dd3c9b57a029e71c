package dev.certkit.store.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.peers.Peer;
import dev.certkit.store.HostileNames;
import dev.certkit.store.Lease;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.StoredRecord;
import dev.certkit.time.MovableClock;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryFilesTest {
    private static final Shelf SHELF = Shelf.of("things");
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir
    Path directory;

    private final MovableClock clock = MovableClock.at(START);
    private DirectoryStorage storage;

    @BeforeEach
    void open() throws IOException {
        storage = DirectoryStorage.draft(directory).clock(clock).open();
    }

    @AfterEach
    void close() throws IOException {
        storage.close();
    }

    private void reopen() throws IOException {
        close();
        open();
    }

    private static RecordContent content(String payload) {
        return RecordContent.of(payload.getBytes(StandardCharsets.UTF_8));
    }

    private StoredRecord put(String name, String payload) throws IOException {
        return storage.create(SHELF.name(name), content(payload));
    }

    private List<String> files(String pattern) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(pattern))
                    .sorted()
                    .toList();
        }
    }

    @Nested
    class ARecordsFile {
        private static final String TEXT = """
                certkit-record: 1
                record: things/web \\u202e\u00e9
                revision: 1
                lease-epoch: 0
                next-at: 2026-11-22T10:00:00.500Z
                fingerprint: 4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a

                payload
                """;

        private Path write() throws IOException {
            RecordContent content = content("payload\n")
                    .lookAgainAt(START.plusMillis(500))
                    .indexedBy(Fingerprint.sha256(new byte[] {1}));
            storage.create(SHELF.name("web \u202e\u00e9"), content);
            return directory.resolve(files("things-.*").get(0));
        }

        @Test
        void isReadableByAPerson() throws IOException {
            String text = Files.readString(write());
            assertEquals(TEXT, text.substring(text.indexOf('\n') + 1));
            assertTrue(text.matches("(?s)sha256: [0-9a-f]{64}\n.*"), text);
        }

        @Test
        void isCheckedAndFoundByHandWithSha256sum() throws IOException {
            Path file = write();
            Peer sh = Peer.require("sh");
            String sum = sh.run(directory, "-c", "tail -n +2 " + file.getFileName() + " | sha256sum")
                    .succeeded()
                    .out();
            assertEquals(
                    "sha256: " + sum.substring(0, 64), Files.readAllLines(file).get(0));
            // By standard input: in the C locale, Java gives a program question marks for arguments beyond ASCII.
            String hash = sh.reading("web \u202e\u00e9".getBytes(StandardCharsets.UTF_8))
                    .run(directory, "-c", "sha256sum")
                    .succeeded()
                    .out();
            assertEquals(
                    "things-" + hash.substring(0, 64) + "-1.rec",
                    file.getFileName().toString());
        }

        @Test
        void namesWhoClaimedIt() throws IOException {
            write();
            clock.advance(Duration.ofSeconds(1));
            Lease lease = storage.claimDue(SHELF, "worker 7 on host-2", 1, Duration.ofMinutes(1))
                    .get(0);
            String claimed =
                    Files.readString(directory.resolve(files("things-.*").get(1)));
            assertTrue(claimed.contains("\nclaimed-by: worker 7 on host-2\n"), claimed);
            assertTrue(claimed.contains("\nlease-epoch: " + lease.epoch() + "\n"), claimed);
            StoredRecord done = storage.complete(lease, content("done"));
            String completed = Files.readString(directory.resolve(
                    GenerationName.of(done.name(), done.revision()).fileName()));
            assertTrue(!completed.contains("claimed-by"), completed);
        }
    }

    @Nested
    class Generations {
        @Test
        void theOneBeforeIsKeptUntilTheNextCommit() throws IOException {
            StoredRecord record = put("a", "1");
            assertEquals(1, files("things-.*").size());
            for (int i = 2; i < 6; i++) {
                StoredRecord before = record;
                record = storage.replace(record, content(Integer.toString(i)));
                List<String> expected = Stream.of(before, record)
                        .map(r -> GenerationName.of(r.name(), r.revision()).fileName())
                        .toList();
                assertEquals(expected, files("things-.*"));
            }
        }

        @Test
        void aDeletionLeavesNone() throws IOException {
            storage.delete(storage.replace(put("a", "1"), content("2")));
            assertEquals(List.of(), files("things-.*"));
            assertEquals(List.of(), files("\\.tmp.*"));
        }

        @Test
        void aThirdOneLeftByAKillIsTidiedWhenOpening() throws IOException {
            StoredRecord first = put("a", "1");
            Path oldest = directory.resolve(
                    GenerationName.of(first.name(), first.revision()).fileName());
            byte[] bytes = Files.readAllBytes(oldest);
            StoredRecord third = storage.replace(storage.replace(first, content("2")), content("3"));
            close();
            Files.write(oldest, bytes);
            open();
            assertEquals(2, files("things-.*").size());
            assertEquals(Optional.of(third), storage.find(third.name()));
        }
    }

    @Nested
    class Reopening {
        @Test
        void givesEverythingBack() throws IOException {
            Map<String, StoredRecord> written = new HashMap<>();
            for (String name : HostileNames.ALL) {
                RecordContent content = content(name).lookAgainAt(START).indexedBy(Fingerprint.sha256(new byte[1]));
                written.put(name, storage.create(SHELF.name(name), content));
            }
            written.replace("web", storage.replace(written.get("web"), content("again")));
            List<RecordHeader> before = storage.list(SHELF, Optional.empty(), 1000);
            List<RecordHeader> due = storage.dueBefore(SHELF, Instant.MAX, 1000);
            reopen();
            assertEquals(before, storage.list(SHELF, Optional.empty(), 1000));
            assertEquals(due, storage.dueBefore(SHELF, Instant.MAX, 1000));
            for (String name : HostileNames.ALL) {
                assertEquals(Optional.of(written.get(name)), storage.find(SHELF.name(name)));
            }
            assertEquals(List.of(), storage.damaged());
        }

        @Test
        void neverRepeatsARevisionOfADeletedRecord() throws IOException {
            StoredRecord last = put("a", "0");
            for (int i = 0; i < 5; i++) {
                storage.delete(last);
                reopen();
                StoredRecord next = put("a", "x");
                assertTrue(next.revision() > last.revision());
                StoredRecord stale = last;
                assertThrows(StaleRecordException.class, () -> storage.replace(stale, content("stale")));
                last = next;
            }
            assertTrue(files("store.ceiling-.*").size() <= 2);
        }

        @Test
        void keepsRevisionsGrowingBeyondAThousandCommits() throws IOException {
            StoredRecord record = put("a", "x");
            for (int i = 0; i < 1010; i++) {
                record = storage.replace(record, content("x"));
            }
            storage.delete(record);
            reopen();
            assertTrue(put("a", "x").revision() > record.revision());
            assertTrue(files("store.ceiling-.*").size() <= 2);
        }

        @Test
        void keepsLeases() throws IOException {
            storage.create(SHELF.name("a"), content("x").lookAgainAt(START));
            Lease lease = storage.claimDue(SHELF, "w", 1, Duration.ofMinutes(1)).get(0);
            reopen();
            assertEquals(List.of(), storage.claimDue(SHELF, "w", 1, Duration.ofMinutes(1)));
            clock.advance(Duration.ofMinutes(1));
            Lease taken = storage.claimDue(SHELF, "w", 1, Duration.ofMinutes(1)).get(0);
            assertTrue(taken.epoch() > lease.epoch());
            assertThrows(StaleRecordException.class, () -> storage.complete(lease, content("late")));
        }

        @Test
        void sweepsUnfinishedFilesAndLeavesOthersAlone() throws IOException {
            put("a", "x");
            close();
            for (String name :
                    List.of(".tmp-77", ".tmp-18446744073709551615", "README", ".tmp-x", "things-x-1.rec", "x~")) {
                Files.writeString(directory.resolve(name), "text");
            }
            open();
            assertEquals(List.of(".tmp-x"), files("\\.tmp.*"));
            assertEquals(List.of("README", "things-x-1.rec", "x~"), files("README|things-x-.*|x~"));
            assertEquals(1, storage.list(SHELF, Optional.empty(), 10).size());
        }

        @Test
        void isRefusedWhereALaterVersionWrote() throws Exception {
            StoredRecord record = put("a", "x");
            close();
            Path file = directory.resolve(
                    GenerationName.of(record.name(), record.revision()).fileName());
            String covered =
                    Files.readString(file).replaceFirst("sha256.*\n", "").replace("record: 1\n", "record: 2\n");
            Files.writeString(
                    file,
                    "sha256: "
                            + Fingerprint.sha256(covered.getBytes(StandardCharsets.UTF_8))
                                    .hex() + "\n" + covered);
            byte[] before = Files.readAllBytes(file);
            IOException refused = assertThrows(IOException.class, () -> DirectoryStorage.at(directory));
            assertTrue(refused.getMessage().contains("newer version"), refused.getMessage());
            assertArrayEquals(before, Files.readAllBytes(file));
            Files.delete(file);
            open();
        }
    }

    @Nested
    class Refusals {
        @Test
        void theLastRevisionIsTheLast() throws IOException {
            close();
            Files.createFile(directory.resolve("store.ceiling-" + (GenerationName.LAST_REVISION - 10)));
            open();
            IOException refused = assertThrows(IOException.class, () -> put("a", "x"));
            assertTrue(refused.getMessage().contains("the last that a file name can hold"), refused.getMessage());
        }

        @Test
        void theDirectoryIsNamedButNoPayload() throws IOException {
            assertTrue(storage.toString().contains(directory.getFileName().toString()));
        }
    }
}
