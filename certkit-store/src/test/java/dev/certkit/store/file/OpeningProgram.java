package dev.certkit.store.file;

import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.Shelf;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Measures the opening of a directory of many records against a plain read of its files, by turns, and the heap that the
 * headers take: {@code OpeningProgram DIRECTORY RECORDS}.
 */
final class OpeningProgram {
    private static final Shelf SHELF = Shelf.of("identities");
    private static final int ROUNDS = 5;

    private OpeningProgram() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        int records = Integer.parseInt(arguments[1]);
        DirectoryStorage.at(directory).close();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.rec")) {
            if (!files.iterator().hasNext()) {
                fill(directory, records);
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            measure(directory, records);
        }
    }

    private static void fill(Path directory, int records) throws IOException {
        for (int i = 1; i <= records; i++) {
            byte[] payload = ("record " + i + "\n").repeat(130).getBytes(StandardCharsets.UTF_8);
            RecordContent content = RecordContent.of(payload)
                    .lookAgainAt(Instant.ofEpochSecond(2_000_000_000L + i * 7919L % 1_000_000))
                    .indexedBy(Fingerprint.sha256(payload));
            StoredRecord record = new StoredRecord(SHELF.name("device-" + i + ".example"), i, content, 0);
            Files.write(
                    directory.resolve(GenerationName.of(record.name(), i).fileName()),
                    RecordFile.encode(record, Optional.empty()));
        }
    }

    private static void measure(Path directory, int records) throws IOException {
        long start = System.nanoTime();
        long octets = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.rec")) {
            for (Path file : files) {
                octets += Files.readAllBytes(file).length;
            }
        }
        long plain = System.nanoTime() - start;
        long heapBefore = heap();
        start = System.nanoTime();
        try (DirectoryStorage storage = DirectoryStorage.at(directory)) {
            long opening = System.nanoTime() - start;
            long heap = heap() - heapBefore;
            start = System.nanoTime();
            List<RecordHeader> due = storage.dueBefore(SHELF, Instant.ofEpochSecond(2_000_500_000L), 100);
            long asking = System.nanoTime() - start;
            System.out.printf(
                    "%d files of %d octets: read %d ms, opened in %d ms (%.2f times), %d octets of heap a record, %d due in %d us%n",
                    records,
                    octets / records,
                    plain / 1_000_000,
                    opening / 1_000_000,
                    (double) opening / plain,
                    heap / records,
                    due.size(),
                    asking / 1000);
        }
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
