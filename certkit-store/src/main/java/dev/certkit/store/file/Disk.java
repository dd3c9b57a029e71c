package dev.certkit.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is done to the files of one directory so that it holds over a crash; follows no symbolic link. */
final class Disk {
    /** A name of this beginning, with digits after it, is that of a file that was never finished. */
    static final String TEMP_PREFIX = ".tmp-";

    /** Channels copy through memory outside the heap and keep it; small pieces keep that small. */
    private static final int PIECE = 1 << 16;

    private final Path directory;
    private final Set<Path> leftovers = ConcurrentHashMap.newKeySet();
    private final Map<Path, Path> astray = new ConcurrentHashMap<>();

    Disk(Path directory) {
        this.directory = directory;
    }

    /** Work on files that can be done again from its beginning. */
    interface Work<T, E extends Exception> {
        T run() throws IOException, E;
    }

    /** Does work as if nobody could interrupt it: an interrupt closes the channel in use, so the work starts again. */
    static <T, E extends Exception> T uninterrupted(Work<T, E> work) throws IOException, E {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return work.run();
                } catch (ClosedByInterruptException e) {
                    interrupted = Thread.interrupted() || interrupted;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What the operating system said, in its own words. */
    static String reason(IOException e) {
        String reason = e instanceof FileSystemException broken ? broken.getReason() : e.getMessage();
        return reason == null ? e.toString() : reason;
    }

    Path path(String fileName) {
        return directory.resolve(fileName);
    }

    /** Makes a file appear under its name, whole and durable; after an exception it is not there. */
    void commit(Path file, Path temp, byte[] bytes) throws IOException {
        repair();
        uninterrupted(() -> {
            boolean committed = false;
            try {
                write(temp, bytes);
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

    private static void write(Path file, byte[] bytes) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, OwnerOnly.file(file))) {
            write(channel, bytes);
        }
    }

    /** Writes all bytes and makes them durable. */
    static void write(FileChannel channel, byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length; at += PIECE) {
            ByteBuffer piece = ByteBuffer.wrap(bytes, at, Math.min(PIECE, bytes.length - at));
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
        }
        channel.force(true);
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
        uninterrupted(() -> {
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
        sync(directory);
    }

    static void sync(Path directory) throws IOException {
        // elsewhere a directory cannot be opened, and its changes are the file system's to keep
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
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
        uninterrupted(() -> {
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
        return uninterrupted(() -> readOnce(file));
    }

    private static byte[] readOnce(Path file) throws IOException, Damage {
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            if (channel.size() > RecordFile.MAX_BYTES) {
                throw new Damage("is larger than any record", Optional.empty());
            }
            return readAll(channel, new byte[(int) channel.size()]);
        }
    }

    private static byte[] readAll(FileChannel channel, byte[] bytes) throws IOException {
        int at = 0;
        int got = 0;
        while (got >= 0 && at < bytes.length) {
            got = channel.read(ByteBuffer.wrap(bytes, at, Math.min(PIECE, bytes.length - at)));
            at += Math.max(got, 0);
        }
        return Arrays.copyOf(bytes, at);
    }
}
