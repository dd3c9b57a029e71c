package dev.certkit.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Looks at the record that {@link StepProgram} left, and prints what it sees. */
final class LookProgram {
    private LookProgram() {}

    public static void main(String[] args) throws IOException {
        try (DirectoryStorage storage = DirectoryStorage.at(Path.of(args[0]))) {
            storage.damaged()
                    .forEach(file -> System.out.println(file.reason()
                            + (file.usedInstead().isEmpty() ? ", nothing is used instead" : ", an older one is used")));
            for (int i = 0; i < 2; i++) {
                try {
                    System.out.println(
                            storage.find(StepProgram.IT).map(Object::toString).orElse("absent"));
                } catch (IOException e) {
                    System.out.println(e.getClass().getSimpleName());
                }
            }
            int listed = storage.list(StepProgram.SHELF, Optional.empty(), 10).size();
            int due = storage.dueBefore(StepProgram.SHELF, Instant.MAX, 10).size();
            System.out.println("listed " + listed + ", due " + due);
        }
    }
}
