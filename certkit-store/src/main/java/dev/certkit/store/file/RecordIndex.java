package dev.certkit.store.file;

import dev.certkit.store.RecordHeader;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.x509.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The headers of all records in the orders that they are asked for; thread safe, and never waits for a disk. */
final class RecordIndex {
    private final Map<Shelf, OnShelf> shelves = new HashMap<>();

    private static final class OnShelf {
        private final SortedBlocks<IndexedRecord> byName = new SortedBlocks<>(IndexedRecord.BY_NAME);
        private final SortedBlocks<IndexedRecord> byTime = new SortedBlocks<>(IndexedRecord.BY_TIME);
        private final SortedBlocks<IndexedRecord> byFingerprint = new SortedBlocks<>(IndexedRecord.BY_FINGERPRINT);

        private void put(IndexedRecord record) {
            byName.find(record).ifPresent(this::remove);
            byName.put(record);
            if (record.hasTime()) {
                byTime.put(record);
            }
            if (record.hasFingerprint()) {
                byFingerprint.put(record);
            }
        }

        private void remove(IndexedRecord record) {
            byName.remove(record);
            if (record.hasTime()) {
                byTime.remove(record);
            }
            if (record.hasFingerprint()) {
                byFingerprint.remove(record);
            }
        }
    }

    synchronized Optional<Entry> get(RecordName name) {
        return on(name.shelf()).byName.find(IndexedRecord.at(name.text())).map(found -> found.entry(name.shelf()));
    }

    synchronized void put(Entry entry) {
        shelves.computeIfAbsent(entry.header().name().shelf(), absent -> new OnShelf())
                .put(IndexedRecord.of(entry));
    }

    synchronized void remove(RecordName name) {
        OnShelf shelf = on(name.shelf());
        shelf.byName.find(IndexedRecord.at(name.text())).ifPresent(shelf::remove);
    }

    synchronized List<RecordHeader> list(Shelf shelf, Optional<RecordName> after, int limit) {
        SortedBlocks<IndexedRecord> names = on(shelf).byName;
        Iterator<IndexedRecord> next =
                after.isPresent() ? names.from(IndexedRecord.at(after.get().text())) : names.all();
        List<RecordHeader> page = new ArrayList<>();
        while (page.size() < limit && next.hasNext()) {
            RecordHeader header = next.next().header(shelf);
            if (!Optional.of(header.name()).equals(after)) {
                page.add(header);
            }
        }
        return page;
    }

    synchronized List<RecordHeader> dueBefore(Shelf shelf, Instant end, int limit) {
        List<RecordHeader> due = new ArrayList<>();
        Iterator<IndexedRecord> next = on(shelf).byTime.all();
        while (due.size() < limit && next.hasNext()) {
            IndexedRecord record = next.next();
            if (!record.isDueBefore(end)) {
                break;
            }
            due.add(record.header(shelf));
        }
        return due;
    }

    /** The first record that is due at a time, among those that follow another one in the order of due times. */
    synchronized Optional<RecordHeader> nextDue(Shelf shelf, Optional<RecordHeader> after, Instant now) {
        SortedBlocks<IndexedRecord> times = on(shelf).byTime;
        Iterator<IndexedRecord> next = after.isPresent() ? times.from(IndexedRecord.at(after.get())) : times.all();
        while (next.hasNext()) {
            RecordHeader header = next.next().header(shelf);
            if (header.nextAt().orElseThrow().isAfter(now)) {
                return Optional.empty();
            }
            if (after.isEmpty() || !header.name().equals(after.get().name())) {
                return Optional.of(header);
            }
        }
        return Optional.empty();
    }

    synchronized Optional<RecordHeader> withFingerprint(Shelf shelf, Fingerprint fingerprint) {
        Iterator<IndexedRecord> next = on(shelf).byFingerprint.from(IndexedRecord.at(fingerprint));
        return next.hasNext()
                ? Optional.of(next.next())
                        .filter(record -> record.has(fingerprint))
                        .map(record -> record.header(shelf))
                : Optional.empty();
    }

    private OnShelf on(Shelf shelf) {
        return shelves.getOrDefault(Objects.requireNonNull(shelf, "shelf"), new OnShelf());
    }
}
