package dev.certkit.store.faults;

import dev.certkit.store.Lease;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Creates, replaces, claims, completes and deletes the records of a shelf that is its own, and tells of each write before and after.
 *
 * <p>A record's state is a number, which its payload repeats, or "absent". What it tells is for an {@link Oracle}; a line
 * that does not end in a semicolon was cut. Beside it, all grinders count one record up together.
 */
public final class Grinder {
    public static final List<String> NAMES = List.of("a", "b", "c");
    public static final RecordName COUNTER = Shelf.of("shared").name("counter");
    public static final String ABSENT = "absent";

    private final Storage storage;
    private final Shelf shelf;
    private final AtomicLong lastState;
    private final Consumer<String> out;
    private final Random random;

    public Grinder(Storage storage, Shelf shelf, AtomicLong lastState, Consumer<String> out) {
        this.storage = storage;
        this.shelf = shelf;
        this.lastState = lastState;
        this.out = out;
        this.random = new Random(lastState.get() + shelf.name().hashCode());
    }

    /** Makes what all grinders of a storage need. */
    public static void prepare(Storage storage) throws IOException {
        storage.create(COUNTER, RecordContent.of("0".getBytes(StandardCharsets.US_ASCII)));
    }

    /** One write of a random kind. */
    public void step() throws IOException {
        RecordName name = shelf.name(NAMES.get(random.nextInt(NAMES.size())));
        Optional<StoredRecord> record = storage.find(name);
        if (random.nextInt(6) == 0) {
            countUp();
        } else if (record.isEmpty()) {
            String state = next(name);
            acknowledge(storage.create(name, content(state)), state);
        } else if (random.nextInt(5) == 0) {
            tell("try", name, ABSENT);
            storage.delete(record.get());
            tell("ack", name, ABSENT + " " + record.get().revision());
        } else if (random.nextInt(3) == 0) {
            claimAndComplete();
        } else {
            String state = next(name);
            acknowledge(storage.replace(record.get(), content(state)), state);
        }
    }

    private void claimAndComplete() throws IOException {
        for (Lease lease : storage.claimDue(shelf, "grinder", 2, Duration.ofMillis(1))) {
            String state = next(lease.record().name());
            acknowledge(storage.complete(lease, content(state)), state);
        }
    }

    private void countUp() throws IOException {
        StoredRecord counter = storage.find(COUNTER).orElseThrow();
        String next = Long.toString(count(counter) + 1);
        out.accept("add " + COUNTER + " ;");
        try {
            storage.replace(counter, RecordContent.of(next.getBytes(StandardCharsets.US_ASCII)));
            out.accept("added " + COUNTER + " ;");
        } catch (StaleRecordException e) {
            out.accept("refused " + COUNTER + " ;");
        }
    }

    static long count(StoredRecord counter) {
        return Long.parseLong(new String(counter.content().payload(), StandardCharsets.US_ASCII));
    }

    private String next(RecordName name) {
        String state = Long.toString(lastState.incrementAndGet());
        tell("try", name, state);
        return state;
    }

    private void acknowledge(StoredRecord record, String state) {
        tell("ack", record.name(), state + " " + record.revision());
    }

    private void tell(String what, RecordName name, String rest) {
        out.accept(what + " " + name + " " + rest + " ;");
    }

    private static RecordContent content(String state) {
        String unit = state + "\n";
        String payload = unit.repeat(1 + (int) (Long.parseLong(state) * 7919 % 4000));
        return RecordContent.of(payload.getBytes(StandardCharsets.US_ASCII)).lookAgainAt(Instant.EPOCH);
    }

    /** The state that a record is in, after a check that its payload is the whole one of that state. */
    static String state(Optional<StoredRecord> record) {
        if (record.isEmpty()) {
            return ABSENT;
        }
        byte[] payload = record.get().content().payload();
        String state = new String(payload, StandardCharsets.US_ASCII)
                .lines()
                .findFirst()
                .orElse("0");
        if (!Arrays.equals(payload, content(state).payload())) {
            throw new AssertionError("not the payload of state " + state);
        }
        return state;
    }
}
