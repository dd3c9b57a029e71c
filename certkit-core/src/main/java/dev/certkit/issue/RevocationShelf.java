package dev.certkit.issue;

import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The revocations of one authority, spread over 256 records by the last octet of the serial number.
 *
 * <p>So a list of a hundred thousand is made from 256 reads, none of them of the certificates, and writers seldom meet.
 */
final class RevocationShelf {
    static final int BUCKETS = 256;
    private static final Shelf SHELF = Shelf.of("revoked");

    private final Storage storage;
    private final String authority;

    RevocationShelf(Storage storage, String authority) {
        this.storage = storage;
        this.authority = authority;
    }

    Optional<Revocation> find(SerialNumber serial) throws IOException {
        return bucket(storage.find(name(bucketOf(serial)))).find(serial);
    }

    /**
     * Changes what is known of a serial number, or leaves it.
     *
     * @param change from what is there to what is to be there; the same if nothing is to be written; may be called again
     * @return what is there then
     */
    Optional<Revocation> change(SerialNumber serial, UnaryOperator<Optional<Revocation>> change) throws IOException {
        RecordName name = name(bucketOf(serial));
        while (true) {
            Optional<StoredRecord> record = storage.find(name);
            RevocationBucket bucket = bucket(record);
            Optional<Revocation> before = bucket.find(serial);
            Optional<Revocation> after = change.apply(before);
            if (after.isEmpty() || after.equals(before)) {
                return after;
            }
            try {
                write(name, record, content(bucket.with(after.get())));
                return after;
            } catch (StaleRecordException e) {
                // Somebody else revoked; look again.
            }
        }
    }

    private void write(RecordName name, Optional<StoredRecord> before, RecordContent content) throws IOException {
        if (before.isPresent()) {
            storage.replace(before.get(), content);
        } else {
            storage.create(name, content);
        }
    }

    /** All buckets, by number. */
    List<RevocationBucket> snapshot() throws IOException {
        List<RevocationBucket> buckets = new ArrayList<>(BUCKETS);
        for (int i = 0; i < BUCKETS; i++) {
            buckets.add(bucket(storage.find(name(i))));
        }
        return buckets;
    }

    private RecordName name(int bucket) {
        return SHELF.name(String.format(Locale.ROOT, "%s-%02x", authority, bucket));
    }

    private static int bucketOf(SerialNumber serial) {
        return serial.value().intValue() & BUCKETS - 1;
    }

    private static RevocationBucket bucket(Optional<StoredRecord> record) throws IOException {
        return record.isEmpty()
                ? RevocationBucket.EMPTY
                : RevocationBucket.parse(new String(record.get().content().payload(), StandardCharsets.UTF_8));
    }

    private RecordContent content(RevocationBucket bucket) throws IOException {
        byte[] payload = bucket.text().getBytes(StandardCharsets.UTF_8);
        if (payload.length > RecordContent.MAX_PAYLOAD) {
            throw new IOException("the records of revocations of this authority are full, with about "
                    + BUCKETS * (RecordContent.MAX_PAYLOAD / 110)
                    + " certificates; begin an authority with another key");
        }
        return RecordContent.of(payload);
    }
}
