package dev.certkit.shelf;

import dev.certkit.store.ForwardingStorage;
import dev.certkit.store.Storage;
import java.io.IOException;

/** Does something, or fails, just before one of the calls that are made to it. */
final class SteppedStorage extends ForwardingStorage {
    /** What happens before a call; the first has number 0. */
    interface Before {
        void call(int number) throws IOException;
    }

    private final Storage storage;
    private final Before before;
    private int calls;

    SteppedStorage(Storage storage, Before before) {
        this.storage = storage;
        this.before = before;
    }

    int calls() {
        return calls;
    }

    @Override
    protected Storage next() throws IOException {
        before.call(calls++);
        return storage;
    }
}
