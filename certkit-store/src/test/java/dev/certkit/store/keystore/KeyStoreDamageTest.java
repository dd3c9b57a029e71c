package dev.certkit.store.keystore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.Passphrase;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StoredRecord;
import dev.certkit.store.faults.Rounds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files themselves: who may read them, and what becomes of one that is broken. */
class KeyStoreDamageTest {
    private static final Passphrase PASSPHRASE = Passphrase.of("correct horse");
    private static final RecordName NAME = Shelf.of("settings").name("a");
    private static final int SAMPLES = Rounds.shortOrLong(60, 10_000);

    @TempDir
    Path directory;

    private byte[] whole;

    @BeforeEach
    void twoGenerations() throws IOException {
        try (KeyStoreStorage storage = open()) {
            storage.replace(storage.create(NAME, content("old")), content("new"));
        }
        whole = Files.readAllBytes(file());
    }

    private static RecordContent content(String text) {
        return RecordContent.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(KeyStoreStorage storage) {
        return storage.find(NAME)
                .map(record -> new String(record.content().payload(), StandardCharsets.UTF_8))
                .orElse("absent");
    }

    private Path file() {
        return directory.resolve("store.p12");
    }

    private Path previous() {
        return directory.resolve("store.p12.previous");
    }

    private KeyStoreStorage open() throws IOException {
        return KeyStoreStorage.at(file(), PASSPHRASE);
    }

    @Test
    void onlyItsOwnerMayReadAnyOfTheFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path each : files.toList()) {
                assertEquals(
                        "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(each, LinkOption.NOFOLLOW_LINKS)),
                        each.toString());
            }
        }
    }

    @Test
    void theFileBeforeHasWhatWasBefore() throws IOException {
        Files.delete(file());
        try (KeyStoreStorage storage = open()) {
            assertEquals("old", text(storage));
            assertEquals(previous(), storage.damaged().orElseThrow().usedInstead());
            assertTrue(storage.damaged().orElseThrow().reason().contains("is missing"));
        }
    }

    @Test
    void aFlippedBitIsFoundAndTheFileBeforeIsUsed() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < SAMPLES; i++) {
            int at = i * whole.length / SAMPLES;
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            assertUsesTheFileBefore(flipped, "flipped at " + at);
        }
    }

    @Test
    void aTornFileIsFoundAndTheFileBeforeIsUsed() throws IOException {
        for (int i = 0; i < SAMPLES; i++) {
            int length = i * whole.length / SAMPLES;
            assertUsesTheFileBefore(Arrays.copyOf(whole, length), "cut at " + length);
            byte[] blank = Arrays.copyOf(Arrays.copyOf(whole, length), whole.length);
            assertUsesTheFileBefore(blank, "zeros from " + length);
        }
    }

    /** A bit that nobody looks at may be another one, then the file is whole. */
    private void assertUsesTheFileBefore(byte[] broken, String how) throws IOException {
        Files.write(file(), broken);
        try (KeyStoreStorage storage = open()) {
            assertEquals(storage.damaged().isPresent() ? "old" : "new", text(storage), how);
            if (storage.damaged().isPresent()) {
                assertEquals(file(), storage.damaged().get().file());
            } else {
                assertTrue(how.startsWith("flipped"), how);
            }
        }
        assertArrayEquals(broken, Files.readAllBytes(file()), "only a write replaces the broken file");
    }

    @Test
    void theNextWriteHealsWithoutLosingTheFileThatWasUsed() throws IOException {
        Files.write(file(), new byte[100]);
        try (KeyStoreStorage storage = open()) {
            StoredRecord old = storage.find(NAME).orElseThrow();
            storage.replace(old, content("newer"));
        }
        try (KeyStoreStorage storage = open()) {
            assertEquals(Optional.empty(), storage.damaged());
            assertEquals("newer", text(storage));
        }
        Files.delete(file());
        try (KeyStoreStorage storage = open()) {
            assertEquals("old", text(storage));
        }
    }

    @Test
    void withoutAWholeFileNothingIsOpenedAndNothingIsTouched() throws IOException {
        byte[] broken = new byte[100];
        Files.write(file(), broken);
        Files.write(previous(), broken);
        FileSystemException refused = assertThrows(FileSystemException.class, this::open);
        assertTrue(refused.getMessage().contains("restore it from a backup"), refused.getMessage());
        assertArrayEquals(broken, Files.readAllBytes(file()));
    }

    @Test
    void aWrongPassphraseIsToldAndTheFileBeforeIsNotUsed() {
        FileSystemException refused = assertThrows(
                FileSystemException.class, () -> KeyStoreStorage.at(file(), Passphrase.of("battery staple")));
        assertTrue(refused.getMessage().contains("the passphrase is wrong"), refused.getMessage());
        assertTrue(!refused.getMessage().contains("battery"), refused.getMessage());
    }

    @Test
    void anEmptyPassphraseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> KeyStoreStorage.at(file(), Passphrase.of("")));
    }

    @Test
    void aSymbolicLinkIsNotFollowed() throws IOException {
        Path elsewhere = Files.move(file(), directory.resolve("elsewhere.p12"));
        Files.createSymbolicLink(file(), elsewhere);
        assertThrows(FileSystemException.class, this::open);
        assertArrayEquals(whole, Files.readAllBytes(elsewhere));
    }

    @Test
    void aDirectoryThatOthersMayWriteIsRefused() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        FileSystemException refused = assertThrows(FileSystemException.class, this::open);
        assertTrue(refused.getMessage().contains("chmod go-w"), refused.getMessage());
    }

    @Test
    void aSecondOpeningIsRefusedWithTheOwnersPidUntilTheFirstIsClosed() throws IOException {
        try (KeyStoreStorage storage = open()) {
            KeyStoreInUseException refused = assertThrows(KeyStoreInUseException.class, this::open);
            assertEquals(ProcessHandle.current().pid(), refused.pid().orElseThrow());
            storage.create(NAME.shelf().name("b"), content("still locked"));
        }
        open().close();
    }

    @Test
    void twoKeyStoresOfOneDirectoryDoNotKnowEachOther() throws IOException {
        try (KeyStoreStorage one = open();
                KeyStoreStorage two = KeyStoreStorage.at(directory.resolve("two.p12"), PASSPHRASE)) {
            two.create(NAME, content("of two"));
            assertEquals("new", text(one));
        }
    }

    @Test
    void anUnfinishedFileIsSwept() throws IOException {
        Path unfinished = Files.write(directory.resolve("store.p12.unfinished"), new byte[10]);
        open().close();
        assertTrue(Files.notExists(unfinished));
    }

    @Test
    void aFailedWriteChangesNothingAndTheNextSucceeds() throws IOException {
        try (KeyStoreStorage storage = open()) {
            StoredRecord now = storage.find(NAME).orElseThrow();
            Path obstacle = Files.createDirectories(directory.resolve("store.p12.unfinished/x"));
            IOException failed = assertThrows(IOException.class, () -> storage.replace(now, content("failed")));
            assertTrue(failed.getMessage().contains("call again when the cause is gone"), failed.getMessage());
            assertEquals("new", text(storage));
            for (Path each : List.of(obstacle, obstacle.getParent())) {
                Files.delete(each);
            }
            assertTrue(storage.replace(now, content("newer")).revision() > now.revision() + 1);
        }
        try (KeyStoreStorage storage = open()) {
            assertEquals("newer", text(storage));
        }
    }
}
