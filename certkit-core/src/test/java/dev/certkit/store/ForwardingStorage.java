package dev.certkit.store;

import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Hands every call on, and lets a subclass interfere. */
public abstract class ForwardingStorage implements Storage {
    /** Where the next call goes; may do something before, or fail. */
    protected abstract Storage next() throws IOException;

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
    public Optional<Set<RecordName>> changedSince(Shelf shelf, long token) throws IOException {
        return next().changedSince(shelf, token);
    }

    @Override
    public void close() throws IOException {
        next().close();
    }
}
