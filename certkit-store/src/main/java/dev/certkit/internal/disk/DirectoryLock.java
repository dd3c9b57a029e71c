package dev.certkit.internal.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The right to be the only one in a directory, held through the operating system, which ends it with the process.
 *
 * <p>POSIX drops all of a process's locks on a file when the process closes any descriptor of that file. So a second
 * opener in this process must be turned away before it touches the file {@code lock}: at {@code gate}, where Java
 * itself knows that this process holds a lock. Other processes may pass the gate and are turned away at the lock.
 */
public final class DirectoryLock implements Closeable {
    private static final String GATE = "gate";
    private static final String LOCK = "lock";

    /** Beyond the text, so that the text can be read where locks are mandatory. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final Path directory;
    private final Path file;
    private final FileChannel gate;
    private final FileChannel lock;
    private final @Nullable Object identity;

    private DirectoryLock(Path file, FileChannel gate, FileChannel lock) throws IOException {
        this.directory = Objects.requireNonNull(file.getParent(), "parent");
        this.file = file;
        this.gate = gate;
        this.lock = lock;
        this.identity = identityOf(file);
    }

    /** What is thrown if somebody else has the directory, as far as it is known who. */
    public interface Refusal {
        FileSystemException of(Path directory, OptionalLong pid);
    }

    /**
     * Takes it by two files whose names begin as said.
     *
     * @throws FileSystemException the refusal, if somebody else has it
     */
    public static DirectoryLock take(Path directory, String prefix, Refusal refusal) throws IOException {
        Path file = directory.resolve(prefix + LOCK);
        FileChannel gate = open(directory.resolve(prefix + GATE));
        try {
            if (!isLocked(gate)) {
                throw refusal.of(directory, pidIn(file));
            }
            return take(file, gate, refusal);
        } catch (OverlappingFileLockException e) {
            gate.close();
            throw refusal.of(directory, OptionalLong.of(ProcessHandle.current().pid()));
        } catch (IOException | RuntimeException e) {
            gate.close();
            throw e;
        }
    }

    private static DirectoryLock take(Path file, FileChannel gate, Refusal refusal) throws IOException {
        FileChannel lock = open(file);
        try {
            if (!isLocked(lock)) {
                throw refusal.of(Objects.requireNonNull(file.getParent(), "parent"), pidIn(file));
            }
            writePid(lock, ProcessHandle.current().pid() + "\n");
            return new DirectoryLock(file, gate, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        Set<OpenOption> options = Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(file, options, OwnerOnly.file(file));
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        return channel.tryLock(LOCKED_BYTE, 1, false) != null;
    }

    /** Text for people; a disk that is too full for it shall not keep the records from being read. */
    private static void writePid(FileChannel lock, String text) {
        try {
            lock.truncate(0);
            lock.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException e) {
            // the lock itself is held all the same
        }
    }

    private static OptionalLong pidIn(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer text = ByteBuffer.allocate(20);
            channel.read(text);
            String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
            return OptionalLong.of(Long.parseLong(pid.strip()));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Refuses to go on where the path has come to lead to another directory, or to none. */
    public void check() throws IOException {
        Object now;
        try {
            now = identityOf(file);
        } catch (NoSuchFileException e) {
            throw new FileSystemException(
                    directory.toString(),
                    null,
                    "this directory, or " + file.getFileName()
                            + " in it, is gone; bring it back (is it mounted?) and call again");
        }
        if (!Objects.equals(now, identity)) {
            throw new FileSystemException(
                    directory.toString(),
                    null,
                    "this is not the directory that was opened; bring that back, or close the storage and open it again");
        }
    }

    private static @Nullable Object identityOf(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    @Override
    public void close() throws IOException {
        try (gate;
                lock) {
            writePid(lock, "");
        }
    }
}
