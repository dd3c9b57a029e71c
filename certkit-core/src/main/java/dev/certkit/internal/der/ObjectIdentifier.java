package dev.certkit.internal.der;

import java.math.BigInteger;
import java.util.Arrays;

/** The content of an OBJECT IDENTIFIER (X.690, 8.19) and its dotted form, by long arithmetic where that is enough. */
final class ObjectIdentifier {
    private static final int MAX_CHARACTERS = 512;
    private static final int MAX_OCTETS = 128;
    /** An arc of so many digits is below 2^60. */
    private static final int LONG_DIGITS = 18;

    private static final int LONG_BITS = 63;
    private static final int ROOT_WIDTH = 40;
    private static final long LAST_ROOT = 80;

    private ObjectIdentifier() {}

    /** Whether a text has at least two arcs without leading zeros, the first two in range (X.660). */
    static boolean isDotted(String text) {
        int length = text.length();
        boolean root = length > 2 && length <= MAX_CHARACTERS && text.charAt(0) <= '2' && text.charAt(1) == '.';
        for (int start = 0; root && start <= length; ) {
            int end = endOfArc(text, start);
            if (!isArc(text, start, end)) {
                return false;
            }
            start = end + 1;
        }
        return root && (text.charAt(0) == '2' || isBelowForty(text, endOfArc(text, 2)));
    }

    private static int endOfArc(String text, int start) {
        int dot = text.indexOf('.', start);
        return dot < 0 ? text.length() : dot;
    }

    private static boolean isArc(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return end == start + 1 || (end > start && text.charAt(start) != '0');
    }

    private static boolean isBelowForty(String text, int end) {
        return end == 3 || (end == 4 && text.charAt(2) < '4');
    }

    static byte[] encode(String dotted) {
        // Octets never outnumber characters.
        byte[] octets = new byte[dotted.length()];
        int used = 0;
        long offset = ROOT_WIDTH * (long) (dotted.charAt(0) - '0');
        for (int start = 2; start <= dotted.length(); offset = 0) {
            int end = endOfArc(dotted, start);
            used = end - start <= LONG_DIGITS
                    ? put(octets, used, Long.parseLong(dotted, start, end, 10) + offset)
                    : put(octets, used, new BigInteger(dotted.substring(start, end)).add(BigInteger.valueOf(offset)));
            start = end + 1;
        }
        return Arrays.copyOf(octets, used);
    }

    private static int put(byte[] octets, int at, long arc) {
        int next = at;
        for (int shift = (Long.SIZE - 1 - Long.numberOfLeadingZeros(arc | 1)) / 7 * 7; shift >= 0; shift -= 7) {
            octets[next++] = (byte) (arc >>> shift & 0x7F | (shift > 0 ? 0x80 : 0));
        }
        return next;
    }

    private static int put(byte[] octets, int at, BigInteger arc) {
        int next = at;
        for (int shift = (arc.bitLength() - 1) / 7 * 7; shift >= 0; shift -= 7) {
            octets[next++] = (byte) (arc.shiftRight(shift).intValue() & 0x7F | (shift > 0 ? 0x80 : 0));
        }
        return next;
    }

    /** Fails unless it can be decoded. */
    static void check(byte[] source, int start, int end) throws DerException {
        if (start == end || end - start > MAX_OCTETS || source[end - 1] < 0) {
            throw new DerException("an OBJECT IDENTIFIER is malformed");
        }
        boolean first = true;
        for (int at = start; at < end; at++) {
            if (first && source[at] == (byte) 0x80) {
                throw new DerException("an OBJECT IDENTIFIER has an arc that begins with zeros (X.690, 8.19.2)");
            }
            first = source[at] >= 0;
        }
    }

    static String decode(byte[] source, int start, int end) throws DerException {
        check(source, start, end);
        StringBuilder dotted = new StringBuilder();
        for (int at = start; at < end; ) {
            int last = at;
            while (source[last] < 0) {
                last++;
            }
            append(dotted, source, at, last);
            at = last + 1;
        }
        return dotted.toString();
    }

    private static void append(StringBuilder dotted, byte[] source, int from, int last) {
        if ((last - from + 1) * 7 > LONG_BITS) {
            append(dotted, bigArc(source, from, last));
            return;
        }
        long arc = 0;
        for (int i = from; i <= last; i++) {
            arc = arc << 7 | (source[i] & 0x7F);
        }
        if (dotted.length() > 0) {
            dotted.append('.').append(arc);
        } else {
            long root = Math.min(arc, LAST_ROOT) / ROOT_WIDTH;
            dotted.append(root).append('.').append(arc - root * ROOT_WIDTH);
        }
    }

    private static void append(StringBuilder dotted, BigInteger arc) {
        if (dotted.length() > 0) {
            dotted.append('.').append(arc);
        } else {
            dotted.append("2.").append(arc.subtract(BigInteger.valueOf(LAST_ROOT)));
        }
    }

    private static BigInteger bigArc(byte[] source, int from, int last) {
        BigInteger arc = BigInteger.ZERO;
        for (int i = from; i <= last; i++) {
            arc = arc.shiftLeft(7).or(BigInteger.valueOf(source[i] & 0x7F));
        }
        return arc;
    }
}
