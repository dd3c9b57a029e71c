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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes, claims, completes and deletes in several threads until it is killed, and tells of each write before and after.
 *
 * <p>A record's state is a number, which its payload repeats, or "absent"; a line that does not end in a semicolon was cut.
 */
final class WorkProgram {
    static final List<Shelf> SHELVES = List.of(Shelf.of("one"), Shelf.of("two"), Shelf.of("three"));
    static final List<String> NAMES = List.of("a", "b", "c");
    static final String ABSENT = "absent";

    private final DirectoryStorage storage;
    private final AtomicLong lastState;
    private final Random random;
    private final Shelf shelf;

    private WorkProgram(DirectoryStorage storage, AtomicLong lastState, Random random, Shelf shelf) {
        this.storage = storage;
        this.lastState = lastState;
        this.random = random;
        this.shelf = shelf;
    }

    public static void main(String[] args) throws Exception {
        DirectoryStorage storage = DirectoryStorage.at(Path.of(args[0]));
        AtomicLong lastState = new AtomicLong(Long.parseLong(args[1]));
        for (Shelf shelf : SHELVES) {
            Random random = new Random(lastState.get() + shelf.name().hashCode());
            new Thread(new WorkProgram(storage, lastState, random, shelf)::work).start();
        }
    }

    private void work() {
        try {
            while (true) {
                RecordName name = shelf.name(NAMES.get(random.nextInt(NAMES.size())));
                Optional<StoredRecord> record = storage.find(name);
                if (record.isEmpty()) {
                    String state = next(name);
                    ack(storage.create(name, content(state)), state);
                } else if (random.nextInt(5) == 0) {
                    delete(record.get());
                } else if (random.nextInt(3) == 0) {
                    claimAndComplete();
                } else {
                    String state = next(name);
                    ack(storage.replace(record.get(), content(state)), state);
                }
            }
        } catch (IOException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private void delete(StoredRecord record) throws IOException {
        System.out.println("try " + record.name() + " " + ABSENT + " ;");
        storage.delete(record);
        System.out.println("ack " + record.name() + " " + ABSENT + " " + record.revision() + " ;");
    }

    private void claimAndComplete() throws IOException {
        for (Lease lease : storage.claimDue(shelf, "worker", 2, Duration.ofMillis(1))) {
            String state = next(lease.record().name());
            ack(storage.complete(lease, content(state)), state);
        }
    }

    private String next(RecordName name) {
        String state = Long.toString(lastState.incrementAndGet());
        System.out.println("try " + name + " " + state + " ;");
        return state;
    }

    private static void ack(StoredRecord record, String state) {
        System.out.println("ack " + record.name() + " " + state + " " + record.revision() + " ;");
    }

    private static RecordContent content(String state) {
        String unit = state + "\n";
        String payload = unit.repeat(1 + (int) (Long.parseLong(state) * 7919 % 4000));
        return RecordContent.of(payload.getBytes(StandardCharsets.UTF_8)).lookAgainAt(Instant.EPOCH);
    }

    /** The state that a record is in, after a check that its payload is the whole one of that state. */
    static String state(Optional<StoredRecord> record) {
        if (record.isEmpty()) {
            return ABSENT;
        }
        byte[] payload = record.get().content().payload();
        String state =
                new String(payload, StandardCharsets.UTF_8).lines().findFirst().orElse("0");
        if (!Arrays.equals(payload, content(state).payload())) {
            throw new AssertionError("not the payload of state " + state);
        }
        return state;
    }
}
