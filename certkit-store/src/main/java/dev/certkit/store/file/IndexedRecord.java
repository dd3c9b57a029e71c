package dev.certkit.store.file;

import dev.certkit.store.RecordHeader;
import dev.certkit.store.Shelf;
import dev.certkit.x509.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** An {@link Entry} in the fewest octets: a directory may have a million of them. */
final class IndexedRecord {
    /** UTF-8 has the order of code points, which is the order of names. */
    static final Comparator<IndexedRecord> BY_NAME = (a, b) -> Arrays.compareUnsigned(a.name, b.name);

    /** Only for those that have a time. */
    static final Comparator<IndexedRecord> BY_TIME = (a, b) -> {
        int byTime = Long.compare(a.nextAt, b.nextAt);
        return byTime != 0 ? byTime : BY_NAME.compare(a, b);
    };

    /** Only for those that have a fingerprint. */
    static final Comparator<IndexedRecord> BY_FINGERPRINT = (a, b) -> {
        int byFingerprint = Arrays.compareUnsigned(a.fingerprint, b.fingerprint);
        return byFingerprint != 0 ? byFingerprint : BY_NAME.compare(a, b);
    };

    private static final long NEVER = Long.MAX_VALUE;
    private static final byte[] BEFORE_ALL = {};
    private static final long[] NONE = {};

    private final byte[] name;
    private final long revision;
    private final long nextAt;
    private final byte @Nullable [] fingerprint;
    private final long[] others;
    private final boolean isBroken;

    private IndexedRecord(byte[] name, RecordHeader header, List<Long> others, boolean isBroken) {
        this.name = name;
        this.revision = header.revision();
        this.nextAt = header.nextAt().map(Instant::toEpochMilli).orElse(NEVER);
        this.fingerprint = header.fingerprint().map(Fingerprint::bytes).orElse(null);
        this.others = others.isEmpty()
                ? NONE
                : others.stream().mapToLong(Long::longValue).toArray();
        this.isBroken = isBroken;
    }

    /** A place in an order, before every record of the same time or fingerprint. */
    private IndexedRecord(byte[] name, long nextAt, byte @Nullable [] fingerprint) {
        this.name = name;
        this.revision = 0;
        this.nextAt = nextAt;
        this.fingerprint = fingerprint;
        this.others = NONE;
        this.isBroken = false;
    }

    static IndexedRecord of(Entry entry) {
        return new IndexedRecord(utf8(entry.header().name().text()), entry.header(), entry.others(), entry.isBroken());
    }

    /** Where a name is in the order of names. */
    static IndexedRecord at(String name) {
        return new IndexedRecord(utf8(name), NEVER, null);
    }

    /** Where a record is in the order of times. */
    static IndexedRecord at(RecordHeader header) {
        return of(new Entry(header, List.of(), false));
    }

    /** Before all that have a fingerprint. */
    static IndexedRecord at(Fingerprint fingerprint) {
        return new IndexedRecord(BEFORE_ALL, NEVER, fingerprint.bytes());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    boolean hasTime() {
        return nextAt != NEVER;
    }

    boolean isDueBefore(Instant end) {
        return hasTime() && Instant.ofEpochMilli(nextAt).isBefore(end);
    }

    boolean hasFingerprint() {
        return fingerprint != null;
    }

    boolean has(Fingerprint wanted) {
        return Arrays.equals(fingerprint, wanted.bytes());
    }

    Entry entry(Shelf shelf) {
        return new Entry(header(shelf), LongStream.of(others).boxed().toList(), isBroken);
    }

    RecordHeader header(Shelf shelf) {
        return new RecordHeader(
                shelf.name(new String(name, StandardCharsets.UTF_8)),
                revision,
                hasTime() ? Optional.of(Instant.ofEpochMilli(nextAt)) : Optional.empty(),
                Optional.ofNullable(fingerprint).map(Fingerprint::of));
    }
}
