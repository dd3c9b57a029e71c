package dev.certkit.scep;

import dev.certkit.store.Lease;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A storage whose n-th write from now fails, before or after it was done, as on any medium. */
final class BreakableStorage implements Storage {
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

    private Storage readable() throws IOException {
        if (!readable) {
            throw new IOException("the medium is unreadable");
        }
        return storage;
    }

    @Override
    public Optional<StoredRecord> find(RecordName name) throws IOException {
        return readable().find(name);
    }

    @Override
    public Optional<StoredRecord> findByFingerprint(Shelf shelf, Fingerprint fingerprint) throws IOException {
        return readable().findByFingerprint(shelf, fingerprint);
    }

    @Override
    public List<RecordHeader> list(Shelf shelf, Optional<String> after, int limit) throws IOException {
        return readable().list(shelf, after, limit);
    }

    @Override
    public List<RecordHeader> dueBefore(Shelf shelf, Instant end, int limit) throws IOException {
        return readable().dueBefore(shelf, end, limit);
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

    @Override
    public List<Lease> claimDue(Shelf shelf, String owner, int max, Duration timeToLive) throws IOException {
        return storage.claimDue(shelf, owner, max, timeToLive);
    }

    @Override
    public Lease extend(Lease lease, Duration timeToLive) throws IOException {
        return storage.extend(lease, timeToLive);
    }

    @Override
    public long changeToken() throws IOException {
        return storage.changeToken();
    }

    @Override
    public void close() throws IOException {
        storage.close();
    }
}
