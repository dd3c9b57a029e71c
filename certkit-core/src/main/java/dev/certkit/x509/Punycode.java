package dev.certkit.x509;

import java.util.Arrays;
import java.util.Optional;

/** Labels in Punycode and back (RFC 3492, 6), at most {@value #MAX_LENGTH} characters either way. */
final class Punycode {
    static final int MAX_LENGTH = 63;

    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 0x80;
    private static final char DELIMITER = '-';

    private Punycode() {}

    /** Empty if a code point is lost, or the answer would be too long to be a label. */
    static Optional<String> encode(String label) {
        int[] codePoints = label.codePoints().toArray();
        if (codePoints.length > MAX_LENGTH) {
            return Optional.empty();
        }
        StringBuilder out = new StringBuilder();
        Arrays.stream(codePoints).filter(c -> c < INITIAL_N).forEach(out::appendCodePoint);
        int basic = out.length();
        if (basic > 0) {
            out.append(DELIMITER);
        }
        encodeOthers(codePoints, basic, out);
        return out.length() > MAX_LENGTH ? Optional.empty() : Optional.of(out.toString());
    }

    private static void encodeOthers(int[] codePoints, int basic, StringBuilder out) {
        int n = INITIAL_N;
        int delta = 0;
        int bias = INITIAL_BIAS;
        for (int handled = basic; handled < codePoints.length; n++, delta++) {
            int next = smallestFrom(codePoints, n);
            // At most 63 times 0x10FFFF, so that nothing overflows.
            delta += (next - n) * (handled + 1);
            n = next;
            for (int c : codePoints) {
                if (c < n) {
                    delta++;
                } else if (c == n) {
                    appendInteger(out, delta, bias);
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
        }
    }

    private static int smallestFrom(int[] codePoints, int n) {
        return Arrays.stream(codePoints).filter(c -> c >= n).min().orElseThrow();
    }

    private static void appendInteger(StringBuilder out, int integer, int bias) {
        int q = integer;
        for (int k = BASE; q >= threshold(k, bias); k += BASE) {
            int t = threshold(k, bias);
            out.append(digit(t + (q - t) % (BASE - t)));
            q = (q - t) / (BASE - t);
        }
        out.append(digit(q));
    }

    /** Empty if it is not Punycode of code points that exist. */
    static Optional<String> decode(String punycode) {
        int delimiter = punycode.lastIndexOf(DELIMITER);
        if (punycode.length() > MAX_LENGTH || punycode.chars().anyMatch(c -> c >= INITIAL_N)) {
            return Optional.empty();
        }
        int[] out = new int[MAX_LENGTH];
        int length = 0;
        while (length < delimiter) {
            out[length] = punycode.charAt(length);
            length++;
        }
        int decoded = decodeOthers(punycode.substring(delimiter < 0 ? 0 : delimiter + 1), out, length);
        return decoded < 0 ? Optional.empty() : Optional.of(new String(out, 0, decoded));
    }

    /** The number of code points, or -1. */
    private static int decodeOthers(String digits, int[] out, int basic) {
        int length = basic;
        long n = INITIAL_N;
        int bias = INITIAL_BIAS;
        int[] at = {0};
        long i = 0;
        while (at[0] < digits.length()) {
            long delta = integer(digits, at, bias);
            i += delta;
            length++;
            n += i / length;
            if (delta < 0 || !isScalarValue(n)) {
                return -1;
            }
            i %= length;
            System.arraycopy(out, (int) i, out, (int) i + 1, length - 1 - (int) i);
            out[(int) i++] = (int) n;
            bias = adapt((int) delta, length, length == basic + 1);
        }
        return length;
    }

    private static boolean isScalarValue(long n) {
        return n <= Character.MAX_CODE_POINT && (n < Character.MIN_SURROGATE || n > Character.MAX_SURROGATE);
    }

    /** One number of variable length, or -1; moves on behind it. */
    private static long integer(String digits, int[] at, int bias) {
        long integer = 0;
        long weight = 1;
        for (int k = BASE; at[0] < digits.length(); k += BASE) {
            int value = value(digits.charAt(at[0]++));
            integer += value * weight;
            if (value < 0 || integer > Integer.MAX_VALUE) {
                return -1;
            }
            int t = threshold(k, bias);
            if (value < t) {
                return integer;
            }
            weight = Math.min(weight * (BASE - t), Integer.MAX_VALUE);
        }
        return -1;
    }

    private static int threshold(int k, int bias) {
        return Math.max(T_MIN, Math.min(T_MAX, k - bias));
    }

    private static int adapt(int delta, int points, boolean first) {
        int scaled = first ? delta / DAMP : delta / 2;
        scaled += scaled / points;
        int k = 0;
        while (scaled > (BASE - T_MIN) * T_MAX / 2) {
            scaled /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * scaled / (scaled + SKEW);
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int value(char digit) {
        if (digit >= '0' && digit <= '9') {
            return digit - '0' + 26;
        }
        char lower = (char) (digit | 0x20);
        return lower >= 'a' && lower <= 'z' ? lower - 'a' : -1;
    }
}
