package dev.certkit.scep;

import dev.certkit.scep.ScepException.Check;

/**
 * Walks over BER or DER once, without recursion, and refuses what is too large, too deep or too many.
 *
 * <p>Definite and indefinite lengths are followed. Nothing is judged beyond the framing.
 */
final class EncodingBounds {
    static final int MAX_BYTES = 256 * 1024;
    static final int MAX_DEPTH = 32;
    /** A message holds some hundred values; each certificate or list entry a few more. */
    static final int MAX_VALUES = 20_000;

    private static final int INDEFINITE = -1;
    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_TAG = 0x1F;
    private static final int MAX_TAG_OCTETS = 5;
    private static final int MAX_LENGTH_OCTETS = 4;

    private final byte[] source;
    private final String what;
    private final int[] ends = new int[MAX_DEPTH];
    private int depth;
    private int at;

    private EncodingBounds(byte[] source, String what) {
        this.source = source;
        this.what = what;
    }

    static void check(byte[] source, String what) throws ScepException {
        if (source.length > MAX_BYTES) {
            throw ScepException.of(
                    Check.SIZE,
                    "The " + what + " has " + source.length + " bytes, more than the " + MAX_BYTES + " that are read");
        }
        new EncodingBounds(source, what).walk();
    }

    private void walk() throws ScepException {
        int values = 0;
        do {
            if (++values > MAX_VALUES) {
                throw malformed("has more than " + MAX_VALUES + " values");
            }
            value();
            leaveWhatEnded();
        } while (depth > 0);
        if (at != source.length) {
            throw malformed("is followed by " + (source.length - at) + " more bytes");
        }
    }

    private void value() throws ScepException {
        int first = octet();
        if (first == 0 && depth > 0 && ends[depth - 1] == INDEFINITE) {
            if (octet() != 0) {
                throw malformed("has an end mark that is none");
            }
            depth--;
            return;
        }
        if ((first & LONG_TAG) == LONG_TAG) {
            skipLongTag();
        }
        int length = length();
        if ((first & CONSTRUCTED) != 0) {
            enter(length);
        } else if (length == INDEFINITE) {
            throw malformed("has a primitive value of indefinite length");
        } else {
            at += length;
        }
    }

    private void enter(int length) throws ScepException {
        if (depth == MAX_DEPTH) {
            throw malformed("is nested more than " + MAX_DEPTH + " deep");
        }
        ends[depth++] = length == INDEFINITE ? INDEFINITE : at + length;
    }

    private void leaveWhatEnded() {
        while (depth > 0 && ends[depth - 1] == at) {
            depth--;
        }
    }

    private void skipLongTag() throws ScepException {
        int octets = 0;
        while ((octet() & 0x80) != 0) {
            if (++octets == MAX_TAG_OCTETS) {
                throw malformed("has a tag of more than " + MAX_TAG_OCTETS + " octets");
            }
        }
    }

    private int length() throws ScepException {
        int first = octet();
        if (first == 0x80) {
            return INDEFINITE;
        }
        long length = first < 0x80 ? first : longLength(first & 0x7F);
        int room = room();
        if (length > room) {
            throw malformed("ends inside a value: " + length + " bytes are announced where " + room + " are left");
        }
        return (int) length;
    }

    private long longLength(int octets) throws ScepException {
        if (octets > MAX_LENGTH_OCTETS) {
            throw malformed("has a length of " + octets + " octets");
        }
        long length = 0;
        for (int i = 0; i < octets; i++) {
            length = length << 8 | octet();
        }
        return length;
    }

    /** The bytes left in the innermost value of definite length. */
    private int room() {
        for (int i = depth - 1; i >= 0; i--) {
            if (ends[i] != INDEFINITE) {
                return ends[i] - at;
            }
        }
        return source.length - at;
    }

    private int octet() throws ScepException {
        if (room() < 1) {
            throw malformed("ends inside a value");
        }
        return source[at++] & 0xFF;
    }

    private ScepException malformed(String reason) {
        return ScepException.of(
                Check.ENCODING, "The " + what + " is no well-formed ASN.1: it " + reason + "; the peer is broken");
    }
}
