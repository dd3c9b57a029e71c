package dev.certkit.store.keystore;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A key store file that was found broken, and the one that is used in its place.
 *
 * <p>Immutable.
 *
 * @param file the broken file, left as it is until the next write; not null
 * @param reason what is wrong, for people; not null
 * @param usedInstead the file before it; what was written since then is lost; not null
 */
public record DamagedKeyStore(Path file, String reason, Path usedInstead) {
    /** Checks the parts. */
    public DamagedKeyStore {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(usedInstead, "usedInstead");
    }
}
