package dev.certkit.store.file;

import dev.certkit.store.RecordHeader;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.x509.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The headers of all records in the orders that they are asked for; thread safe, and never waits for a disk. */
final class RecordIndex {
    private static final Comparator<RecordHeader> BY_TIME = Comparator.comparing(
                    (RecordHeader header) -> header.nextAt().orElseThrow())
            .thenComparing(RecordHeader::name);

    private static final Comparator<RecordHeader> BY_FINGERPRINT = Comparator.comparing(
                    (RecordHeader header) -> header.fingerprint().orElseThrow().bytes(), Arrays::compareUnsigned)
            .thenComparing(RecordHeader::name);

    private final Map<Shelf, OnShelf> shelves = new HashMap<>();

    private static final class OnShelf {
        private final NavigableMap<RecordName, Entry> byName = new TreeMap<>();
        private final NavigableSet<RecordHeader> byTime = new TreeSet<>(BY_TIME);
        private final NavigableSet<RecordHeader> byFingerprint = new TreeSet<>(BY_FINGERPRINT);
    }

    synchronized Optional<Entry> get(RecordName name) {
        return Optional.ofNullable(on(name.shelf()).byName.get(name));
    }

    synchronized void put(Entry entry) {
        RecordHeader header = entry.header();
        remove(header.name());
        OnShelf shelf = shelves.computeIfAbsent(header.name().shelf(), absent -> new OnShelf());
        shelf.byName.put(header.name(), entry);
        if (header.nextAt().isPresent()) {
            shelf.byTime.add(header);
        }
        if (header.fingerprint().isPresent()) {
            shelf.byFingerprint.add(header);
        }
    }

    synchronized void remove(RecordName name) {
        OnShelf shelf = on(name.shelf());
        Entry gone = shelf.byName.remove(name);
        if (gone != null && gone.header().nextAt().isPresent()) {
            shelf.byTime.remove(gone.header());
        }
        if (gone != null && gone.header().fingerprint().isPresent()) {
            shelf.byFingerprint.remove(gone.header());
        }
    }

    synchronized List<RecordHeader> list(Shelf shelf, Optional<RecordName> after, int limit) {
        NavigableMap<RecordName, Entry> names = on(shelf).byName;
        return (after.isPresent() ? names.tailMap(after.get(), false) : names)
                .values().stream().limit(limit).map(Entry::header).toList();
    }

    synchronized List<RecordHeader> dueBefore(Shelf shelf, Instant end, int limit) {
        List<RecordHeader> due = new ArrayList<>();
        Iterator<RecordHeader> next = on(shelf).byTime.iterator();
        while (due.size() < limit && next.hasNext()) {
            RecordHeader header = next.next();
            if (!header.nextAt().orElseThrow().isBefore(end)) {
                break;
            }
            due.add(header);
        }
        return due;
    }

    /** The first record that is due at a time, among those that follow another one in the order of due times. */
    synchronized Optional<RecordHeader> nextDue(Shelf shelf, Optional<RecordHeader> after, Instant now) {
        NavigableSet<RecordHeader> times = on(shelf).byTime;
        return (after.isPresent() ? times.tailSet(after.get(), false) : times)
                .stream()
                        .findFirst()
                        .filter(header -> !header.nextAt().orElseThrow().isAfter(now));
    }

    synchronized Optional<RecordHeader> withFingerprint(Shelf shelf, Fingerprint fingerprint) {
        Optional<Fingerprint> wanted = Optional.of(fingerprint);
        RecordHeader before = new RecordHeader(shelf.name("\0"), 1, Optional.empty(), wanted);
        return Optional.ofNullable(on(shelf).byFingerprint.ceiling(before))
                .filter(header -> header.fingerprint().equals(wanted));
    }

    private OnShelf on(Shelf shelf) {
        return shelves.getOrDefault(shelf, new OnShelf());
    }
}
