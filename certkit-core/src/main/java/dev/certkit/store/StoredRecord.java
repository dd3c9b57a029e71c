package dev.certkit.store;

import java.util.Objects;

/**
 * A record as it was read: its name, its content, and the revision that a write compares.
 *
 * <p>Immutable. Made by back ends.
 *
 * @param name the record's name; not null
 * @param revision 1 or more; larger than every earlier one of this name, also of a deleted record
 * @param content what was written; not null
 * @param leaseEpoch the epoch of the last claim; 0 if the record was never claimed
 */
public record StoredRecord(RecordName name, long revision, RecordContent content, long leaseEpoch) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the revision is not positive or the epoch is negative
     */
    public StoredRecord {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(content, "content");
        if (revision < 1) {
            throw new IllegalArgumentException("revision: " + revision + ", the first is 1");
        }
        if (leaseEpoch < 0) {
            throw new IllegalArgumentException("leaseEpoch: " + leaseEpoch + " is negative");
        }
    }

    /**
     * Everything but the payload.
     *
     * @return the header that a list would give
     */
    public RecordHeader header() {
        return new RecordHeader(name, revision, content.nextAt(), content.fingerprint());
    }
}
