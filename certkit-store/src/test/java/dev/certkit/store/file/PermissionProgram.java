package dev.certkit.store.file;

import dev.certkit.store.RecordContent;
import dev.certkit.store.Shelf;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Writes under whatever umask it was given, watches the directory meanwhile, and prints every permission it saw. */
final class PermissionProgram {
    private PermissionProgram() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        AtomicBoolean done = new AtomicBoolean();
        Set<String> seen = new TreeSet<>();
        try (DirectoryStorage storage = DirectoryStorage.at(directory)) {
            Thread watcher = new Thread(() -> {
                while (!done.get()) {
                    look(directory, seen);
                }
            });
            watcher.start();
            StoredRecord record = storage.create(Shelf.of("things").name("a"), RecordContent.of(new byte[100_000]));
            for (int i = 0; i < 50; i++) {
                record = storage.replace(record, RecordContent.of(new byte[100_000]));
            }
            done.set(true);
            watcher.join();
        }
        look(directory, seen);
        System.out.println(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
        seen.forEach(System.out::println);
    }

    private static void look(Path directory, Set<String> seen) {
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(file -> {
                try {
                    seen.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
                } catch (IOException e) {
                    // gone before it could be looked at
                }
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
