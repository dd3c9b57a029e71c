package dev.certkit.store.faults;

import dev.certkit.store.Lease;
import dev.certkit.store.RecordContent;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Claims one record for 300 ms, waits for a line, and tries all that a lease allows: {@code PausedProgram MEDIUM PLACE}. */
final class PausedProgram {
    static final Shelf SHELF = Shelf.of("things");

    private PausedProgram() {}

    private interface Write {
        void run() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        try (Medium.Open open = Medium.valueOf(args[0]).open(Path.of(args[1]))) {
            Storage storage = open.storage();
            Lease lease =
                    storage.claimDue(SHELF, "paused", 1, Duration.ofMillis(300)).get(0);
            System.out.println("claimed");
            System.in.read();
            RecordContent late = RecordContent.of("late".getBytes(StandardCharsets.US_ASCII));
            attempt("complete", () -> storage.complete(lease, late));
            attempt("extend", () -> storage.extend(lease, Duration.ofDays(1)));
            attempt("replace", () -> storage.replace(lease.record(), late));
            attempt("delete", () -> storage.delete(lease.record()));
        }
    }

    private static void attempt(String what, Write write) throws Exception {
        try {
            write.run();
            System.out.println(what + " kept");
        } catch (StaleRecordException e) {
            System.out.println(what + " refused");
        }
    }
}
