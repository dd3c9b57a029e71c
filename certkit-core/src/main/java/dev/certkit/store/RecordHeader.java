package dev.certkit.store;

import dev.certkit.x509.Fingerprint;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a list tells of a record: everything but the payload.
 *
 * <p>Immutable. Two headers with the same name and revision are of the same content, so a reader that keeps contents
 * needs to fetch only those whose revision is new to it.
 *
 * @param name the record's name; not null
 * @param revision 1 or more
 * @param nextAt when somebody should look again, in whole milliseconds; not null
 * @param fingerprint what the record is found by; not null
 */
public record RecordHeader(
        RecordName name, long revision, Optional<Instant> nextAt, Optional<Fingerprint> fingerprint) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the revision is not positive
     */
    public RecordHeader {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(nextAt, "nextAt");
        Objects.requireNonNull(fingerprint, "fingerprint");
        if (revision < 1) {
            throw new IllegalArgumentException("revision: " + revision + ", the first is 1");
        }
    }

    /**
     * Refuses a limit that gives no page; for back ends, before they list or claim anything.
     *
     * @param limit how many records are asked for at most
     * @return the limit
     * @throws IllegalArgumentException if it is not positive
     */
    public static int checkLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + ", ask for at least 1");
        }
        return limit;
    }
}
