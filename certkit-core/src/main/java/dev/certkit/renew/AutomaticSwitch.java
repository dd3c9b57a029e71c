package dev.certkit.renew;

import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Whether somebody switched automatic requests off: a record of its own while they are off, so that a restart switches
 * nothing on, and every process with the same storage sees it.
 */
final class AutomaticSwitch {
    private static final Shelf SWITCHES = Shelf.of("renewal-switches");
    private static final int ATTEMPTS = 20;

    private final Storage storage;
    private final RecordName name;

    /** For the renewers whose times stand on this shelf. */
    AutomaticSwitch(Storage storage, Shelf times) {
        this.storage = storage;
        this.name = SWITCHES.name(times.name());
    }

    boolean isOff() throws IOException {
        return storage.find(name).isPresent();
    }

    void turnOff() throws IOException {
        if (isOff()) {
            return;
        }
        try {
            storage.create(name, RecordContent.of("off\n".getBytes(StandardCharsets.UTF_8)));
        } catch (StaleRecordException e) {
            // Somebody else was as quick.
            if (!isOff()) {
                throw e;
            }
        }
    }

    void turnOn() throws IOException {
        for (int attempt = 1; ; attempt++) {
            Optional<StoredRecord> off = storage.find(name);
            try {
                if (off.isPresent()) {
                    storage.delete(off.get());
                }
                return;
            } catch (StaleRecordException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
