package dev.certkit.lint;

import dev.certkit.internal.text.ForeignText;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;

/** Text of certificates made fit for a message. */
final class Shown {
    private static final int MAX_BITS = 256;

    private Shown() {}

    static String text(String text) {
        return ForeignText.shownAtLength(text);
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
