package dev.certkit.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Threads that write, delete and claim the same few records, and a check that their histories fit together.
 *
 * <p>Each write has a number of its own, drawn after the record was read, so along the revisions of a name the numbers grow
 * from its creation to its deletion. Who creates expects nothing there, and may have drawn before others created and deleted.
 * A claim keeps the number that it found. So a lease whose number is behind one of a lower revision is of something that
 * was not there any more.
 */
final class Phantoms {
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final int MORE_UNTIL_A_CLAIM = 1000;

    private final Storage storage;
    private final Shelf shelf;
    private final AtomicInteger tries;
    private final AtomicLong numbers = new AtomicLong();
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final Queue<Long> epochs = new ConcurrentLinkedQueue<>();

    private enum Kind {
        WRITTEN,
        CLAIMED,
        DELETED
    }

    /** A deletion has the revision of what was deleted. */
    private record Event(RecordName name, long revision, long number, Kind kind) {
        static Event of(StoredRecord record, Kind kind) {
            String text = new String(record.content().payload(), StandardCharsets.US_ASCII);
            return new Event(record.name(), record.revision(), Long.parseLong(text), kind);
        }
    }

    Phantoms(Storage storage, Shelf shelf, int tries) {
        this.storage = storage;
        this.shelf = shelf;
        this.tries = new AtomicInteger(tries);
    }

    /** For several threads at once. */
    int writeAndClaim() throws IOException {
        int refused = 0;
        while (isToGoOn(tries.getAndDecrement())) {
            try {
                step();
            } catch (StaleRecordException e) {
                refused++;
            }
        }
        return refused;
    }

    /** Few tries may by chance have no claim among them, and would prove nothing. */
    private boolean isToGoOn(int left) {
        return left > 0 || epochs.isEmpty() && left > -MORE_UNTIL_A_CLAIM;
    }

    private void step() throws IOException {
        RecordName name = shelf.name(NAMES.get(random(NAMES.size())));
        Optional<StoredRecord> record = storage.find(name);
        if (random(3) == 0) {
            claim();
        } else if (record.isEmpty()) {
            note(storage.create(name, next()), Kind.WRITTEN);
        } else if (random(3) == 0) {
            storage.delete(record.get());
            note(record.get(), Kind.DELETED);
        } else {
            note(storage.replace(record.get(), next()), Kind.WRITTEN);
        }
    }

    private void claim() throws IOException {
        List<Lease> leases = storage.claimDue(shelf, "worker", 2, Duration.ofMinutes(1));
        for (Lease lease : leases) {
            epochs.add(lease.epoch() * NAMES.size()
                    + NAMES.indexOf(lease.record().name().text()));
            note(lease.record(), Kind.CLAIMED);
        }
        for (Lease lease : leases) {
            if (random(2) == 0) {
                note(storage.complete(lease, next()), Kind.WRITTEN);
            }
        }
    }

    private static int random(int bound) {
        return ThreadLocalRandom.current().nextInt(bound);
    }

    private RecordContent next() {
        String number = Long.toString(numbers.incrementAndGet());
        return RecordContent.of(number.getBytes(StandardCharsets.US_ASCII)).lookAgainAt(Instant.EPOCH);
    }

    private void note(StoredRecord record, Kind kind) {
        events.add(Event.of(record, kind));
    }

    /** When no thread works any more. */
    void assertNone() {
        Set<Long> seen = new HashSet<>();
        epochs.forEach(epoch -> assertTrue(seen.add(epoch), "an epoch was given twice"));
        assertFalse(epochs.isEmpty(), "nothing was ever claimed");
        Map<RecordName, List<Event>> histories = events.stream()
                .sorted(Comparator.comparingLong(Event::revision).thenComparing(Event::kind))
                .collect(Collectors.groupingBy(Event::name));
        histories.values().forEach(Phantoms::assertOrder);
    }

    private static void assertOrder(List<Event> history) {
        for (int i = 1; i < history.size(); i++) {
            Event before = history.get(i - 1);
            Event event = history.get(i);
            boolean isInOrder =
                    switch (event.kind()) {
                        case WRITTEN ->
                            (event.number() > before.number() || before.kind() == Kind.DELETED)
                                    && event.revision() > before.revision();
                        case CLAIMED ->
                            event.number() == before.number()
                                    && event.revision() > before.revision()
                                    && before.kind() != Kind.DELETED;
                        case DELETED -> event.number() == before.number() && before.kind() != Kind.DELETED;
                    };
            assertTrue(isInOrder, before + " and then " + event);
        }
    }
}
