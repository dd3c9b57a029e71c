package dev.certkit.internal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/** The single steps of which writing that holds over a crash is made. */
public final class Durable {
    /** A name of this beginning, with digits after it, is that of a file that was never finished. */
    public static final String TEMP_PREFIX = ".tmp-";

    /** Channels copy through memory outside the heap and keep it; small pieces keep that small. */
    private static final int PIECE = 1 << 16;

    private Durable() {}

    /** Work on files that can be done again from its beginning. */
    public interface Work<T, E extends Exception> {
        T run() throws IOException, E;
    }

    /** Does work as if nobody could interrupt it: an interrupt closes the channel in use, so the work starts again. */
    public static <T, E extends Exception> T uninterrupted(Work<T, E> work) throws IOException, E {
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
    public static String reason(IOException e) {
        String reason = e instanceof FileSystemException broken ? broken.getReason() : e.getMessage();
        return reason == null ? e.toString() : reason;
    }

    /** Writes a new file for its owner only and makes its content durable. */
    public static void write(Path file, byte[] bytes) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, OwnerOnly.file(file))) {
            write(channel, bytes);
        }
    }

    /** Writes all bytes and makes them durable. */
    public static void write(FileChannel channel, byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length; at += PIECE) {
            ByteBuffer piece = ByteBuffer.wrap(bytes, at, Math.min(PIECE, bytes.length - at));
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
        }
        channel.force(true);
    }

    /** Reads so many octets, or fewer if the file ends before. */
    public static byte[] readAll(FileChannel channel, int size) throws IOException {
        byte[] bytes = new byte[size];
        int at = 0;
        int got = 0;
        while (got >= 0 && at < bytes.length) {
            got = channel.read(ByteBuffer.wrap(bytes, at, Math.min(PIECE, bytes.length - at)));
            at += Math.max(got, 0);
        }
        return Arrays.copyOf(bytes, at);
    }

    /** Makes the entries of a directory durable. */
    public static void sync(Path directory) throws IOException {
        // elsewhere a directory cannot be opened, and its changes are the file system's to keep
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
