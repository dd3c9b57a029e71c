package dev.certkit.x509;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The syntax of a dNSName: LDH labels (RFC 1123, 2.1), A-labels for others (RFC 5890), one wildcard (RFC 9525, 6.3). */
final class HostName {
    private static final int MAX_LENGTH = 253;
    private static final int MAX_LABEL = 63;
    /** Before conversion; 253 characters of four combining marks each would not fit, nor does anybody write them. */
    private static final int MAX_WRITTEN = 1000;

    private static final String TOO_LONG = "it is longer than 253 characters";
    private static final String WILDCARD = "*.";
    private static final char DOT = '.';
    /** Full-width and half-width dots become one of the two by mapping (RFC 5895, 2, item 4). */
    private static final char IDEOGRAPHIC_DOT = '\u3002';

    private HostName() {}

    /** A host name, or a wildcard for the whole leftmost label that has at least two labels behind it. */
    static String orWildcard(String host) {
        if (!host.startsWith(WILDCARD)) {
            return toAscii(host);
        }
        String parent = toAscii(host.substring(WILDCARD.length()));
        if (parent.indexOf(DOT) < 0) {
            throw bad(host, "a wildcard needs at least two labels behind it, as in *.example.fr");
        }
        if (parent.length() + WILDCARD.length() > MAX_LENGTH) {
            throw bad(host, TOO_LONG);
        }
        return WILDCARD + parent;
    }

    static String toAscii(String host) {
        if (host.length() > MAX_WRITTEN) {
            throw bad(host, TOO_LONG);
        }
        String ascii = isAscii(host) ? host.toLowerCase(Locale.ROOT) : convert(host);
        int start = 0;
        for (int end = ascii.indexOf(DOT); end >= 0; end = ascii.indexOf(DOT, start)) {
            checkLabel(host, ascii, start, end);
            start = end + 1;
        }
        checkLabel(host, ascii, start, ascii.length());
        if (isNumber(ascii, start)) {
            throw bad(host, "it ends in a number, as an address does; write the whole address as an IP address");
        }
        if (ascii.length() > MAX_LENGTH) {
            throw bad(host, TOO_LONG);
        }
        return ascii;
    }

    /** One label, as an A-label if need be. */
    static String label(String label) {
        String ascii = convert(label);
        checkLabel(label, ascii, 0, ascii.length());
        return ascii;
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String convert(String host) {
        String[] labels = Idna.map(host).replace(IDEOGRAPHIC_DOT, DOT).split("\\.", -1);
        checkDirections(host, labels);
        return Arrays.stream(labels).map(label -> aLabel(host, label)).collect(Collectors.joining("."));
    }

    private static void checkDirections(String host, String[] labels) {
        String[] shown = Arrays.stream(labels).map(HostName::uLabel).toArray(String[]::new);
        if (Arrays.stream(shown).noneMatch(Bidi::isRightToLeft)) {
            return;
        }
        for (String label : shown) {
            if (!label.isEmpty() && !Bidi.isAllowed(label)) {
                throw bad(
                        host,
                        "the label \"" + Encoding.shown(label)
                                + "\" mixes directions of writing (RFC 5893); write A-labels, xn--...");
            }
        }
    }

    private static String uLabel(String label) {
        return Idna.isALabel(label) && isAscii(label) ? Idna.uLabel(label).orElse(label) : label;
    }

    private static String aLabel(String host, String label) {
        if (isAscii(label)) {
            return label;
        }
        try {
            return Idna.aLabel(label);
        } catch (Idna.Refusal e) {
            throw bad(host, e.why());
        }
    }

    private static void checkLabel(String host, String ascii, int start, int end) {
        if (start == end) {
            throw bad(host, "a label is empty; leave out leading, trailing and doubled dots");
        }
        if (end - start > MAX_LABEL) {
            throw bad(host, "a label is longer than 63 characters");
        }
        for (int i = start; i < end; i++) {
            if (!isLdh(ascii.charAt(i)) || (ascii.charAt(i) == '-' && (i == start || i == end - 1))) {
                throw bad(
                        host,
                        "the label \"" + Encoding.shown(ascii.substring(start, end))
                                + "\" has other characters than letters, digits and inner hyphens");
            }
        }
        if (ascii.startsWith("xn--", start)
                && Idna.standsFor(ascii.substring(start, end)).isEmpty()) {
            throw bad(host, "the label \"" + ascii.substring(start, end) + "\" is the A-label of nothing (RFC 5891)");
        }
    }

    private static boolean isLdh(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }

    /** Decimal, or hexadecimal as some readers of addresses take it. */
    private static boolean isNumber(String ascii, int start) {
        boolean hexadecimal = ascii.startsWith("0x", start);
        for (int i = hexadecimal ? start + 2 : start; i < ascii.length(); i++) {
            if (Character.digit(ascii.charAt(i), hexadecimal ? 16 : 10) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The name for people: U-labels where that deceives nobody. */
    static String toUnicode(String ascii) {
        if (!ascii.contains("xn--")) {
            return ascii;
        }
        String[] labels = ascii.split("\\.", -1);
        String[] shown = Arrays.stream(labels)
                .map(label -> Idna.isALabel(label)
                        ? Idna.uLabel(label).filter(u -> !Scripts.areMixed(u)).orElse(label)
                        : label)
                .toArray(String[]::new);
        boolean bidi = Arrays.stream(shown).anyMatch(Bidi::isRightToLeft);
        boolean allowed = Arrays.stream(shown).allMatch(label -> label.equals("*") || Bidi.isAllowed(label));
        return bidi && !allowed ? ascii : String.join(".", shown);
    }

    private static IllegalArgumentException bad(String host, String why) {
        return new IllegalArgumentException(
                "host: \"" + Encoding.shown(host) + "\" is no host name: " + why + " (RFC 1123, section 2.1)");
    }
}
