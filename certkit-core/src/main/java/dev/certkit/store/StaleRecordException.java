package dev.certkit.store;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A write was refused because somebody else had written first; nothing was changed.
 *
 * <p>Find the record again, decide again, and write again; a worker whose lease was taken over stops instead.
 */
public final class StaleRecordException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient RecordName name;
    private final long expected;
    private final long actual;

    private StaleRecordException(String message, RecordName name, long expected, long actual) {
        super(message);
        this.name = name;
        this.expected = expected;
        this.actual = actual;
    }

    /**
     * A record was to be created, and is there.
     *
     * @param present the record that is there; not null
     * @return the exception
     */
    public static StaleRecordException exists(RecordHeader present) {
        return new StaleRecordException(
                present.name() + " was to be created, but it exists with revision " + present.revision()
                        + "; find it and replace it, or choose another name",
                present.name(),
                0,
                present.revision());
    }

    /**
     * A record was to be written or deleted, and is gone.
     *
     * @param expected the record as the caller knew it; not null
     * @return the exception
     */
    public static StaleRecordException gone(StoredRecord expected) {
        return new StaleRecordException(
                expected.name() + " was expected with revision " + expected.revision()
                        + ", but it was deleted; nothing was written",
                expected.name(),
                expected.revision(),
                0);
    }

    /**
     * A record was to be written or deleted, and has changed.
     *
     * @param expected the record as the caller knew it; not null
     * @param present the record that is there; not null
     * @return the exception
     */
    public static StaleRecordException changed(StoredRecord expected, RecordHeader present) {
        return new StaleRecordException(
                expected.name() + " was expected with revision " + expected.revision() + ", but has revision "
                        + present.revision() + "; nothing was written, find it again before you retry",
                expected.name(),
                expected.revision(),
                present.revision());
    }

    /**
     * Refuses, for a back end, a write that does not expect what is there.
     *
     * @param expected the record as the caller knew it; not null
     * @param present what is there now; not null
     * @throws StaleRecordException if it is gone or has another revision
     */
    public static void check(StoredRecord expected, Optional<RecordHeader> present) throws StaleRecordException {
        if (present.isEmpty()) {
            throw gone(expected);
        }
        if (present.get().revision() != expected.revision()) {
            throw changed(expected, present.get());
        }
    }

    /**
     * Which record it was.
     *
     * @return its name
     */
    public RecordName name() {
        return name;
    }

    /**
     * The revision that the caller expected.
     *
     * @return empty if the caller expected no record
     */
    public OptionalLong expectedRevision() {
        return revision(expected);
    }

    /**
     * The revision that the storage had.
     *
     * @return empty if there was no record
     */
    public OptionalLong actualRevision() {
        return revision(actual);
    }

    private static OptionalLong revision(long value) {
        return value == 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
