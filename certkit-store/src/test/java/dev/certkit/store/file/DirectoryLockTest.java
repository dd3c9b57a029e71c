package dev.certkit.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StoredRecord;
import dev.certkit.store.faults.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
    private static final RecordName NAME = Shelf.of("things").name("a");
    private static final RecordContent CONTENT = RecordContent.of(new byte[] {1});

    @TempDir
    Path temp;

    private Path directory() {
        return temp.resolve("store");
    }

    @Nested
    class ASecondOpener {
        @Test
        void inThisProcessIsRefusedWithThisProcessId() throws IOException {
            try (DirectoryStorage first = DirectoryStorage.at(directory())) {
                DirectoryInUseException refused =
                        assertThrows(DirectoryInUseException.class, () -> DirectoryStorage.at(directory()));
                assertEquals(OptionalLong.of(ProcessHandle.current().pid()), refused.pid());
                first.create(NAME, CONTENT);
            }
        }

        @Test
        void inAnotherProcessIsRefusedWithTheOwnersProcessId() throws IOException {
            try (ChildJvm child =
                    ChildJvm.start(HoldingProgram.class, directory().toString())) {
                assertEquals("open 0", child.line());
                DirectoryInUseException refused = assertTimeout(
                        Duration.ofSeconds(1),
                        () -> assertThrows(DirectoryInUseException.class, () -> DirectoryStorage.at(directory())));
                assertEquals(OptionalLong.of(child.pid()), refused.pid());
                assertTrue(refused.getMessage().contains("process " + child.pid()), refused.getMessage());
            }
        }

        @Test
        void whoWasRefusedInThisProcessLeavesTheLockAgainstOtherProcesses() throws IOException {
            try (DirectoryStorage first = DirectoryStorage.at(directory())) {
                assertThrows(DirectoryInUseException.class, () -> DirectoryStorage.at(directory()));
                try (ChildJvm child =
                        ChildJvm.start(HoldingProgram.class, directory().toString())) {
                    String answer = child.line();
                    assertTrue(answer.startsWith("DirectoryInUseException"), answer);
                    assertTrue(
                            answer.contains("process " + ProcessHandle.current().pid()), answer);
                }
                assertThrows(DirectoryInUseException.class, () -> DirectoryStorage.at(directory()));
                first.create(NAME, CONTENT);
            }
        }

        @Test
        void isLetInAfterClosing() throws IOException {
            DirectoryStorage.at(directory()).close();
            DirectoryStorage.at(directory()).close();
        }

        @Test
        void isLetInAfterAnOpeningThatFailed() throws IOException {
            Files.createDirectories(directory().resolve("store.lock"));
            assertThrows(IOException.class, () -> DirectoryStorage.at(directory()));
            Files.delete(directory().resolve("store.lock"));
            DirectoryStorage.at(directory()).close();
        }

        @Test
        void isLetInAfterTheFirstWasKilled() throws IOException {
            try (ChildJvm child =
                    ChildJvm.start(HoldingProgram.class, directory().toString())) {
                assertEquals("open 0", child.line());
                child.kill().exit();
                assertTrue(Files.readString(directory().resolve("store.lock")).startsWith(child.pid() + "\n"));
                DirectoryStorage.at(directory()).close();
            }
        }
    }

    @Nested
    class ADirectoryThatGoesAway {
        private void assertUseless(DirectoryStorage storage, StoredRecord record, String word) {
            for (IOException e : new IOException[] {
                assertThrows(IOException.class, () -> storage.find(NAME)),
                assertThrows(IOException.class, () -> storage.replace(record, CONTENT)),
                assertThrows(IOException.class, () -> storage.delete(record)),
                assertThrows(IOException.class, () -> storage.claimDue(NAME.shelf(), "w", 1, Duration.ofDays(1)))
            }) {
                assertTrue(e.getMessage().contains(word), e.getMessage());
            }
        }

        @Test
        void makesCallsFailAndTheyWorkAgainWhenItIsBack() throws IOException {
            try (DirectoryStorage storage = DirectoryStorage.at(directory())) {
                StoredRecord record = storage.create(NAME, CONTENT);
                Files.move(directory(), temp.resolve("away"));
                assertUseless(storage, record, "is gone");
                Files.move(temp.resolve("away"), directory());
                assertEquals(Optional.of(record), storage.find(NAME));
                storage.delete(storage.replace(record, CONTENT));
                assertEquals(0, storage.damaged().size());
            }
        }

        @Test
        void isNotConfusedWithAnotherInItsPlace() throws IOException {
            try (DirectoryStorage storage = DirectoryStorage.at(directory())) {
                StoredRecord record = storage.create(NAME, CONTENT);
                Files.move(directory(), temp.resolve("away"));
                DirectoryStorage.at(directory()).close();
                assertUseless(storage, record, "not the directory that was opened");
                try (var files = Files.list(directory())) {
                    assertEquals(
                            0,
                            files.filter(file -> file.toString().endsWith(".rec"))
                                    .count());
                }
            }
        }

        @Test
        void isNotTakenForDamageByWhoeverReadsMeanwhile() throws IOException {
            try (DirectoryStorage storage = DirectoryStorage.at(directory())) {
                StoredRecord first = storage.create(NAME, CONTENT);
                StoredRecord second = storage.replace(first, CONTENT);
                Files.move(directory(), temp.resolve("away"));
                assertThrows(IOException.class, () -> storage.find(NAME));
                Files.move(temp.resolve("away"), directory());
                assertEquals(Optional.of(second), storage.find(NAME));
            }
        }
    }
}
