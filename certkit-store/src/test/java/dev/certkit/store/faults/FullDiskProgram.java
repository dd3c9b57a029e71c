package dev.certkit.store.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.peers.Peer;
import dev.certkit.store.Lease;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/**
 * Meets a disk that cannot be written to in each way there is; prints one line for each that it got over.
 *
 * <p>{@code FullDiskProgram MEDIUM DIRECTORY}, where its mounts are its own.
 */
final class FullDiskProgram {
    private static final Shelf SHELF = Shelf.of("full");
    private static final RecordName NAME = SHELF.name("it");
    private static final Duration DAY = Duration.ofDays(1);

    private final Medium medium;
    private final Path disk;
    private final Path filler;

    private FullDiskProgram(Medium medium, Path disk) {
        this.medium = medium;
        this.disk = disk;
        this.filler = disk.resolve("filler");
    }

    private static RecordContent content() {
        return RecordContent.of(new byte[30_000]).lookAgainAt(Instant.EPOCH);
    }

    public static void main(String[] args) throws IOException {
        FullDiskProgram program = new FullDiskProgram(Medium.valueOf(args[0]), Path.of(args[1]));
        mount("-t", "tmpfs", "-o", "size=1m,nr_inodes=40", "none", args[1]);
        try (Medium.Open open = program.open()) {
            open.storage().create(NAME, content());
            program.meetNoSpace(open.storage());
            if (program.medium == Medium.DIRECTORY) {
                program.meetNoInodes(open.storage());
                program.meetReadOnly(open.storage());
            }
        }
        if (program.medium == Medium.DIRECTORY) {
            program.openFull();
        }
    }

    private static void mount(String... arguments) {
        Peer.require("mount").run(Path.of("/"), arguments).succeeded();
    }

    private Medium.Open open() throws IOException {
        return medium.open(disk.resolve("place"));
    }

    private void meetNoSpace(Storage storage) throws IOException {
        fill();
        assertFails(storage, medium == Medium.DIRECTORY ? "No space left on device" : "database or disk is full");
        Files.delete(filler);
        assertWorks(storage);
        System.out.println("no space");
    }

    private void meetNoInodes(Storage storage) throws IOException {
        List<Path> files = useAllInodes();
        assertFails(storage, "No space left on device");
        Files.delete(files.remove(0));
        assertWorks(storage);
        for (Path file : files) {
            Files.delete(file);
        }
        System.out.println("no inodes");
    }

    /** Another view of the same directory on top of it: the files that are open would keep the disk itself from changing. */
    private void meetReadOnly(Storage storage) throws IOException {
        String place = disk.resolve("place").toString();
        mount("--bind", place, place);
        mount("-o", "remount,bind,ro", place);
        assertFails(storage, "Read-only file system");
        assertThrows(IOException.class, () -> storage.delete(read(storage)));
        assertThrows(IOException.class, this::open);
        Peer.require("umount").run(Path.of("/"), place).succeeded();
        assertWorks(storage);
        System.out.println("read-only");
    }

    private void openFull() throws IOException {
        StoredRecord last;
        try (Medium.Open open = open()) {
            last = read(open.storage());
        }
        fill();
        useAllInodes();
        try (Medium.Open open = open()) {
            assertEquals(last, read(open.storage()));
        }
        System.out.println("opened full");
    }

    private static StoredRecord read(Storage storage) throws IOException {
        return storage.find(NAME).orElseThrow();
    }

    private void assertFails(Storage storage, String reason) throws IOException {
        StoredRecord before = read(storage);
        List<RecordHeader> due = storage.dueBefore(SHELF, Instant.MAX, 10);
        long token = storage.changeToken();
        List<Executable> writes = List.of(
                () -> storage.replace(before, content()),
                () -> storage.create(SHELF.name("another"), content()),
                () -> storage.claimDue(SHELF, "worker", 1, DAY));
        for (Executable write : writes) {
            for (int i = 0; i < 3; i++) {
                IOException failed = assertThrows(IOException.class, write);
                assertTrue(failed.getMessage().contains(reason), failed.toString());
                assertEquals(before, read(storage));
                assertEquals(due, storage.dueBefore(SHELF, Instant.MAX, 10));
                assertEquals(due, storage.list(SHELF, Optional.empty(), 10));
                assertNothingUnfinished();
            }
        }
        assertEquals(token, storage.changeToken());
    }

    private void assertNothingUnfinished() throws IOException {
        try (Stream<Path> files = Files.walk(disk)) {
            assertTrue(files.noneMatch(file -> file.toString().contains(".tmp-")), "an unfinished file takes up space");
        }
    }

    private static void assertWorks(Storage storage) throws IOException {
        storage.replace(read(storage), content());
        Lease lease = storage.claimDue(SHELF, "worker", 1, DAY).get(0);
        storage.complete(lease, content());
        storage.delete(storage.create(SHELF.name("another"), content()));
    }

    private void fill() throws IOException {
        try {
            while (true) {
                Files.write(filler, new byte[1024], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            assertTrue(e.getMessage().contains("No space left"), e.toString());
        }
    }

    private List<Path> useAllInodes() {
        List<Path> files = new ArrayList<>();
        try {
            while (true) {
                files.add(Files.createFile(disk.resolve("inode" + files.size())));
            }
        } catch (IOException e) {
            return files;
        }
    }
}
