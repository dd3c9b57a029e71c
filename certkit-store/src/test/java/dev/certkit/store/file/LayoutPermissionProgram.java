package dev.certkit.store.file;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.KeyType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Writes under whatever umask it was given, watches the directory meanwhile, and prints every permission it saw. */
final class LayoutPermissionProgram {
    private LayoutPermissionProgram() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        FileLayout layout =
                args[1].isEmpty() ? FileLayout.apache() : FileLayout.apache().group(args[1]);
        ServerFiles files = layout.unencryptedIn(directory);
        CertifiedKey key = CertifiedKey.selfSigned(LayoutSamples.SUBJECT).with(KeyType.EC_P256.generate());
        AtomicBoolean done = new AtomicBoolean();
        Set<String> seen = new TreeSet<>();
        Thread watcher = new Thread(() -> {
            while (!done.get()) {
                look(directory, seen);
            }
        });
        watcher.start();
        for (int i = 0; i < 60; i++) {
            files.write("web", key);
        }
        done.set(true);
        watcher.join();
        look(directory, seen);
        seen.forEach(System.out::println);
    }

    private static void look(Path directory, Set<String> seen) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                if (!Files.isSymbolicLink(file)) {
                    seen.add(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // something was gone before it could be looked at
        }
    }
}
