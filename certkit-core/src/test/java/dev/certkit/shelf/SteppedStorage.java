package dev.certkit.shelf;

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

/** Does something, or fails, just before one of the calls that are made to it. */
final class SteppedStorage implements Storage {
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

    private Storage next() throws IOException {
        before.call(calls++);
        return storage;
    }

    @Override
    public Optional<StoredRecord> find(RecordName name) throws IOException {
        return next().find(name);
    }

    @Override
    public Optional<StoredRecord> findByFingerprint(Shelf shelf, Fingerprint fingerprint) throws IOException {
        return next().findByFingerprint(shelf, fingerprint);
    }

    @Override
    public List<RecordHeader> list(Shelf shelf, Optional<String> after, int limit) throws IOException {
        return next().list(shelf, after, limit);
    }

    @Override
    public List<RecordHeader> dueBefore(Shelf shelf, Instant end, int limit) throws IOException {
        return next().dueBefore(shelf, end, limit);
    }

    @Override
    public StoredRecord create(RecordName name, RecordContent content) throws IOException {
        return next().create(name, content);
    }

    @Override
    public StoredRecord replace(StoredRecord expected, RecordContent content) throws IOException {
        return next().replace(expected, content);
    }

    @Override
    public void delete(StoredRecord expected) throws IOException {
        next().delete(expected);
    }

    @Override
    public List<Lease> claimDue(Shelf shelf, String owner, int max, Duration timeToLive) throws IOException {
        return next().claimDue(shelf, owner, max, timeToLive);
    }

    @Override
    public Lease extend(Lease lease, Duration timeToLive) throws IOException {
        return next().extend(lease, timeToLive);
    }

    @Override
    public long changeToken() throws IOException {
        return next().changeToken();
    }

    @Override
    public void close() throws IOException {
        storage.close();
    }
}
