package dev.certkit.store.file;

import dev.certkit.internal.disk.Durable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Symbolic links of one directory that change in one step, and the directory's own durability. */
final class Links {
    /** A name of this beginning is that of something unfinished, or of the lock; no entry's name gives such a one. */
    static final String OURS = ".+";

    private final Path directory;

    Links(Path directory) {
        this.directory = directory;
    }

    /** Puts a link into the place of whatever file or link is there. */
    void set(Path link, Path target) throws IOException {
        Path temp = createTemp(target);
        try {
            Files.move(temp, link, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(temp);
            throw e;
        }
    }

    private Path createTemp(Path target) throws IOException {
        for (int number = 0; ; number++) {
            Path temp = directory.resolve(OURS + number);
            try {
                return Files.createSymbolicLink(temp, target);
            } catch (FileAlreadyExistsException e) {
                if (number > 1000) {
                    throw e;
                }
            } catch (UnsupportedOperationException e) {
                throw new IOException(directory + " takes no symbolic links; use a file system that does", e);
            }
        }
    }

    void sync() throws IOException {
        Durable.uninterrupted(() -> {
            Durable.sync(directory);
            return directory;
        });
    }
}
