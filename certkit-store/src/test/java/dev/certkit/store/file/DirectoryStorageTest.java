package dev.certkit.store.file;

import dev.certkit.store.Storage;
import dev.certkit.store.StorageContract;
import dev.certkit.store.faults.Rounds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStorageTest extends StorageContract {
    @TempDir
    Path directory;

    /** Each that succeeds waits for two syncs. */
    @Override
    protected int compareAndSets() {
        return Rounds.shortOrLong(1000, 10_000);
    }

    @Override
    protected Storage open(Clock clock) throws IOException {
        return DirectoryStorage.draft(directory.resolve("store")).clock(clock).open();
    }
}
