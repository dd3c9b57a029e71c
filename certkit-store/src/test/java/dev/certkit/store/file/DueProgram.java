package dev.certkit.store.file;

import dev.certkit.store.RecordHeader;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.x509.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Measures questions to the index of an open directory, and its heap: {@code DueProgram RECORDS}. */
final class DueProgram {
    private static final Shelf SHELF = Shelf.of("identities");
    private static final long FIRST = 2_000_000_000L;
    private static final int SECONDS = 1_000_000;
    private static final int QUESTIONS = 2000;

    private DueProgram() {}

    public static void main(String[] arguments) {
        int records = Integer.parseInt(arguments[0]);
        long before = heap();
        RecordIndex index = new RecordIndex();
        for (int i = 1; i <= records; i++) {
            RecordName name = SHELF.name("device-" + i + ".example");
            Fingerprint fingerprint = Fingerprint.sha256(name.text().getBytes(StandardCharsets.UTF_8));
            Instant due = Instant.ofEpochSecond(FIRST + i * 7919L % SECONDS);
            RecordHeader header = new RecordHeader(name, i, Optional.of(due), Optional.of(fingerprint));
            index.put(new Entry(header, List.of(), false));
        }
        System.out.printf("%d records: %d octets of heap each%n", records, (heap() - before) / records);
        for (int limit : new int[] {1, 100, 1000}) {
            ask(index, limit);
        }
    }

    private static void ask(RecordIndex index, int limit) {
        long[] nanos = new long[QUESTIONS];
        for (int i = 0; i < QUESTIONS; i++) {
            Instant end = Instant.ofEpochSecond(FIRST + i * 101L % SECONDS + 1);
            long start = System.nanoTime();
            index.dueBefore(SHELF, end, limit);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "due before, at most %d: median %d us, 99 %% within %d us%n",
                limit, nanos[QUESTIONS / 2] / 1000, nanos[QUESTIONS * 99 / 100] / 1000);
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
