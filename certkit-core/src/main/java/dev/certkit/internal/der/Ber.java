package dev.certkit.internal.der;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Brings BER (X.690, 8) into the definite lengths that {@link DerReader} reads, as far as PKCS#7 and PKCS#12 need it.
 *
 * <p>Only lengths are written anew, and only around what was indefinite: the order of sets and the bytes of every
 * signed value inside stay as they came.
 */
public final class Ber {
    private static final int CONSTRUCTED = 0x20;
    private static final int INDEFINITE = 0x80;
    private static final int CONSTRUCTED_OCTET_STRING = Tag.OCTET_STRING | CONSTRUCTED;

    private final byte[] source;
    private final int maxDepth;
    private int at;

    private Ber(byte[] source, int maxDepth) {
        this.source = source;
        this.maxDepth = maxDepth;
    }

    /**
     * One or more values with definite lengths; the same array where they are definite already.
     *
     * @throws DerException if the bytes are no BER, or values are nested deeper than allowed
     */
    public static byte[] toDefinite(byte[] ber, int maxDepth) throws DerException {
        try {
            Nesting.check(ber, maxDepth);
            return ber;
        } catch (DerException e) {
            return new Ber(ber, maxDepth).values();
        }
    }

    /** The octets of an OCTET STRING, whole or in pieces, under its own or an implicit tag. */
    public static byte[] octets(DerValue value) throws DerException {
        if ((value.tag() & CONSTRUCTED) == 0) {
            return value.content();
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream(value.contentLength());
        for (DerReader pieces = value.children(); pieces.hasNext(); ) {
            DerValue piece = pieces.next();
            if (piece.is(CONSTRUCTED_OCTET_STRING)) {
                joined.writeBytes(octets(piece));
            } else {
                joined.writeBytes(piece.octets());
            }
        }
        return joined.toByteArray();
    }

    private byte[] values() throws DerException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(source.length);
        while (at < source.length) {
            value(source.length, 0, out);
        }
        return out.toByteArray();
    }

    private void value(int end, int depth, ByteArrayOutputStream out) throws DerException {
        if (depth > maxDepth) {
            throw new DerException("values are nested deeper than " + maxDepth);
        }
        if (end - at >= 2 && (source[at] & CONSTRUCTED) != 0 && (source[at + 1] & 0xFF) == INDEFINITE) {
            indefinite(end, depth, out);
            return;
        }
        int start = at;
        DerValue value = new DerReader(source, at, end).next();
        int after = start + value.encodedLength();
        if ((source[start] & CONSTRUCTED) == 0) {
            out.write(source, start, after - start);
        } else {
            at = after - value.contentLength();
            byte[] inside = until(after, depth);
            boolean same = Arrays.equals(inside, 0, inside.length, source, after - value.contentLength(), after);
            out.writeBytes(same ? value.encoded() : Der.tagged(value.tag(), inside));
        }
        at = after;
    }

    private byte[] until(int end, int depth) throws DerException {
        ByteArrayOutputStream inside = new ByteArrayOutputStream(end - at);
        while (at < end) {
            value(end, depth + 1, inside);
        }
        return inside.toByteArray();
    }

    private void indefinite(int end, int depth, ByteArrayOutputStream out) throws DerException {
        int tag = source[at] & 0xFF;
        if ((tag & 0x1F) == 0x1F) {
            throw new DerException("a tag has more than one octet");
        }
        at += 2;
        ByteArrayOutputStream inside = new ByteArrayOutputStream();
        while (end - at < 2 || source[at] != 0 || source[at + 1] != 0) {
            if (end - at < 2) {
                throw new DerException("a value of indefinite length has no end");
            }
            value(end, depth + 1, inside);
        }
        at += 2;
        out.writeBytes(Der.tagged(tag, inside.toByteArray()));
    }
}
