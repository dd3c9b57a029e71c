package dev.certkit.x509;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/** The syntax of a dNSName: LDH labels (RFC 1123, 2.1), A-labels for others (RFC 5890), one wildcard (RFC 9525, 6.3). */
final class HostName {
    private static final int MAX_LENGTH = 253;
    private static final int MAX_LABEL = 63;
    /** Before conversion, which takes time that grows with the square of the length. */
    private static final int MAX_WRITTEN = 1000;

    private static final String TOO_LONG = "it is longer than 253 characters";
    /** Sharp s, final sigma and the joiners (RFC 5894, 7.2). */
    private static final String DEVIATIONS = "\u00DF\u03C2\u200C\u200D";

    /** Everything that IDNA takes for a dot (RFC 3490, 3.1). */
    private static final Pattern DOTS = Pattern.compile("[.\u3002\uFF0E\uFF61]");

    private static final String WILDCARD = "*.";

    private HostName() {}

    static String toAscii(String host) {
        if (host.length() > MAX_WRITTEN) {
            throw bad(host, TOO_LONG);
        }
        boolean wildcard = host.startsWith(WILDCARD);
        String[] labels = DOTS.split(wildcard ? host.substring(WILDCARD.length()) : host, -1);
        for (int i = 0; i < labels.length; i++) {
            labels[i] = aLabel(labels[i], host);
            checkLabel(host, labels[i]);
        }
        if (isNumber(labels[labels.length - 1])) {
            throw bad(host, "it ends in a number, as an address does; write the whole address");
        }
        if (wildcard && labels.length < 2) {
            throw bad(host, "a wildcard needs at least two labels behind it, as in *.example.fr");
        }
        String ascii = (wildcard ? WILDCARD : "") + String.join(".", labels);
        if (ascii.length() > MAX_LENGTH) {
            throw bad(host, TOO_LONG);
        }
        return ascii;
    }

    private static String aLabel(String label, String host) {
        if (label.chars().allMatch(c -> c < 0x80)) {
            return label.toLowerCase(Locale.ROOT);
        }
        if (label.chars().anyMatch(c -> DEVIATIONS.indexOf(c) >= 0)) {
            throw bad(
                    host,
                    "the standards of 2003 and 2010 convert the label \"" + Encoding.shown(label)
                            + "\" differently; write its A-label, xn--...");
        }
        try {
            return IDN.toASCII(label, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw bad(
                    host,
                    "the label \"" + Encoding.shown(label) + "\" cannot be written as an A-label of at most 63"
                            + " characters");
        }
    }

    private static void checkLabel(String host, String label) {
        if (label.isEmpty()) {
            throw bad(host, "a label is empty; leave out leading, trailing and doubled dots");
        }
        if (label.length() > MAX_LABEL) {
            throw bad(host, "a label is longer than 63 characters");
        }
        if (!isLdh(label)) {
            throw bad(
                    host,
                    "the label \"" + Encoding.shown(label) + "\" has other characters than letters, digits and"
                            + " inner hyphens");
        }
    }

    /** Letters, digits and inner hyphens. */
    private static boolean isLdh(String label) {
        return label.chars().allMatch(c -> isLetterOrDigit(c) || c == '-')
                && label.charAt(0) != '-'
                && label.charAt(label.length() - 1) != '-';
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    /** Decimal, or hexadecimal as some readers of addresses take it. */
    private static boolean isNumber(String label) {
        return label.startsWith("0x")
                ? label.chars().skip(2).allMatch(c -> Character.digit(c, 16) >= 0)
                : label.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static IllegalArgumentException bad(String host, String why) {
        return new IllegalArgumentException(
                "host: \"" + Encoding.shown(host) + "\" is no host name: " + why + " (RFC 1123, section 2.1)");
    }
}
