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
    private static final int CONSTRUCTED_OCTET_STRING = Tag.OCTET_STRING | 0x20;
    private static final int NOBODY = -1;
    /** Values in pieces of pieces; no program writes more than two. */
    private static final int MAX_PIECES_DEPTH = 32;

    private final byte[] source;
    private final int[] start;
    private final int[] end;
    private final int[] parent;
    /** Octets of the content once it is definite; counted only where something in it changes. */
    private final int[] content;

    private final boolean[] changed;

    private Ber(byte[] source, int values) {
        this.source = source;
        this.start = new int[values];
        this.end = new int[values];
        this.parent = new int[values];
        this.content = new int[values];
        this.changed = new boolean[values];
    }

    /**
     * One or more values with definite lengths; the same array where they are definite already.
     *
     * @throws DerException if the bytes are no BER, or values are nested deeper than allowed
     */
    public static byte[] toDefinite(byte[] ber, int maxDepth) throws DerException {
        BerWalk walk = new BerWalk(ber, BerWalk.Rules.BER, maxDepth);
        int values = 0;
        boolean indefinite = false;
        while (walk.next()) {
            values++;
            indefinite |= walk.isIndefinite();
        }
        return indefinite ? new Ber(ber, values).definite(maxDepth) : ber;
    }

    /** The octets of an OCTET STRING, whole or in pieces, under its own or an implicit tag. */
    public static byte[] octets(DerValue value) throws DerException {
        if (!value.isConstructed()) {
            return value.content();
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream(value.contentLength());
        BerWalk pieces = BerWalk.inside(value, MAX_PIECES_DEPTH);
        while (pieces.next()) {
            int tag = value.source()[pieces.start()];
            if (tag == Tag.OCTET_STRING) {
                joined.write(value.source(), pieces.contentStart(), pieces.end() - pieces.contentStart());
            } else if (tag != CONSTRUCTED_OCTET_STRING) {
                throw new DerException("expected a piece of an OCTET STRING, found the tag " + tag, pieces.start());
            }
        }
        return joined.toByteArray();
    }

    private byte[] definite(int maxDepth) throws DerException {
        BerWalk walk = new BerWalk(source, BerWalk.Rules.BER, maxDepth);
        int[] around = new int[maxDepth + 1];
        for (int i = 0; walk.next(); i++) {
            int depth = walk.depth();
            start[i] = walk.start();
            end[i] = walk.end();
            parent[i] = depth == 0 ? NOBODY : around[depth - 1];
            changed[i] = walk.isIndefinite();
            if (walk.isConstructed()) {
                around[depth] = i;
            }
        }
        return written(new byte[measured()]);
    }

    /** Children stand behind their parents, so that one pass from the end adds all up. */
    private int measured() {
        int total = 0;
        for (int i = start.length - 1; i >= 0; i--) {
            int length = changed[i] ? Der.headerLength(content[i]) + content[i] : end[i] - start[i];
            if (parent[i] == NOBODY) {
                total += length;
            } else {
                content[parent[i]] += length;
                changed[parent[i]] |= changed[i];
            }
        }
        return total;
    }

    private byte[] written(byte[] out) {
        int at = 0;
        for (int i = 0; i < start.length; ) {
            if (changed[i]) {
                at = Der.putHeader(out, at, source[start[i]], content[i]);
                i++;
            } else {
                System.arraycopy(source, start[i], out, at, end[i] - start[i]);
                at += end[i] - start[i];
                i = firstFrom(end[i], i + 1);
            }
        }
        return out;
    }

    /** The first value at or behind an offset, after an index. */
    private int firstFrom(int offset, int index) {
        int found = Arrays.binarySearch(start, index, start.length, offset);
        return found >= 0 ? found : -found - 1;
    }
}
