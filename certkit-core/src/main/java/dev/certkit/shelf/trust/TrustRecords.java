package dev.certkit.shelf.trust;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.shelf.trust.TrustIndex.Slot;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The records of trust entries and the index over them, which follows the storage.
 *
 * <p>Writing and following happen one at a time, so that an older record never overwrites a newer one in the index.
 */
final class TrustRecords {
    static final Shelf SHELF = Shelf.of("trust");
    private static final int PAGE = 500;
    private static final int ATTEMPTS = 20;
    private static final long NEVER = -1;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final Storage storage;
    private final TrustIndex index;
    private final Clock clock;
    private final TrustListener listener;
    private final Map<String, Long> revisions = new HashMap<>();
    private final List<TrustEvent> untold = new ArrayList<>();
    private volatile boolean loaded;
    private volatile long token;
    private volatile Instant failedAt = Instant.EPOCH;
    /** When a record could not be read the last time; the end of time if all could. */
    private volatile Instant unreadAt = Instant.MAX;

    TrustRecords(Storage storage, TrustIndex index, Clock clock, TrustListener listener) {
        this.storage = storage;
        this.index = index;
        this.clock = clock;
        this.listener = listener;
    }

    /** What becomes of an entry; may be asked again; the same state for no change, empty to delete it. */
    interface Step {
        Optional<TrustState> apply(Optional<TrustState> before) throws IOException;
    }

    TrustIndex index() {
        return index;
    }

    Clock clock() {
        return clock;
    }

    private static RecordName name(Fingerprint fingerprint) {
        return SHELF.name(fingerprint.hex());
    }

    /** In a handshake: what is known already has to do when the storage fails, which is then left alone for a while. */
    void followQuietly() {
        noticeExpiry();
        quietly(this::follow);
    }

    /** Work with the storage that a handshake does not depend on. */
    interface Work {
        void run() throws IOException;
    }

    void quietly(Work work) {
        if (Duration.between(failedAt, clock.instant()).abs().compareTo(PAUSE_AFTER_FAILURE) < 0) {
            return;
        }
        try {
            work.run();
        } catch (IOException e) {
            failed(e);
        } catch (IllegalStateException e) {
            failed(new IOException("the storage of the trust lists is closed; open both again", e));
        }
    }

    private void failed(IOException cause) {
        failedAt = clock.instant();
        tell(() -> listener.failed(cause));
    }

    /** Reads what has another revision than it had, if anything in the storage has changed. */
    void follow() throws IOException {
        if (storage.changeToken() != token || !loaded || isTimeToRetry()) {
            synchronized (this) {
                // The token is read first: a change between the two reads is seen next time.
                long now = storage.changeToken();
                if (now != token || !loaded || isTimeToRetry()) {
                    read();
                    token = now;
                    loaded = true;
                }
            }
            tellEvents();
        }
    }

    /** Tells which authorities of the default set have expired since the last look; of others, their records tell. */
    void noticeExpiry() {
        Instant now = clock.instant();
        if (!now.isBefore(index.nextExpiryOfDefaults())) {
            synchronized (this) {
                index.expiredDefaults(now)
                        .forEach(state -> untold.add(new TrustEvent(TrustEvent.Kind.INVALID, entry(state))));
            }
            tellEvents();
        }
    }

    private boolean isTimeToRetry() {
        return !unreadAt.equals(Instant.MAX)
                && Duration.between(unreadAt, clock.instant()).abs().compareTo(PAUSE_AFTER_FAILURE) >= 0;
    }

    private void read() throws IOException {
        boolean complete = loaded && !isTimeToRetry();
        Optional<Set<RecordName>> changed = complete ? storage.changedSince(SHELF, token) : Optional.empty();
        if (changed.isPresent()) {
            changed.get().forEach(name -> readAgain(name, NEVER));
        } else {
            readAll();
        }
    }

    private void readAll() throws IOException {
        unreadAt = Instant.MAX;
        Set<String> present = new HashSet<>(2 * revisions.size());
        Optional<String> last = Optional.empty();
        List<RecordHeader> page;
        do {
            page = storage.list(SHELF, last, PAGE);
            for (RecordHeader header : page) {
                String name = header.name().text();
                readIfNew(header);
                if (revisions.containsKey(name)) {
                    present.add(name);
                }
                last = Optional.of(name);
            }
        } while (page.size() == PAGE);
        if (revisions.size() > present.size()) {
            List<String> gone = revisions.keySet().stream()
                    .filter(name -> !present.contains(name))
                    .toList();
            gone.forEach(name -> fingerprint(SHELF.name(name)).ifPresent(each -> put(each, Optional.empty())));
        }
    }

    private static Optional<Fingerprint> fingerprint(RecordName name) {
        try {
            return Optional.of(Fingerprint.parse(name.text()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void readIfNew(RecordHeader header) {
        if (!isKnown(header.name(), header.revision())) {
            readAgain(header.name(), header.revision());
        }
    }

    private boolean isKnown(RecordName name, long revision) {
        Long known = revisions.get(name.text());
        return known != null && known == revision;
    }

    /** @param listed the revision that a list gave, if one did */
    private void readAgain(RecordName name, long listed) {
        fingerprint(name).ifPresent(fingerprint -> {
            try {
                Optional<StoredRecord> found = storage.find(name);
                // What was written here is in the index already.
                if (found.isEmpty() || !isKnown(name, found.get().revision())) {
                    put(fingerprint, found.isPresent() ? Optional.of(slot(found.get())) : Optional.empty());
                }
            } catch (IOException e) {
                // Nobody knows what was decided, so that it is not trusted. Perhaps only the medium failed.
                boolean damaged = e instanceof MalformedEncodingException;
                unreadAt = damaged ? unreadAt : clock.instant();
                put(fingerprint, Optional.of(new Slot(damaged ? listed : NEVER, Optional.empty())));
            }
        });
    }

    private static Slot slot(StoredRecord record) throws IOException {
        return new Slot(record.revision(), Optional.of(TrustText.decode(record)));
    }

    /** Changes one entry, again if somebody else did meanwhile. */
    Optional<TrustState> update(Fingerprint fingerprint, Step step) throws IOException {
        Optional<TrustState> after;
        synchronized (this) {
            after = written(fingerprint, step);
        }
        tellEvents();
        return after;
    }

    private Optional<TrustState> written(Fingerprint fingerprint, Step step) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Optional<StoredRecord> found = storage.find(name(fingerprint));
            Optional<TrustState> before =
                    found.isPresent() ? Optional.of(TrustText.decode(found.get())) : Optional.empty();
            Optional<TrustState> after = step.apply(before);
            try {
                Optional<StoredRecord> record = after.equals(before) ? found : write(fingerprint, found, after);
                put(fingerprint, record.isPresent() ? Optional.of(slot(record.get())) : Optional.empty());
                return after;
            } catch (StaleRecordException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Optional<StoredRecord> write(
            Fingerprint fingerprint, Optional<StoredRecord> found, Optional<TrustState> after) throws IOException {
        if (after.isEmpty()) {
            storage.delete(found.orElseThrow());
            return Optional.empty();
        }
        RecordContent content = TrustText.encode(after.get());
        return Optional.of(
                found.isPresent() ? storage.replace(found.get(), content) : storage.create(name(fingerprint), content));
    }

    /** Deletes a record whatever it holds, also a damaged one that no step could read. */
    boolean erase(Fingerprint fingerprint) throws IOException {
        boolean erased = false;
        synchronized (this) {
            for (Optional<StoredRecord> found = storage.find(name(fingerprint)); found.isPresent() && !erased; ) {
                try {
                    storage.delete(found.get());
                    erased = true;
                } catch (StaleRecordException e) {
                    found = storage.find(name(fingerprint));
                }
            }
            put(fingerprint, Optional.empty());
        }
        tellEvents();
        return erased;
    }

    /** The entries whose time has come. */
    List<Fingerprint> due(int limit) throws IOException {
        return storage.dueBefore(SHELF, clock.instant().plusMillis(1), limit).stream()
                .flatMap(header -> fingerprint(header.name()).stream())
                .toList();
    }

    private void put(Fingerprint fingerprint, Optional<Slot> slot) {
        Optional<TrustState> before = index.state(fingerprint);
        index.put(fingerprint, slot);
        String name = name(fingerprint).text();
        if (slot.isPresent()) {
            revisions.put(name, slot.get().revision());
        } else {
            revisions.remove(name);
        }
        if (loaded) {
            Optional<TrustState> after = index.state(fingerprint);
            kind(before, after)
                    .map(kind ->
                            new TrustEvent(kind, entry(after.or(() -> before).orElseThrow())))
                    .ifPresent(untold::add);
        }
    }

    TrustEntry entry(TrustState state) {
        return new TrustEntry(state, index.isDefault(state.certificate().fingerprint()), clock.instant());
    }

    private Optional<TrustEvent.Kind> kind(Optional<TrustState> before, Optional<TrustState> after) {
        if (before.equals(after)) {
            return Optional.empty();
        }
        if (after.isEmpty()) {
            return Optional.of(TrustEvent.Kind.DELETED);
        }
        TrustState now = after.get();
        boolean decided = before.filter(state ->
                        state.decision() == now.decision() && state.acceptance().equals(now.acceptance()))
                .isEmpty();
        if (!decided) {
            return before.filter(state -> state.known(Instant.MIN).equals(now.known(Instant.MIN))
                                    && state.sightings().size()
                                            == now.sightings().size())
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of(TrustEvent.Kind.SEEN);
        }
        return Optional.of(
                switch (now.decision()) {
                    case ACCEPTED -> isRestored(now) ? TrustEvent.Kind.RESTORED : TrustEvent.Kind.ACCEPTED;
                    case REJECTED -> TrustEvent.Kind.REJECTED;
                    case REMOVED -> TrustEvent.Kind.DELETED;
                    case NONE ->
                        before.isEmpty() && !now.sightings().isEmpty()
                                ? TrustEvent.Kind.CAPTURED
                                : TrustEvent.Kind.INVALID;
                });
    }

    private boolean isRestored(TrustState now) {
        Fingerprint fingerprint = now.certificate().fingerprint();
        return index.isDefault(fingerprint) && !index.slots().containsKey(fingerprint);
    }

    /** Outside of the lock, so that a listener may use the lists. */
    private void tellEvents() {
        List<TrustEvent> events;
        synchronized (this) {
            events = List.copyOf(untold);
            untold.clear();
        }
        events.forEach(event -> tell(() -> listener.changed(event)));
    }

    private static void tell(Runnable message) {
        try {
            message.run();
        } catch (RuntimeException e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }
}
