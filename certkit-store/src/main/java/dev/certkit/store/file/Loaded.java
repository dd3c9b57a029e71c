package dev.certkit.store.file;

import dev.certkit.store.RecordHeader;
import dev.certkit.store.RecordName;
import dev.certkit.store.StoredRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the files of one record gave.
 *
 * @param record the newest whole generation
 * @param name of the record, where any of its files told it
 * @param revisions of all its files, the newest first
 * @param damage what was wrong with files newer than the one in use
 */
record Loaded(
        Optional<StoredRecord> record, Optional<RecordName> name, List<Long> revisions, List<DamagedFile> damage) {

    static Loaded whole(StoredRecord record, List<Long> revisions, Map<Path, String> reasons) {
        List<DamagedFile> damage = damage(reasons, Optional.of(record.header()));
        return new Loaded(Optional.of(record), Optional.of(record.name()), revisions, damage);
    }

    static Loaded broken(Optional<RecordName> name, List<Long> revisions, Map<Path, String> reasons) {
        return new Loaded(Optional.empty(), name, revisions, damage(reasons, Optional.empty()));
    }

    /** The same, of a record whose name is known from elsewhere. */
    Loaded of(RecordName known) {
        return new Loaded(record, Optional.of(known), revisions, damage);
    }

    private static List<DamagedFile> damage(Map<Path, String> reasons, Optional<RecordHeader> usedInstead) {
        return reasons.entrySet().stream()
                .map(reason -> new DamagedFile(reason.getKey(), reason.getValue(), usedInstead))
                .toList();
    }

    /** What the index shall hold; empty if nothing but the hash of the name is known. */
    Optional<Entry> entry() {
        if (record.isEmpty()) {
            return name.map(known -> Entry.broken(known, revisions));
        }
        List<Long> others = new ArrayList<>(revisions);
        others.remove(record.get().revision());
        others.removeAll(surplus());
        return Optional.of(new Entry(record.get().header(), others, false));
    }

    /** Generations older than the one before the one in use. */
    List<Long> surplus() {
        if (revisions.size() < 3) {
            return List.of();
        }
        return record.map(used -> revisions.stream()
                        .filter(revision -> revision < used.revision())
                        .skip(1)
                        .toList())
                .orElse(List.of());
    }
}
