package dev.certkit.store.file;

import dev.certkit.store.RecordHeader;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A file of a record that was found broken, and what is used in its place.
 *
 * <p>Immutable.
 *
 * @param file the broken file, left where it is until the record is written again; not null
 * @param reason what is wrong, in words that follow the file's name; not null
 * @param usedInstead the older generation that the record was taken back to; empty if there is none; not null
 */
public record DamagedFile(Path file, String reason, Optional<RecordHeader> usedInstead) {
    /** Checks the parts. */
    public DamagedFile {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(usedInstead, "usedInstead");
    }
}
