package dev.certkit.store.file;

import static dev.certkit.store.file.LayoutSamples.certified;
import static dev.certkit.store.file.LayoutSamples.permissions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.internal.disk.DirectoryLock;
import dev.certkit.peers.Peer;
import dev.certkit.samples.SamplePki;
import dev.certkit.store.faults.ChildJvm;
import dev.certkit.store.file.FileLayout.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("T6")
class LayoutAccessTest {
    private static final SamplePki PKI = LayoutSamples.pki();
    private static final CertifiedKey KEY = certified(PKI);

    @TempDir
    Path temp;

    private Path directory;

    @BeforeEach
    void needsPosix() {
        assumeTrue(temp.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
        directory = temp.resolve("certs");
    }

    private static PosixFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, PosixFileAttributes.class);
    }

    private String seen(String umask, String group) throws IOException {
        List<String> command = new ArrayList<>(List.of("-c", "umask " + umask + "; exec \"$@\"", "sh"));
        command.addAll(ChildJvm.command(LayoutPermissionProgram.class, directory.toString(), group));
        return Peer.require("sh")
                .run(temp, command.toArray(String[]::new))
                .succeeded()
                .out();
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "022", "077"})
    void everyFileIsTheOwnersOnlyFromItsFirstMomentWhateverTheUmask(String umask) throws IOException {
        assertEquals("rw-------\nrwx------\n", seen(umask, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "077"})
    void aGroupsFilesAreNeverMoreThanTheGroups(String umask) throws IOException {
        Set<String> seen = new TreeSet<>(
                seen(umask, attributes(temp).group().getName()).lines().toList());
        assertTrue(seen.contains("rw-r-----") && seen.contains("rwx--x--x"), seen::toString);
        seen.removeAll(Set.of("rw-------", "rw-r-----", "rwx------", "rwx--x--x"));
        assertEquals(Set.of(), seen);
    }

    @Test
    void aGroupCanReadAndNobodyElse() throws IOException {
        String group = attributes(temp).group().getName();
        ServerFiles files = FileLayout.apache().group(group).unencryptedIn(directory);
        files.write("web", KEY);
        for (Part part : List.of(Part.LEAF, Part.KEY)) {
            PosixFileAttributes file = attributes(files.path("web", part));
            assertEquals("rw-r-----", PosixFilePermissions.toString(file.permissions()));
            assertEquals(group, file.group().getName());
        }
        assertEquals("rwx--x--x", permissions(directory));
    }

    @Test
    void anotherUserGetsTheFilesAndNotTheDirectory() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can give files away");
        ServerFiles files =
                FileLayout.haproxy().owner("nobody").group("nogroup").unencryptedIn(directory);
        files.write("web", KEY);
        PosixFileAttributes file = attributes(files.path("web", Part.KEY));
        assertEquals(
                "nobody nogroup", file.owner().getName() + " " + file.group().getName());
        assertEquals("rw-r-----", PosixFilePermissions.toString(file.permissions()));
        assertEquals("root", attributes(directory).owner().getName());
        assertTrue(LayoutSamples.isSame(KEY, files.read("web").orElseThrow()));
    }

    @Test
    void anOwnerOrGroupThatDoesNotExistIsTold() {
        Map<String, FileLayout> layouts = Map.of(
                "there is no user no-such-name",
                FileLayout.apache().owner("no-such-name"),
                "there is no group no-such-name",
                FileLayout.apache().group("no-such-name"));
        for (Map.Entry<String, FileLayout> layout : layouts.entrySet()) {
            String told = assertThrows(
                            IOException.class, () -> layout.getValue().unencryptedIn(directory))
                    .getMessage();
            assertTrue(told.startsWith(layout.getKey()), told);
            assertFalse(Files.exists(directory));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwx---rwx"})
    void aDirectoryThatOthersCanWriteIsRefusedAlsoLater(String mode) throws IOException {
        ServerFiles files = FileLayout.apache().unencryptedIn(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
        String refused =
                assertThrows(IOException.class, () -> files.write("web", KEY)).getMessage();
        assertTrue(refused.contains("chmod go-w"), refused);
        assertThrows(IOException.class, () -> FileLayout.apache().unencryptedIn(directory));
        assertThrows(IOException.class, () -> FileLayout.hashedDirectory(directory));
        try (Stream<Path> entries = Files.list(directory)) {
            assertEquals(List.of(), entries.toList());
        }
    }

    @Test
    void aLinkThatSomebodyElseMadeIsNeitherFollowedNorReplaced() throws IOException {
        ServerFiles files = FileLayout.apache().unencryptedIn(directory);
        Path victim = Files.writeString(temp.resolve("victim"), "precious");
        for (String planted : List.of("web.key", ".web")) {
            Path link = Files.createSymbolicLink(directory.resolve(planted), victim);
            assertThrows(IOException.class, () -> files.write("web", KEY), planted);
            assertThrows(IOException.class, () -> files.read("web"), planted);
            assertEquals("precious", Files.readString(victim));
            assertTrue(Files.isSymbolicLink(link));
            Files.delete(link);
        }
        files.write("web", KEY);
        assertTrue(LayoutSamples.isSame(KEY, files.read("web").orElseThrow()));
    }

    @Test
    void somethingInTheWayOfAGenerationIsPassedOver() throws IOException {
        ServerFiles files = FileLayout.apache().unencryptedIn(directory);
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Files.createSymbolicLink(directory.resolve(".web+1"), elsewhere);
        files.write("web", KEY);
        assertTrue(LayoutSamples.isSame(KEY, files.read("web").orElseThrow()));
        try (Stream<Path> entries = Files.list(elsewhere)) {
            assertEquals(List.of(), entries.toList());
        }
    }

    @Test
    void theFilesOfADirectoryThatALinkOfOursLeadsToAreNotDeleted() throws IOException {
        ServerFiles files = FileLayout.apache().unencryptedIn(directory);
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Path precious = Files.writeString(elsewhere.resolve("precious"), "x");
        Files.createSymbolicLink(directory.resolve(".web+9"), elsewhere);
        files.write("web", KEY);
        files.write("web", KEY);
        assertTrue(Files.exists(precious, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aSecondWriterIsToldWhoIsThereAndSucceedsWhenThatOneIsDone() throws IOException {
        ServerFiles files = FileLayout.apache().unencryptedIn(directory);
        try (DirectoryLock held =
                DirectoryLock.take(directory.toRealPath(), Links.OURS, DirectoryInUseException::new)) {
            DirectoryInUseException busy = assertThrows(DirectoryInUseException.class, () -> files.write("web", KEY));
            assertEquals(ProcessHandle.current().pid(), busy.pid().orElseThrow());
            held.check();
        }
        files.write("web", KEY);
    }

    @Test
    void readersBesideAWriterSeeOneIdentityOrTheOther() throws Exception {
        ServerFiles files = FileLayout.apache().unencryptedIn(directory);
        CertifiedKey other = certified(PKI);
        files.write("web", KEY);
        Thread writer = new Thread(() -> {
            try {
                for (int i = 0; i < 60; i++) {
                    files.write("web", i % 2 == 0 ? other : KEY);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        writer.start();
        ServerFiles reader = FileLayout.apache().unencryptedIn(directory);
        while (writer.isAlive()) {
            CertifiedKey seen = reader.read("web").orElseThrow();
            assertTrue(LayoutSamples.isSame(KEY, seen) || LayoutSamples.isSame(other, seen));
        }
        writer.join();
        assertTrue(LayoutSamples.isSame(KEY, files.read("web").orElseThrow()));
    }
}
