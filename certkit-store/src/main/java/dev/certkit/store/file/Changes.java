package dev.certkit.store.file;

import dev.certkit.store.RecentChanges;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what changes, and knows the last names. Many may read while one writes. */
final class Changes {
    private final AtomicLong last;
    private final RecentChanges names = new RecentChanges();

    Changes(long first) {
        this.last = new AtomicLong(first);
    }

    /** Gives the token after it. */
    long of(RecordName name) {
        names.add(last.get() + 1, name);
        return last.incrementAndGet();
    }

    long last() {
        return last.get();
    }

    Optional<Set<RecordName>> since(Shelf shelf, long token) {
        return names.between(shelf, token, last.get());
    }
}
