package dev.certkit.store;

import dev.certkit.x509.Fingerprint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is written into a record: a payload, and optionally a time and a fingerprint to find it by.
 *
 * <p>Immutable: each method gives a new content. The payload is copied in and out, is opaque to every back end, and is
 * never printed.
 */
public final class RecordContent {
    /** The largest payload in bytes: 1 MiB. */
    public static final int MAX_PAYLOAD = 1 << 20;

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final byte[] payload;
    private final @Nullable Instant nextAt;
    private final @Nullable Fingerprint fingerprint;

    private RecordContent(byte[] payload, @Nullable Instant nextAt, @Nullable Fingerprint fingerprint) {
        this.payload = payload;
        this.nextAt = nextAt;
        this.fingerprint = fingerprint;
    }

    /**
     * A content that is never due and has no fingerprint.
     *
     * @param payload 0 to 1,048,576 bytes, copied; not null
     * @return the content
     * @throws IllegalArgumentException if the payload is longer
     */
    public static RecordContent of(byte[] payload) {
        if (payload.length > MAX_PAYLOAD) {
            throw new IllegalArgumentException("payload: " + payload.length + " bytes, a record holds at most "
                    + MAX_PAYLOAD + "; keep large things elsewhere and a reference here");
        }
        return new RecordContent(payload.clone(), null, null);
    }

    /**
     * The same, due at a time: somebody should look at the record again then.
     *
     * @param nextAt from year 1 to year 9999, cut to the millisecond; not null
     * @return the new content
     * @throws IllegalArgumentException if the time is outside these years
     */
    public RecordContent lookAgainAt(Instant nextAt) {
        if (nextAt.isBefore(EARLIEST) || nextAt.isAfter(LATEST)) {
            throw new IllegalArgumentException("nextAt: " + nextAt + " is not within the years 1 to 9999");
        }
        return new RecordContent(payload, nextAt.truncatedTo(ChronoUnit.MILLIS), fingerprint);
    }

    /**
     * The same, found by a fingerprint.
     *
     * @param fingerprint need not be unique on a shelf; not null
     * @return the new content
     */
    public RecordContent indexedBy(Fingerprint fingerprint) {
        return new RecordContent(payload, nextAt, Objects.requireNonNull(fingerprint, "fingerprint"));
    }

    /**
     * The payload.
     *
     * @return a copy
     */
    public byte[] payload() {
        return payload.clone();
    }

    /**
     * When somebody should look again.
     *
     * @return a time in whole milliseconds, or empty if the record is never due
     */
    public Optional<Instant> nextAt() {
        return Optional.ofNullable(nextAt);
    }

    /**
     * The fingerprint that the record is found by.
     *
     * @return empty if there is none
     */
    public Optional<Fingerprint> fingerprint() {
        return Optional.ofNullable(fingerprint);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordContent that
                && Arrays.equals(payload, that.payload)
                && Objects.equals(nextAt, that.nextAt)
                && Objects.equals(fingerprint, that.fingerprint);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(payload), nextAt, fingerprint);
    }

    /** The payload's length, the time and the fingerprint; never the payload. */
    @Override
    public String toString() {
        return payload.length + " bytes" + (nextAt == null ? "" : ", due " + nextAt)
                + (fingerprint == null ? "" : ", " + fingerprint);
    }
}
