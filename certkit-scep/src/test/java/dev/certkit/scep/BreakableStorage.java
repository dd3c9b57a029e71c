package dev.certkit.scep;

import dev.certkit.store.ForwardingStorage;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import java.io.IOException;

/** A storage whose n-th write from now fails, before or after it was done, as on any medium. */
final class BreakableStorage extends ForwardingStorage {
    /** When a failing write fails. */
    enum Failure {
        BEFORE_WRITING,
        AFTER_WRITING
    }

    private final Storage storage;
    private int writesLeft = Integer.MAX_VALUE;
    private Failure failure = Failure.BEFORE_WRITING;
    private boolean readable = true;

    BreakableStorage(Storage storage) {
        this.storage = storage;
    }

    /** All writes behind this many fail. */
    void failAfter(int writes, Failure how) {
        writesLeft = writes;
        failure = how;
    }

    void failReads() {
        readable = false;
    }

    void repair() {
        writesLeft = Integer.MAX_VALUE;
        readable = true;
    }

    private interface Write {
        StoredRecord done() throws IOException;
    }

    private StoredRecord write(Write write) throws IOException {
        if (writesLeft-- > 0) {
            return write.done();
        }
        if (failure == Failure.AFTER_WRITING) {
            write.done();
        }
        throw new IOException("the medium is broken");
    }

    @Override
    protected Storage next() throws IOException {
        if (!readable) {
            throw new IOException("the medium is unreadable");
        }
        return storage;
    }

    @Override
    public StoredRecord create(RecordName name, RecordContent content) throws IOException {
        return write(() -> storage.create(name, content));
    }

    @Override
    public StoredRecord replace(StoredRecord expected, RecordContent content) throws IOException {
        return write(() -> storage.replace(expected, content));
    }

    @Override
    public void delete(StoredRecord expected) throws IOException {
        storage.delete(expected);
    }
}
