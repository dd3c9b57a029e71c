package dev.certkit.store.keystore;

import dev.certkit.key.Passphrase;
import dev.certkit.store.Storage;
import dev.certkit.store.StorageContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class KeyStoreStorageTest extends StorageContract {
    @TempDir
    Path directory;

    /** Each that succeeds derives a key. */
    @Override
    protected int compareAndSets() {
        return Integer.getInteger("certkit.compareAndSets", 1000) / 10;
    }

    @Override
    protected Storage open(Clock clock) throws IOException {
        return KeyStoreStorage.draft(directory.resolve("store.p12"), Passphrase.of("contract"))
                .clock(clock)
                .open();
    }
}
