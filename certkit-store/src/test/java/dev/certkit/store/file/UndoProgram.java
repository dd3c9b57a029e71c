package dev.certkit.store.file;

import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.nio.file.Path;

/** A write that fails and cannot be undone at once, then a deletion that succeeds: nothing of it may ever come back. */
final class UndoProgram {
    private UndoProgram() {}

    public static void main(String[] args) throws IOException {
        try (DirectoryStorage storage = DirectoryStorage.at(Path.of(args[0]))) {
            StoredRecord record = storage.find(StepProgram.IT).orElseThrow();
            try {
                storage.replace(record, StepProgram.content("failed"));
                throw new AssertionError("the write was to fail");
            } catch (IOException e) {
                System.out.println("failed");
            }
            storage.delete(record);
            System.out.println("deleted");
        }
    }
}
