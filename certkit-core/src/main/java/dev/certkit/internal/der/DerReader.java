package dev.certkit.internal.der;

import java.util.Optional;

/**
 * Reads one value after another; never recurses, never allocates by a length that it has not checked.
 *
 * <p>Only definite lengths and one-octet tags are read, which is all that certificates, requests and keys use.
 */
public final class DerReader {
    private static final int MAX_LENGTH_OCTETS = 4;

    private final byte[] source;
    private final int end;
    private int at;

    DerReader(byte[] source, int start, int end) {
        this.source = source;
        this.at = start;
        this.end = end;
    }

    /** Reads the array itself, which must not change meanwhile. */
    public static DerReader of(byte[] encoded) {
        return new DerReader(encoded, 0, encoded.length);
    }

    /** The one value that fills the array, of this tag. */
    public static DerValue single(byte[] encoded, int tag) throws DerException {
        DerReader reader = of(encoded);
        DerValue value = reader.next(tag);
        reader.end();
        return value;
    }

    public boolean hasNext() {
        return at < end;
    }

    /** Whether another value follows and has this tag. */
    public boolean hasNext(int tag) {
        return at < end && (source[at] & 0xFF) == tag;
    }

    public DerValue next(int tag) throws DerException {
        if (!hasNext(tag)) {
            throw new DerException(
                    "expected the tag " + tag + ", found " + (hasNext() ? source[at] & 0xFF : "the end"), at);
        }
        return next();
    }

    public Optional<DerValue> nextIf(int tag) throws DerException {
        return hasNext(tag) ? Optional.of(next()) : Optional.empty();
    }

    public DerValue next() throws DerException {
        int start = at;
        if (end - at < 2) {
            throw new DerException("the encoding ends inside a value", start);
        }
        if ((source[at] & 0x1F) == 0x1F) {
            throw new DerException("a tag has more than one octet", start);
        }
        int first = source[at + 1] & 0xFF;
        at += 2;
        int length = first < 0x80 ? first : longLength(first & 0x7F);
        if (length > end - at) {
            throw new DerException("a value claims " + length + " octets where " + (end - at) + " are left", start);
        }
        int contentStart = at;
        at += length;
        return new DerValue(source, start, contentStart, at);
    }

    private int longLength(int octets) throws DerException {
        if (octets == 0) {
            throw new DerException("a length is indefinite, which DER does not allow", at);
        }
        if (octets > MAX_LENGTH_OCTETS || octets > end - at) {
            throw new DerException("a length has " + octets + " octets", at);
        }
        long length = 0;
        for (int i = 0; i < octets; i++) {
            length = (length << 8) | (source[at++] & 0xFF);
        }
        if (length > Integer.MAX_VALUE) {
            throw new DerException("a value claims " + length + " octets", at);
        }
        return (int) length;
    }

    /** Fails if anything is left. */
    public void end() throws DerException {
        if (hasNext()) {
            throw new DerException((end - at) + " octets follow the last value", at);
        }
    }
}
