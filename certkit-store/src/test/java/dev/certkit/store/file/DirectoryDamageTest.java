package dev.certkit.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.store.Lease;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.StoredRecord;
import dev.certkit.store.faults.ChildJvm;
import dev.certkit.store.faults.Rounds;
import dev.certkit.time.MovableClock;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryDamageTest {
    private static final Shelf SHELF = Shelf.of("things");
    private static final RecordName NAME = SHELF.name("a \n b");
    private static final Instant DUE = Instant.parse("2026-11-22T10:00:00Z");
    private static final int[] FLIPS =
            Rounds.isLong() ? IntStream.range(1, 256).toArray() : new int[] {0x01, 0x20, 0xff};
    private static final Fingerprint FINGERPRINT = Fingerprint.sha256(new byte[1]);

    @TempDir
    Path directory;

    private StoredRecord first;
    private StoredRecord second;
    private StoredRecord neighbour;

    private static RecordContent content(String payload) {
        return RecordContent.of(payload.getBytes(StandardCharsets.UTF_8))
                .lookAgainAt(DUE)
                .indexedBy(FINGERPRINT);
    }

    private DirectoryStorage open() throws IOException {
        return DirectoryStorage.draft(directory).clock(MovableClock.at(DUE)).open();
    }

    @BeforeEach
    void write() throws IOException {
        try (DirectoryStorage storage = open()) {
            first = storage.create(NAME, content("first"));
            second = storage.replace(first, content("second"));
            neighbour = storage.create(SHELF.name("neighbour"), content("x"));
        }
    }

    private Path file(StoredRecord record) {
        return directory.resolve(
                GenerationName.of(record.name(), record.revision()).fileName());
    }

    private void spoil(StoredRecord record) throws IOException {
        byte[] bytes = Files.readAllBytes(file(record));
        bytes[bytes.length - 1] ^= 1;
        Files.write(file(record), bytes);
    }

    private void assertTakenBack(String what) throws IOException {
        try (DirectoryStorage storage = open()) {
            assertTakenBack(storage, what);
        }
    }

    private void assertTakenBack(DirectoryStorage storage, String what) throws IOException {
        assertEquals(Optional.of(first), storage.find(NAME), what);
        assertEquals(1, storage.damaged().size(), what);
        DamagedFile damaged = storage.damaged().get(0);
        assertEquals(directory.toRealPath().resolve(file(second).getFileName()), damaged.file(), what);
        assertEquals(Optional.of(first.header()), damaged.usedInstead(), what);
        assertEquals(Optional.of(neighbour), storage.find(neighbour.name()), what);
        assertEquals(2, storage.list(SHELF, Optional.empty(), 10).size(), what);
    }

    @Nested
    class TheNewestGeneration {
        @Test
        void flippedInAnyByteIsFoundOut() throws IOException {
            byte[] whole = Files.readAllBytes(file(second));
            for (int at = 0; at < whole.length; at++) {
                for (int flip : FLIPS) {
                    byte[] flipped = whole.clone();
                    flipped[at] ^= (byte) flip;
                    Files.write(file(second), flipped);
                    assertTakenBack("byte " + at + " ^ " + flip);
                }
            }
        }

        @Test
        void cutToAnyLengthIsFoundOut() throws IOException {
            byte[] whole = Files.readAllBytes(file(second));
            for (int length = 0; length < whole.length; length++) {
                Files.write(file(second), Arrays.copyOf(whole, length));
                assertTakenBack("length " + length);
            }
        }

        @Test
        void withAnythingBehindItIsFoundOut() throws IOException {
            byte[] whole = Files.readAllBytes(file(second));
            for (int longer : new int[] {1, 4096, RecordFile.MAX_BYTES}) {
                Files.write(file(second), Arrays.copyOf(whole, whole.length + longer));
                assertTakenBack("longer by " + longer);
            }
        }

        @Test
        void thatIsACopyOfAnotherFileIsFoundOut() throws IOException {
            Files.copy(file(first), file(second), StandardCopyOption.REPLACE_EXISTING);
            assertTakenBack("older generation");
            Files.copy(file(neighbour), file(second), StandardCopyOption.REPLACE_EXISTING);
            assertTakenBack("another record");
        }

        @Test
        void damagedWhileTheStorageIsOpenIsFoundOutByTheNextReader() throws IOException {
            try (DirectoryStorage storage = open()) {
                long token = storage.changeToken();
                spoil(second);
                assertTakenBack(storage, "spoiled");
                assertTrue(storage.changeToken() != token);
            }
        }

        @Test
        void deletedWhileTheStorageIsOpenIsFoundOutByTheNextReader() throws IOException {
            try (DirectoryStorage storage = open()) {
                Files.delete(file(second));
                assertTakenBack(storage, "deleted");
            }
        }

        @Test
        void isNeverExpectedAgainAfterItWasTakenBack() throws IOException {
            spoil(second);
            try (DirectoryStorage storage = open()) {
                assertThrows(StaleRecordException.class, () -> storage.replace(second, content("lost")));
                StoredRecord third = storage.replace(first, content("third"));
                assertTrue(third.revision() > second.revision());
                assertFalse(Files.exists(file(second)));
                assertTrue(Files.exists(file(first)));
            }
            try (DirectoryStorage storage = open()) {
                assertEquals("third", text(storage.find(NAME).orElseThrow()));
                assertEquals(List.of(), storage.damaged());
            }
        }

        @Test
        void doesNotComeBackAfterDeletion() throws IOException {
            spoil(second);
            try (DirectoryStorage storage = open()) {
                storage.delete(first);
                assertFalse(Files.exists(file(second)));
            }
            try (DirectoryStorage storage = open()) {
                assertEquals(Optional.empty(), storage.find(NAME));
            }
        }

        @Test
        void takenBackIsClaimedAsTheOlderOneSays() throws IOException {
            spoil(second);
            try (DirectoryStorage storage = open()) {
                List<Lease> leases = storage.claimDue(SHELF, "w", 10, Duration.ofMinutes(1));
                assertEquals(
                        List.of("first", "x"),
                        leases.stream().map(lease -> text(lease.record())).toList());
            }
        }
    }

    private static String text(StoredRecord record) {
        return new String(record.content().payload(), StandardCharsets.UTF_8);
    }

    @Nested
    class AllGenerations {
        private void assertLost(DirectoryStorage storage) throws IOException {
            DamagedRecordException lost = assertThrows(DamagedRecordException.class, () -> storage.find(NAME));
            assertEquals(NAME, lost.name());
            assertEquals(2, lost.files().size());
            assertTrue(lost.getMessage().contains(file(second).getFileName().toString()), lost.getMessage());
            assertTrue(lost.getMessage().startsWith("things/a \\u000a b "), lost.getMessage());
            assertThrows(DamagedRecordException.class, () -> storage.create(NAME, content("new")));
            assertThrows(DamagedRecordException.class, () -> storage.replace(second, content("new")));
            assertThrows(DamagedRecordException.class, () -> storage.delete(second));
            assertEquals(Optional.of(neighbour), storage.find(neighbour.name()));
            storage.replace(neighbour, content("still written"));
        }

        @Test
        void damagedMakeTheRecordAnErrorAndLeaveTheOthersServed() throws IOException {
            spoil(first);
            spoil(second);
            try (DirectoryStorage storage = open()) {
                assertEquals(2, storage.damaged().size());
                assertEquals(Optional.empty(), storage.damaged().get(0).usedInstead());
                assertLost(storage);
            }
        }

        @Test
        void damagedWhileTheStorageIsOpenAreTheSameError() throws IOException {
            try (DirectoryStorage storage = open()) {
                spoil(first);
                spoil(second);
                assertLost(storage);
            }
        }

        @Test
        void emptiedAreStillAnError() throws IOException {
            Files.write(file(first), new byte[0]);
            Files.write(file(second), new byte[0]);
            try (DirectoryStorage storage = open()) {
                assertEquals(List.of(neighbour.header()), storage.list(SHELF, Optional.empty(), 10));
                assertLost(storage);
            }
        }

        @Test
        void damagedAreListedByTheirNameAndNeverDue() throws IOException {
            spoil(first);
            spoil(second);
            try (DirectoryStorage storage = open()) {
                assertEquals(
                        List.of(NAME, neighbour.name()),
                        storage.list(SHELF, Optional.empty(), 10).stream()
                                .map(RecordHeader::name)
                                .toList());
                assertEquals(List.of(neighbour.header()), storage.dueBefore(SHELF, Instant.MAX, 10));
                assertEquals(Optional.of(neighbour), storage.findByFingerprint(SHELF, FINGERPRINT));
            }
        }

        @Test
        void foundDamagedByAClaimDoNotHoldUpTheOthers() throws IOException {
            try (DirectoryStorage storage = open()) {
                spoil(first);
                spoil(second);
                List<Lease> leases = storage.claimDue(SHELF, "w", 10, Duration.ofMinutes(1));
                assertEquals(
                        List.of(neighbour.name()),
                        leases.stream().map(l -> l.record().name()).toList());
            }
        }

        @Test
        void healWhenAFileIsRestored() throws IOException {
            byte[] whole = Files.readAllBytes(file(second));
            spoil(first);
            Files.write(file(second), new byte[0]);
            try (DirectoryStorage storage = open()) {
                assertThrows(DamagedRecordException.class, () -> storage.find(NAME));
                Files.write(file(second), whole);
                assertEquals(Optional.of(second), storage.find(NAME));
                assertEquals(
                        List.of(NAME),
                        List.of(storage.findByFingerprint(SHELF, FINGERPRINT)
                                .orElseThrow()
                                .name()));
                storage.replace(second, content("goes on"));
            }
        }
    }

    @Test
    void theWarningNamesTheFileOnOneLine() throws IOException {
        spoil(second);
        ProcessBuilder builder = new ProcessBuilder(ChildJvm.command(HoldingProgram.class, directory.toString()));
        builder.command().add(1, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        builder.command().removeIf(argument -> argument.endsWith("LogLevel=error"));
        Path log = directory.resolve("log");
        Process child = builder.redirectError(log.toFile()).start();
        child.getOutputStream().close();
        assertEquals(0, child.onExit().join().exitValue());
        List<String> lines = Files.readAllLines(log);
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(
                lines.get(0)
                        .contains(file(second).getFileName() + " does not match its checksum; revision "
                                + first.revision() + " of things/a \\u000a b is used"),
                lines.get(0));
        assertFalse(lines.get(0).contains("first") || lines.get(0).contains("second"), lines.get(0));
    }
}
