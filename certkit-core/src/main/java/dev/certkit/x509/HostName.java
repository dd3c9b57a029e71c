package dev.certkit.x509;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/** The syntax of a dNSName: LDH labels (RFC 1123, 2.1), A-labels for others (RFC 5890), one wildcard (RFC 9525, 6.3). */
final class HostName {
    private static final int MAX_LENGTH = 253;
    private static final int MAX_LABEL = 63;
    private static final String WILDCARD = "*.";
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    private HostName() {}

    static String toAscii(String host) {
        boolean wildcard = host.startsWith(WILDCARD);
        String ascii = aLabels(wildcard ? host.substring(WILDCARD.length()) : host, host);
        String[] labels = ascii.split("\\.", -1);
        if (ascii.length() + (wildcard ? WILDCARD.length() : 0) > MAX_LENGTH) {
            throw bad(host, "it is longer than 253 characters");
        }
        for (String label : labels) {
            checkLabel(host, label);
        }
        if (DIGITS.matcher(labels[labels.length - 1]).matches()) {
            throw bad(host, "it ends in a number, as an address does; write the whole address");
        }
        if (wildcard && labels.length < 2) {
            throw bad(host, "a wildcard needs at least two labels behind it, as in *.example.fr");
        }
        return wildcard ? WILDCARD + ascii : ascii;
    }

    private static String aLabels(String name, String host) {
        if (name.isEmpty()) {
            throw bad(host, "it is empty");
        }
        try {
            return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw bad(host, "a label cannot be written as an A-label");
        }
    }

    private static void checkLabel(String host, String label) {
        if (label.isEmpty()) {
            throw bad(host, "a label is empty; leave out leading, trailing and doubled dots");
        }
        if (label.length() > MAX_LABEL) {
            throw bad(host, "a label is longer than 63 characters");
        }
        if (!LABEL.matcher(label).matches()) {
            throw bad(
                    host,
                    "the label \"" + Encoding.shown(label) + "\" has other characters than letters, digits and"
                            + " inner hyphens");
        }
    }

    private static IllegalArgumentException bad(String host, String why) {
        return new IllegalArgumentException(
                "host: \"" + Encoding.shown(host) + "\" is no host name: " + why + " (RFC 1123, section 2.1)");
    }
}
