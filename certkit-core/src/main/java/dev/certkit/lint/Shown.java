package dev.certkit.lint;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;

/** Text of certificates made fit for a message. */
final class Shown {
    private static final int LENGTH = 80;
    private static final int MAX_BITS = 256;

    private Shown() {}

    /** Control and format characters escaped, cut at 80 characters. */
    static String text(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(LENGTH).forEach(c -> {
            if (c == ' ' || isPlain(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format("\\u%04X", c));
            }
        });
        return text.codePointCount(0, text.length()) > LENGTH ? shown + "..." : shown.toString();
    }

    static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** In decimal, or what its size is: large numbers take long to be written. */
    static String decimal(BigInteger number) {
        return number.bitLength() > MAX_BITS ? "of " + number.bitLength() + " bits" : number.toString();
    }

    static String hex(BigInteger number) {
        return number.bitLength() > MAX_BITS ? decimal(number) : number.toString(16);
    }

    static String list(List<?> values) {
        return text(values.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
}
