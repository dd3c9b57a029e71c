package dev.certkit.store.file;

import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A deletion that fails, then damage to the record that it left: the generation before must still be there. */
final class SpoilProgram {
    private SpoilProgram() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        try (DirectoryStorage storage = DirectoryStorage.at(directory)) {
            StoredRecord newest = storage.find(StepProgram.IT).orElseThrow();
            try {
                storage.delete(newest);
                throw new AssertionError("the deletion was to fail");
            } catch (IOException e) {
                System.out.println("failed");
            }
            String file = GenerationName.of(newest.name(), newest.revision()).fileName();
            Files.write(directory.resolve(file), new byte[1]);
            StoredRecord older = storage.find(StepProgram.IT).orElseThrow();
            System.out.println(new String(older.content().payload(), StandardCharsets.UTF_8));
            storage.replace(older, StepProgram.content("goes on"));
            storage.replace(storage.find(StepProgram.IT).orElseThrow(), StepProgram.content("and on"));
        }
    }
}
