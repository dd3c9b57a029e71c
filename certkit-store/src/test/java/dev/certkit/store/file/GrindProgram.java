package dev.certkit.store.file;

import dev.certkit.store.Lease;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes on a disk that fails now and then: after each failure the record is as it was, and a later try succeeds.
 *
 * <p>Prints how many calls failed and what the record is in the end; ends with an exception if a promise was broken. With
 * the word "reopening" it also looks at what a process that starts after the failure would see.
 */
final class GrindProgram {
    static final RecordName NAME = Shelf.of("grind").name("it");
    private static final int ROUNDS = 40;
    private static final int TRIES = 50;

    private final Path directory;
    private final boolean isReopening;
    private DirectoryStorage storage;
    private Lease lease;
    private int failures;

    private GrindProgram(String[] args) throws IOException {
        directory = Path.of(args[0]);
        isReopening = args.length > 1 && args[1].equals("reopening");
        storage = DirectoryStorage.at(directory);
    }

    private interface Call {
        void run() throws IOException;
    }

    public static void main(String[] args) throws IOException {
        GrindProgram program = new GrindProgram(args);
        for (int round = 0; round < ROUNDS; round++) {
            program.round(round);
        }
        System.out.println(program.failures);
        System.out.println(text(program.storage.find(NAME)));
        System.out.println(program.storage.damaged());
        program.storage.close();
    }

    private void round(int round) throws IOException {
        String name = "round " + round;
        untilItWorks(() -> storage.create(NAME, content(name)));
        untilItWorks(() -> storage.replace(now(), content(name + " replaced")));
        untilItWorks(this::claim);
        untilItWorks(() -> lease = storage.extend(lease, Duration.ofDays(2)));
        untilItWorks(() -> storage.fail(lease, Instant.EPOCH));
        untilItWorks(() -> storage.replace(now(), content(name + " again")));
        if (round < ROUNDS - 1) {
            untilItWorks(() -> storage.delete(now()));
        }
    }

    private void claim() throws IOException {
        lease = storage.claimDue(NAME.shelf(), "w", 1, Duration.ofDays(1)).get(0);
    }

    private StoredRecord now() throws IOException {
        return storage.find(NAME).orElseThrow();
    }

    private void untilItWorks(Call call) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            Optional<StoredRecord> before = storage.find(NAME);
            try {
                call.run();
                return;
            } catch (IOException e) {
                failures++;
                expect(e.getMessage().contains("call again when the cause is gone"), e.getMessage());
                expect(before.equals(storage.find(NAME)), "a failed call changed " + before);
                if (isReopening) {
                    reopen();
                    expect(before.equals(storage.find(NAME)), "a failed call had changed the files of " + before);
                }
            }
        }
        throw new AssertionError("still fails after " + TRIES + " tries");
    }

    private void reopen() throws IOException {
        storage.close();
        for (int i = 0; i < TRIES; i++) {
            try {
                storage = DirectoryStorage.at(directory);
                return;
            } catch (IOException e) {
                failures++;
            }
        }
        throw new AssertionError("cannot be opened after " + TRIES + " tries");
    }

    private static void expect(boolean kept, String message) {
        if (!kept) {
            throw new AssertionError(message);
        }
    }

    static String text(Optional<StoredRecord> record) {
        return record.map(found -> new String(found.content().payload(), StandardCharsets.UTF_8))
                .orElse("absent");
    }

    private static RecordContent content(String payload) {
        return RecordContent.of(payload.getBytes(StandardCharsets.UTF_8)).lookAgainAt(Instant.EPOCH);
    }
}
