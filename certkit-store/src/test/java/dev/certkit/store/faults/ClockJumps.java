package dev.certkit.store.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.peers.Peer;
import dev.certkit.store.Lease;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Moves the system clock that a storage goes by, while its records are claimed. */
public final class ClockJumps {
    private static final Shelf SHELF = Shelf.of("things");
    private static final Shelf WORK = Shelf.of("work");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int RECORDS = 5;
    private static final int THREADS = 3;
    private static final int DAY_SECONDS = 86_400;
    private static final int TEN_YEARS = 3653 * DAY_SECONDS;

    private final Storage storage;
    private final Path clock;
    private final Instant now = Instant.now();
    private final AtomicInteger kept = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    /**
     * Takes a storage whose clock goes by a file.
     *
     * @param clock the file that {@link #command} named
     */
    public ClockJumps(Storage storage, Path clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** The beginning of a command line that runs the rest of it on a clock that a file moves; time that passes is real. */
    public static List<String> command(Path clock) throws IOException {
        Files.writeString(clock, "+0");
        return List.of(
                Peer.require("faketime").program().toString(),
                "-m",
                "-f",
                "+0",
                // the variable that the program has set would win over the file
                Peer.require("env").program().toString(),
                "-u",
                "FAKETIME",
                "FAKETIME_TIMESTAMP_FILE=" + clock,
                "FAKETIME_NO_CACHE=1",
                "DONT_FAKE_MONOTONIC=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                // otherwise waits with a time-out may never end
                "FAKETIME_FORCE_MONOTONIC_FIX=0");
    }

    private void jumpTo(long secondsFromNow) throws IOException {
        // a reader never sees half a number
        Path next = clock.resolveSibling("next");
        Files.writeString(next, (secondsFromNow < 0 ? "" : "+") + secondsFromNow);
        Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static RecordContent content(String payload) {
        return RecordContent.of(payload.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(StoredRecord record) {
        return new String(record.content().payload(), StandardCharsets.US_ASCII);
    }

    private List<Lease> claim() throws IOException {
        return storage.claimDue(SHELF, "worker", 10, MINUTE);
    }

    private List<String> names() throws IOException {
        return storage.list(SHELF, Optional.empty(), 10).stream()
                .map(header -> header.name().text())
                .toList();
    }

    /** Back to 1970, ten years ahead, and back to now, with a lease in each. */
    public void assertLeasesHold() throws IOException {
        storage.create(SHELF.name("due"), content("due").lookAgainAt(now.minusSeconds(1)));
        storage.create(SHELF.name("soon"), content("soon").lookAgainAt(now.plus(Duration.ofHours(1))));
        StoredRecord never = storage.create(SHELF.name("never"), content("never"));
        List<String> names = names();
        Lease early = claim().get(0);
        jumpTo(60 - now.getEpochSecond());
        Lease extended = in1970(early, never);
        jumpTo(TEN_YEARS);
        List<Lease> late = tenYearsAhead(extended);
        jumpTo(0);
        assertEquals(names, names());
        assertEquals(List.of(), claim());
        StoredRecord done =
                storage.complete(late.get(0), late.get(0).record().content().lookAgainAt(now));
        assertEquals(done.name(), claim().get(0).record().name());
    }

    private Lease in1970(Lease early, StoredRecord never) throws IOException {
        List<RecordHeader> before = storage.list(SHELF, Optional.empty(), 10);
        assertEquals(List.of(), claim());
        assertEquals(before, storage.list(SHELF, Optional.empty(), 10));
        assertTrue(storage.replace(never, content("again")).revision() > never.revision());
        Lease extended = storage.extend(early, MINUTE);
        assertEquals(early.epoch(), extended.epoch());
        assertTrue(extended.until().isBefore(Instant.EPOCH.plus(Duration.ofDays(1))), "the clock was not moved");
        return extended;
    }

    private List<Lease> tenYearsAhead(Lease extended) throws IOException {
        List<Lease> late = claim();
        assertEquals(
                List.of("due", "soon"),
                late.stream().map(lease -> lease.record().name().text()).toList());
        assertTrue(late.get(0).epoch() > extended.epoch());
        assertThrows(StaleRecordException.class, () -> storage.complete(extended, content("late")));
        assertThrows(StaleRecordException.class, () -> storage.extend(extended, MINUTE));
        return late;
    }

    /** Threads count records up while the clock jumps to and fro; gives a sentence on what was done. */
    public String assertEachResultIsKeptOnce(int jumps) throws Exception {
        for (int i = 0; i < RECORDS; i++) {
            storage.create(WORK.name("r" + i), content("0").lookAgainAt(Instant.EPOCH));
        }
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                workers.add(threads.submit(() -> work(isOver)));
            }
            jump(jumps);
            isOver.set(true);
            for (Future<?> worker : workers) {
                worker.get(60, TimeUnit.SECONDS);
            }
        } finally {
            isOver.set(true);
            threads.shutdownNow();
        }
        assertEquals(kept.get(), sum());
        // all come again: no jump has put one off for ten years
        assertEquals(RECORDS, storage.claimDue(WORK, "the last", 10, MINUTE).size());
        return jumps + " jumps: " + kept + " results kept, " + refused + " refused because their lease was taken over";
    }

    private void jump(int jumps) throws IOException {
        Random random = new Random();
        List<Long> places = List.of(60 - now.getEpochSecond(), 0L, (long) TEN_YEARS);
        for (int i = 0; i < jumps; i++) {
            jumpTo(places.get(random.nextInt(places.size())));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20 + random.nextInt(80)));
        }
        jumpTo(0);
    }

    private Void work(AtomicBoolean isOver) throws IOException {
        while (!isOver.get()) {
            for (Lease lease : storage.claimDue(WORK, "worker", 2, MINUTE)) {
                String next = Integer.toString(1 + Integer.parseInt(text(lease.record())));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                try {
                    storage.complete(lease, content(next).lookAgainAt(Instant.EPOCH));
                    kept.incrementAndGet();
                } catch (StaleRecordException e) {
                    refused.incrementAndGet();
                }
            }
        }
        return null;
    }

    private int sum() throws IOException {
        List<RecordHeader> all = storage.list(WORK, Optional.empty(), 100);
        assertEquals(RECORDS, all.size());
        int sum = 0;
        for (RecordHeader header : all) {
            sum += Integer.parseInt(text(storage.find(header.name()).orElseThrow()));
        }
        return sum;
    }
}
