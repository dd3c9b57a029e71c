package dev.certkit.store;

import dev.certkit.time.MovableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An empty storage on a clock that stands still, and the few words that the contract's tests are written in. */
public abstract class StorageFixture {
    protected static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    protected static final Duration MINUTE = Duration.ofMinutes(1);
    protected static final Shelf SHELF = Shelf.of("things");

    protected final MovableClock clock = MovableClock.at(START);
    protected Storage storage;

    /** Opens an empty storage; called once for each test. */
    protected abstract Storage open(Clock clock) throws IOException;

    @BeforeEach
    final void openStorage() throws IOException {
        storage = open(clock);
    }

    @AfterEach
    final void closeStorage() throws IOException {
        storage.close();
    }

    protected static RecordContent content(String payload) {
        return RecordContent.of(payload.getBytes(StandardCharsets.UTF_8));
    }

    protected static String text(StoredRecord record) {
        return new String(record.content().payload(), StandardCharsets.UTF_8);
    }

    protected StoredRecord put(String name, RecordContent content) throws IOException {
        return storage.create(SHELF.name(name), content);
    }

    protected StoredRecord get(String name) throws IOException {
        return storage.find(SHELF.name(name)).orElseThrow();
    }

    protected List<String> names(int limit) throws IOException {
        return texts(storage.list(SHELF, Optional.empty(), limit));
    }

    protected List<String> due(Instant end, int limit) throws IOException {
        return texts(storage.dueBefore(SHELF, end, limit));
    }

    protected static List<String> texts(List<RecordHeader> headers) {
        return headers.stream().map(header -> header.name().text()).toList();
    }

    /** Runs a task in several threads at once and gives their results, or throws what one of them threw. */
    public static <T> List<T> together(int threads, Callable<T> task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(task));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(120, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
