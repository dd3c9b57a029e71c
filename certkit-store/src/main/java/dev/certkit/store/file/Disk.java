package dev.certkit.store.file;

import dev.certkit.internal.disk.Durable;
import dev.certkit.internal.disk.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is done to the files of one directory so that it holds over a crash; follows no symbolic link. */
final class Disk {
    private final Path directory;
    private final Set<Path> leftovers = ConcurrentHashMap.newKeySet();
    private final Map<Path, Path> astray = new ConcurrentHashMap<>();

    Disk(Path directory) {
        this.directory = directory;
    }

    Path path(String fileName) {
        return directory.resolve(fileName);
    }

    /** Makes a file appear under its name, whole and durable; after an exception it is not there. */
    void commit(Path file, Path temp, byte[] bytes) throws IOException {
        repair();
        Durable.uninterrupted(() -> {
            boolean committed = false;
            try {
                Durable.write(temp, bytes);
                Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE);
                sync();
                committed = true;
                // an interrupted attempt before may have wanted it away
                leftovers.remove(file);
            } finally {
                if (!committed) {
                    discard(temp);
                    discard(file);
                }
            }
            return file;
        });
    }

    /** Sees to it that a name is there, durably after the next commit. */
    void mark(Path file) throws IOException {
        try {
            Files.createFile(file, OwnerOnly.file(file));
        } catch (FileAlreadyExistsException e) {
            // an attempt before that seemed to fail
        }
    }

    /** Takes a file away for good; after an exception it is back, at the latest with the next call. */
    void remove(Path file, Path temp) throws IOException {
        repair();
        Durable.uninterrupted(() -> {
            Files.move(file, temp, StandardCopyOption.ATOMIC_MOVE);
            astray.put(temp, file);
            try {
                sync();
                astray.remove(temp);
            } finally {
                astray.forEach(this::putBack);
            }
            return file;
        });
        discard(temp);
    }

    private void putBack(Path temp, Path file) {
        try {
            Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE);
            astray.remove(temp);
        } catch (IOException e) {
            // it stays in the list, and repair() tries again
        }
    }

    /** Tries once more to undo what could not be undone when a call failed. */
    void repair() {
        leftovers.forEach(this::discard);
        astray.forEach(this::putBack);
    }

    /** Makes the directory's entries durable. */
    void sync() throws IOException {
        Durable.sync(directory);
    }

    /** Deletes a file that is of no use any more, now or before a later commit. */
    void discard(Path file) {
        try {
            Files.deleteIfExists(file);
            leftovers.remove(file);
        } catch (IOException e) {
            leftovers.add(file);
        }
    }

    /** Deletes files, and what could not be deleted before; when it returns they stay deleted over a crash. */
    void delete(Iterable<Path> files) throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        for (Path file : List.copyOf(leftovers)) {
            Files.deleteIfExists(file);
            leftovers.remove(file);
        }
        Durable.uninterrupted(() -> {
            sync();
            return directory;
        });
    }

    /**
     * Reads a whole file.
     *
     * @throws NoSuchFileException if it is not there
     * @throws Damage if it cannot be a record's
     */
    static byte[] read(Path file) throws IOException, Damage {
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new Damage("is not a regular file", Optional.empty());
        }
        return Durable.uninterrupted(() -> readOnce(file));
    }

    private static byte[] readOnce(Path file) throws IOException, Damage {
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            if (channel.size() > RecordFile.MAX_BYTES) {
                throw new Damage("is larger than any record", Optional.empty());
            }
            return Durable.readAll(channel, (int) channel.size());
        }
    }
}
