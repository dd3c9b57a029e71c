package dev.certkit.store.file;

import dev.certkit.internal.disk.Durable;
import dev.certkit.store.RecordName;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of the records, one for each generation; writes are the caller's to put in turn. */
final class Generations {
    private final Disk disk;

    Generations(Disk disk) {
        this.disk = disk;
    }

    /** Reads one generation, which may have been replaced meanwhile: then it is damage that it is missing. */
    StoredRecord read(GenerationName generation) throws IOException, Damage {
        try {
            return RecordFile.decode(Disk.read(path(generation)), generation);
        } catch (NoSuchFileException e) {
            throw new Damage("is missing", Optional.empty());
        }
    }

    void write(StoredRecord record, Optional<String> claimedBy) throws IOException {
        Path file = path(GenerationName.of(record.name(), record.revision()));
        disk.commit(file, temp(record.revision()), RecordFile.encode(record, claimedBy));
    }

    /** Deletes all generations of a record, the one in use last, so that no older one is ever taken for it. */
    void delete(Entry entry, long asRevision) throws IOException {
        String key = GenerationName.key(entry.header().name());
        disk.delete(paths(key, entry.others()));
        disk.remove(path(new GenerationName(key, entry.header().revision())), temp(asRevision));
    }

    void discard(String key, List<Long> revisions) {
        paths(key, revisions).forEach(disk::discard);
    }

    /**
     * Finds the newest generation that is whole.
     *
     * <p>A generation that cannot be read for another reason than its bytes is not damaged for all we know: taking an
     * older one for it would undo an acknowledged write, so older ones then tell the record's name and nothing else.
     *
     * @param revisions of all generations there are, the newest first
     * @throws IOException if a later version of this library wrote one of them
     */
    Loaded load(String key, List<Long> revisions) throws IOException {
        disk.repair();
        Map<Path, String> reasons = new LinkedHashMap<>();
        Optional<RecordName> name = Optional.empty();
        boolean isUnreadable = false;
        for (long revision : revisions) {
            GenerationName generation = new GenerationName(key, revision);
            try {
                StoredRecord record = read(generation);
                if (!isUnreadable) {
                    return Loaded.whole(record, revisions, reasons);
                }
                name = Optional.of(record.name());
            } catch (Damage e) {
                reasons.put(path(generation), e.reason());
                name = name.or(e::name);
            } catch (NewerFormatException e) {
                throw e;
            } catch (IOException e) {
                reasons.put(path(generation), "cannot be read: " + Durable.reason(e));
                isUnreadable = true;
            }
        }
        return Loaded.broken(name, revisions, reasons);
    }

    private Path path(GenerationName generation) {
        return disk.path(generation.fileName());
    }

    private List<Path> paths(String key, List<Long> revisions) {
        List<Path> paths = new ArrayList<>();
        revisions.forEach(revision -> paths.add(path(new GenerationName(key, revision))));
        return paths;
    }

    private Path temp(long revision) {
        return disk.path(Durable.TEMP_PREFIX + revision);
    }
}
