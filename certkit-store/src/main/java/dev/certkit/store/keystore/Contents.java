package dev.certkit.store.keystore;

import dev.certkit.store.RecordHeader;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.Fingerprint;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All records at one moment, and the highest revision that any record ever had; immutable. */
final class Contents {
    static final Contents EMPTY = new Contents(new TreeMap<>(), 0);

    private static final Comparator<StoredRecord> BY_TIME = Comparator.comparing(
                    (StoredRecord record) -> record.content().nextAt().orElse(Instant.MAX))
            .thenComparing(StoredRecord::name);

    private final NavigableMap<RecordName, StoredRecord> records;
    private final long lastRevision;

    private Contents(NavigableMap<RecordName, StoredRecord> records, long lastRevision) {
        this.records = records;
        this.lastRevision = lastRevision;
    }

    long lastRevision() {
        return lastRevision;
    }

    Collection<StoredRecord> all() {
        return Collections.unmodifiableCollection(records.values());
    }

    Contents with(StoredRecord record) {
        NavigableMap<RecordName, StoredRecord> more = new TreeMap<>(records);
        more.put(record.name(), record);
        return new Contents(more, Math.max(lastRevision, record.revision()));
    }

    /** Its revision is remembered, so that a record of the same name gets a higher one. */
    Contents without(RecordName name, long asRevision) {
        NavigableMap<RecordName, StoredRecord> fewer = new TreeMap<>(records);
        fewer.remove(name);
        return new Contents(fewer, Math.max(lastRevision, asRevision));
    }

    Optional<StoredRecord> find(RecordName name) {
        return Optional.ofNullable(records.get(name));
    }

    Optional<StoredRecord> find(Shelf shelf, Fingerprint fingerprint) {
        Optional<Fingerprint> wanted = Optional.of(fingerprint);
        return on(shelf)
                .filter(record -> record.content().fingerprint().equals(wanted))
                .findFirst();
    }

    List<RecordHeader> list(Shelf shelf, Optional<RecordName> after, int limit) {
        return on(shelf)
                .filter(record -> after.isEmpty() || record.name().compareTo(after.get()) > 0)
                .limit(limit)
                .map(StoredRecord::header)
                .toList();
    }

    Stream<StoredRecord> due(Shelf shelf, Predicate<Instant> when) {
        return on(shelf)
                .filter(record -> record.content().nextAt().filter(when).isPresent())
                .sorted(BY_TIME);
    }

    Stream<StoredRecord> on(Shelf shelf) {
        return records.values().stream().filter(record -> record.name().shelf().equals(shelf));
    }
}
