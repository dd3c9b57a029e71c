package dev.certkit.store.keystore;

import dev.certkit.internal.disk.DirectoryLock;
import dev.certkit.internal.disk.Durable;
import dev.certkit.internal.disk.Place;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file that is replaced as a whole, the file before it, and the lock on both; one writer at a time. */
final class KeyStoreFile implements Closeable {
    /** Tens of thousands of identities; it is held in memory a few times over while it is written. */
    static final int MAX_BYTES = 64 << 20;

    private final Path directory;
    private final Path file;
    private final Path previous;
    private final Path temp;
    private final DirectoryLock lock;
    private byte @Nullable [] committed;

    private KeyStoreFile(Path file, Path directory, DirectoryLock lock) {
        this.directory = directory;
        this.file = file;
        this.previous = sibling(file, ".previous");
        this.temp = sibling(file, ".unfinished");
        this.lock = lock;
    }

    private static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /** Locks a file, which need not exist; its directory is made if need be. */
    static KeyStoreFile take(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        Path parent = absolute.getParent();
        Path name = absolute.getFileName();
        if (parent == null || name == null) {
            throw new FileSystemException(path.toString(), null, "is no file; give the path of a key store");
        }
        Path directory = Place.prepare(parent);
        Path file = directory.resolve(name);
        DirectoryLock lock =
                DirectoryLock.take(directory, name + ".", (place, pid) -> new KeyStoreInUseException(file, pid));
        KeyStoreFile taken = new KeyStoreFile(file, directory, lock);
        try {
            Files.deleteIfExists(taken.temp);
            // a process that was killed may have left a rename that we see and that a loss of power would undo
            Durable.sync(directory);
            return taken;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    Path file() {
        return file;
    }

    Path previous() {
        return previous;
    }

    /** The whole of one of the two, empty if it does not exist. */
    static Optional<byte[]> read(Path path) throws IOException {
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new FileSystemException(
                    path.toString(), null, "is not a regular file; give the path of the key store itself");
        }
        return Durable.uninterrupted(() -> {
            try (FileChannel channel =
                    FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
                if (channel.size() > MAX_BYTES) {
                    throw new FileSystemException(
                            path.toString(),
                            null,
                            "has " + channel.size() + " octets, at most " + MAX_BYTES + " are read");
                }
                return Optional.of(Durable.readAll(channel, (int) channel.size()));
            }
        });
    }

    /** What is kept as the file before when the next one is written. */
    void isNow(byte[] bytes) {
        committed = bytes;
    }

    /** Replaces the file; after an exception it is as it was, if the disk let us. */
    void replace(byte[] next) throws IOException {
        lock.check();
        Durable.uninterrupted(() -> {
            byte[] before = committed;
            if (before != null) {
                put(previous, before);
            }
            Durable.write(cleared(temp), next);
            boolean isDone = false;
            try {
                Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE);
                Durable.sync(directory);
                isDone = true;
            } finally {
                if (!isDone) {
                    undo(before);
                }
            }
            return file;
        });
        committed = next;
    }

    private void put(Path target, byte[] bytes) throws IOException {
        Durable.write(cleared(temp), bytes);
        Files.move(temp, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Of an attempt that failed. */
    private static Path cleared(Path temp) throws IOException {
        Files.deleteIfExists(temp);
        return temp;
    }

    private void undo(byte @Nullable [] before) {
        try {
            if (before == null) {
                Files.deleteIfExists(file);
            } else {
                put(file, before);
            }
            Durable.sync(directory);
        } catch (IOException e) {
            // the next write, which is one of everything, makes up for it
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
