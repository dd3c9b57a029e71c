package dev.certkit.store.file;

import dev.certkit.store.RecordName;
import java.util.Optional;

/** A file that was read, and is not the record that it ought to be. */
final class Damage extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final transient Optional<RecordName> name;

    Damage(String reason, Optional<RecordName> name) {
        super(reason);
        this.reason = reason;
        this.name = name;
    }

    /** In words that follow a file's name. */
    String reason() {
        return reason;
    }

    /** The name, where it could still be read and agrees with the file's. */
    Optional<RecordName> name() {
        return name;
    }
}
