package dev.certkit.lint;

import dev.certkit.internal.text.ForeignText;
import java.util.Arrays;
import java.util.Locale;

/**
 * Whether a label is the A-label of anything: Punycode (RFC 3492) of at least one letter that is not ASCII.
 *
 * <p>The JDK's IDN knows the rules of 2003 only, and takes labels of 2008 for wrong.
 */
final class ALabel {
    static final String PREFIX = "xn--";

    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST_CODE_POINT = 128;

    private final String digits;
    private final int[] decoded;
    private int length;
    private int at;

    private ALabel(String basic, String digits) {
        this.digits = digits;
        this.decoded = Arrays.copyOf(basic.codePoints().toArray(), basic.length() + digits.length());
        this.length = basic.length();
    }

    static boolean isValid(String label) {
        String encoded = label.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
        int hyphen = encoded.lastIndexOf('-');
        ALabel reading = new ALabel(encoded.substring(0, Math.max(0, hyphen)), encoded.substring(hyphen + 1));
        return hyphen != 0 && !reading.digits.isEmpty() && reading.decode() && reading.isText();
    }

    private boolean decode() {
        long codePoint = FIRST_CODE_POINT;
        long position = 0;
        int bias = FIRST_BIAS;
        while (at < digits.length()) {
            long before = position;
            position = integer(position, bias);
            if (position < 0) {
                return false;
            }
            int count = length + 1;
            bias = adapt(position - before, count, before == 0);
            codePoint += position / count;
            position %= count;
            if (codePoint > Character.MAX_CODE_POINT) {
                return false;
            }
            insert((int) position, (int) codePoint);
            position++;
        }
        return true;
    }

    /** A generalized variable-length integer, or -1 if it is none. */
    private long integer(long start, int bias) {
        long value = start;
        long weight = 1;
        for (int k = BASE; at < digits.length(); k += BASE) {
            int digit = digit(digits.charAt(at++));
            if (digit < 0) {
                return -1;
            }
            value += digit * weight;
            int threshold = Math.max(T_MIN, Math.min(T_MAX, k - bias));
            if (digit < threshold) {
                return value;
            }
            weight *= BASE - threshold;
            if (value > Integer.MAX_VALUE || weight > Integer.MAX_VALUE) {
                return -1;
            }
        }
        return -1;
    }

    private static int digit(char c) {
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
    }

    private static int adapt(long difference, int count, boolean first) {
        long delta = first ? difference / DAMP : difference / 2;
        delta += delta / count;
        int k = 0;
        while (delta > (BASE - T_MIN) * T_MAX / 2) {
            delta /= BASE - T_MIN;
            k += BASE;
        }
        return (int) (k + (BASE - T_MIN + 1) * delta / (delta + SKEW));
    }

    private void insert(int position, int codePoint) {
        System.arraycopy(decoded, position, decoded, position + 1, length - position);
        decoded[position] = codePoint;
        length++;
    }

    /** Letters, digits and marks as IDNA wants them: lower case, assigned, nothing that is not seen. */
    private boolean isText() {
        for (int i = 0; i < length; i++) {
            if (decoded[i] >= FIRST_CODE_POINT
                    && (!ForeignText.isVisible(decoded[i]) && decoded[i] != 0x200C && decoded[i] != 0x200D
                            || Character.isUpperCase(decoded[i])
                            || Character.isWhitespace(decoded[i]))) {
                return false;
            }
        }
        return true;
    }
}
