package dev.certkit.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.certkit.peers.Peer;
import dev.certkit.store.HostileNames;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.faults.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryAccessTest {
    private static final RecordName NAME = Shelf.of("things").name("a");
    private static final RecordContent CONTENT = RecordContent.of(new byte[] {1});

    @TempDir
    Path temp;

    @BeforeEach
    void needsPosix() {
        assumeTrue(temp.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    }

    private Path directoryWith(String permissions) throws IOException {
        Path directory = Files.createDirectory(temp.resolve("store"));
        return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "022", "027", "077"})
    void everythingIsTheOwnersOnlyWhateverTheUmask(String umask) throws IOException {
        Path directory = temp.resolve("made/on/the/way/store");
        List<String> command = new ArrayList<>(List.of("-c", "umask " + umask + "; exec \"$@\"", "sh"));
        command.addAll(ChildJvm.command(PermissionProgram.class, directory.toString()));
        String seen = Peer.require("sh")
                .run(temp, command.toArray(String[]::new))
                .succeeded()
                .out();
        assertEquals("rwx------\nrw-------\n", seen);
        for (Path made = directory; !made.equals(temp); made = made.getParent()) {
            assertEquals("rwx------", permissions(made));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwx-w----", "rwx---rwx", "rwxr-x-w-"})
    void aDirectoryThatOthersCanWriteIsRefused(String permissions) throws IOException {
        Path directory = directoryWith(permissions);
        IOException refused = assertThrows(IOException.class, () -> DirectoryStorage.at(directory));
        assertTrue(refused.getMessage().contains(permissions), refused.getMessage());
        assertTrue(refused.getMessage().contains("chmod go-w"), refused.getMessage());
        assertEmpty(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwx------", "rwxr-x---", "rwxr-xr-x"})
    void aDirectoryThatOthersCanOnlyReadIsTaken(String permissions) throws IOException {
        DirectoryStorage.at(directoryWith(permissions)).close();
    }

    @Test
    void aDirectoryOfAnotherUserIsRefused() throws IOException {
        Path directory = directoryWith("rwx------");
        assumeTrue(
                Peer.require("chown").run(temp, "12345", directory.toString()).exit() == 0,
                "only root can give a directory away");
        IOException refused = assertThrows(IOException.class, () -> DirectoryStorage.at(directory));
        assertTrue(refused.getMessage().contains("belongs to"), refused.getMessage());
        assertEmpty(directory);
    }

    private static void assertEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void aLinkInTheDirectorysPlaceIsRefused() throws IOException {
        Path victim = Files.createDirectory(temp.resolve("victim"));
        Path link = Files.createSymbolicLink(temp.resolve("store"), victim);
        IOException refused = assertThrows(IOException.class, () -> DirectoryStorage.at(link));
        assertTrue(refused.getMessage().contains("symbolic link"), refused.getMessage());
        assertEmpty(victim);
    }

    @Test
    void aDanglingLinkInTheDirectorysPlaceIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("store"), temp.resolve("nowhere"));
        assertThrows(IOException.class, () -> DirectoryStorage.at(link));
        assertTrue(Files.notExists(temp.resolve("nowhere")));
    }

    @Test
    void aFileInTheDirectorysPlaceIsRefused() throws IOException {
        Path file = Files.writeString(temp.resolve("store"), "text");
        IOException refused = assertThrows(IOException.class, () -> DirectoryStorage.at(file));
        assertTrue(refused.getMessage().contains("not a directory"), refused.getMessage());
        assertEquals("text", Files.readString(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"store.lock", "store.gate"})
    void aLinkInALocksPlaceIsNotFollowed(String lock) throws IOException {
        Path victim = Files.writeString(temp.resolve("victim"), "untouched");
        Path directory = directoryWith("rwx------");
        Files.createSymbolicLink(directory.resolve(lock), victim);
        assertThrows(IOException.class, () -> DirectoryStorage.at(directory));
        assertEquals("untouched", Files.readString(victim));
    }

    @Test
    void linksInTheNextFilesPlacesAreNotFollowed() throws IOException {
        Path victim = Files.writeString(temp.resolve("victim"), "untouched");
        Path directory = directoryWith("rwx------");
        try (DirectoryStorage storage = DirectoryStorage.at(directory)) {
            Files.createSymbolicLink(directory.resolve(".tmp-1"), victim);
            Files.createSymbolicLink(
                    directory.resolve(GenerationName.of(NAME, 2).fileName()), victim);
            assertThrows(IOException.class, () -> storage.create(NAME, CONTENT));
            assertEquals(2, storage.create(NAME, CONTENT).revision());
            assertEquals(CONTENT, storage.find(NAME).orElseThrow().content());
        }
        assertEquals("untouched", Files.readString(victim));
    }

    @Test
    void aLinkInARecordsPlaceIsNotRead() throws IOException {
        Path directory = directoryWith("rwx------");
        Path file = directory.resolve(GenerationName.of(NAME, 1).fileName());
        try (DirectoryStorage storage = DirectoryStorage.at(directory)) {
            storage.create(NAME, CONTENT);
        }
        Files.createSymbolicLink(file, Files.move(file, temp.resolve("moved")));
        try (DirectoryStorage storage = DirectoryStorage.at(directory)) {
            DamagedRecordException damaged = assertThrows(DamagedRecordException.class, () -> storage.find(NAME));
            assertEquals("is not a regular file", damaged.files().get(0).reason());
        }
    }

    @Test
    void hostileNamesLeaveNoFileOutsideAndNoTextInFileNames() throws IOException {
        Path directory = temp.resolve("deep/store");
        try (DirectoryStorage storage = DirectoryStorage.at(directory)) {
            for (String name : HostileNames.ALL) {
                storage.create(NAME.shelf().name(name), CONTENT);
            }
        }
        try (Stream<Path> files = Files.walk(temp)) {
            files.filter(file -> file.toString().endsWith(".rec"))
                    .forEach(file -> assertTrue(
                            file.getParent().equals(directory)
                                    && file.getFileName().toString().matches("things-[0-9a-f]{64}-[0-9]+\\.rec"),
                            file::toString));
        }
    }
}
