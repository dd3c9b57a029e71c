package dev.certkit.store.file;

import dev.certkit.store.Storage;
import dev.certkit.store.StorageContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStorageTest extends StorageContract {
    @TempDir
    Path directory;

    @Override
    protected Storage open(Clock clock) throws IOException {
        return DirectoryStorage.draft(directory.resolve("store")).clock(clock).open();
    }
}
