package dev.certkit.store.file;

import dev.certkit.store.RecordHeader;
import dev.certkit.store.RecordName;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The index and the files together: whatever the index says, a file is behind it, or its damage was reported. */
final class Records {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryStorage.class);

    private final Generations generations;
    private final RecordIndex index = new RecordIndex();
    private final Map<String, List<Long>> nameless = new ConcurrentHashMap<>();
    private final Map<Path, DamagedFile> damaged = new LinkedHashMap<>();

    Records(Generations generations) {
        this.generations = generations;
    }

    RecordIndex index() {
        return index;
    }

    /** Takes in the files of one record, found when the directory was opened. */
    void open(String key, List<Long> revisions) throws IOException {
        Loaded loaded = generations.load(key, revisions);
        take(key, loaded);
        generations.discard(key, loaded.surplus());
    }

    private void take(String key, Loaded loaded) {
        loaded.damage().forEach(this::report);
        loaded.entry()
                .ifPresentOrElse(
                        entry -> {
                            index.put(entry);
                            nameless.remove(key);
                        },
                        () -> nameless.put(key, loaded.revisions()));
    }

    private void report(DamagedFile file) {
        synchronized (damaged) {
            if (file.equals(damaged.put(file.file(), file))) {
                return;
            }
        }
        String instead = file.usedInstead()
                .map(used -> "revision " + used.revision() + " of " + used.name()
                        + " is used, what was written later is lost")
                .orElse("the record cannot be read");
        LOG.warn("{} {}; {}", file.file(), file.reason(), instead);
    }

    List<DamagedFile> damaged() {
        synchronized (damaged) {
            return List.copyOf(damaged.values());
        }
    }

    /** The header of a record that is not known to be broken. */
    Optional<RecordHeader> whole(RecordName name) {
        return index.get(name).filter(entry -> !entry.isBroken()).map(Entry::header);
    }

    /** Tells whether there are files for this name, readable or not. */
    boolean isKnown(RecordName name) {
        return index.get(name).isPresent() || nameless.containsKey(GenerationName.key(name));
    }

    /**
     * Reads a record while others may write it.
     *
     * @throws Damage if its file is damaged, or is missing, which it also is after two writes since the look at the index
     */
    Optional<StoredRecord> read(RecordName name) throws IOException, Damage {
        Optional<Entry> entry = index.get(name);
        if (entry.isPresent()) {
            return Optional.of(read(entry.get()));
        }
        if (nameless.containsKey(GenerationName.key(name))) {
            throw new Damage("has no readable name", Optional.empty());
        }
        return Optional.empty();
    }

    private StoredRecord read(Entry entry) throws IOException, Damage {
        RecordHeader header = entry.header();
        if (entry.isBroken()) {
            throw new Damage("was damaged before", Optional.of(header.name()));
        }
        return generations.read(GenerationName.of(header.name(), header.revision()));
    }

    /**
     * Takes a damaged record back to its newest whole generation; nobody else may write meanwhile.
     *
     * @return empty if the record was deleted since its damage was seen
     * @throws DamagedRecordException if no generation is whole
     */
    Optional<StoredRecord> recover(RecordName name) throws IOException {
        if (!isKnown(name)) {
            return Optional.empty();
        }
        String key = GenerationName.key(name);
        List<Long> revisions = index.get(name)
                .map(entry -> entry.revisions().stream()
                        .sorted(Comparator.reverseOrder())
                        .toList())
                .orElseGet(() -> nameless.getOrDefault(key, List.of()));
        Loaded loaded = generations.load(key, revisions).of(name);
        take(key, loaded);
        if (loaded.record().isEmpty()) {
            throw new DamagedRecordException(name, loaded.damage());
        }
        return loaded.record();
    }

    /** Writes a generation, then lets go of those before the one that it follows. */
    void write(StoredRecord record, Optional<String> claimedBy) throws IOException {
        generations.write(record, claimedBy);
        Optional<Entry> before = index.get(record.name());
        List<Long> previous =
                before.map(entry -> List.of(entry.header().revision())).orElse(List.of());
        index.put(new Entry(record.header(), previous, false));
        before.ifPresent(entry -> generations.discard(GenerationName.key(record.name()), entry.others()));
    }

    void delete(RecordName name, long asRevision) throws IOException {
        Entry entry = index.get(name).orElseThrow();
        generations.delete(entry, asRevision);
        index.remove(name);
    }
}
