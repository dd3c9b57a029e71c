package dev.certkit.store.file;

import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** One write to the record "it", between two looks at files that mark it in a trace of the system calls. */
final class StepProgram {
    static final Shelf SHELF = Shelf.of("steps");
    static final RecordName IT = SHELF.name("it");
    static final String BEGIN = "BEGIN";
    static final String END = "END";

    private StepProgram() {}

    static RecordContent content(String payload) {
        return RecordContent.of(payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Leaves "it" in its second generation, due. */
    static void prepare(Path directory) throws IOException {
        try (DirectoryStorage storage = DirectoryStorage.at(directory)) {
            storage.replace(storage.create(IT, content("older")), content("old").lookAgainAt(Instant.EPOCH));
        }
    }

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        try (DirectoryStorage storage = DirectoryStorage.at(directory)) {
            warmUp(storage);
            Files.exists(directory.resolve(BEGIN));
            System.out.println("begin");
            step(storage, args[1]);
            System.out.println("done");
            Files.exists(directory.resolve(END));
        }
    }

    /** So that the step loads no classes: each of its system calls is then the storage's own. */
    private static void warmUp(DirectoryStorage storage) throws IOException {
        System.out.println("warm");
        StoredRecord record =
                storage.create(Shelf.of("warm").name("up"), content("x").lookAgainAt(Instant.EPOCH));
        record = storage.replace(storage.replace(record, record.content()), record.content());
        storage.claimDue(record.name().shelf(), "w", 1, Duration.ofDays(1));
        storage.delete(storage.find(record.name()).orElseThrow());
        storage.find(IT);
    }

    private static void step(DirectoryStorage storage, String name) throws IOException {
        switch (name) {
            case "create" -> storage.create(SHELF.name("new"), content("new"));
            case "replace" -> storage.replace(storage.find(IT).orElseThrow(), content("new"));
            case "delete" -> storage.delete(storage.find(IT).orElseThrow());
            case "claim" -> storage.claimDue(SHELF, "w", 1, Duration.ofDays(1));
            default -> throw new IllegalArgumentException(name);
        }
    }
}
