package dev.certkit.lint;

import java.util.Arrays;
import java.util.Optional;

/** What is wrong with a dNSName, letter by letter (RFC 1034, 3.5; RFC 5280, 4.2.1.6; RFC 5890, 2.3.1). */
final class HostSyntax {
    private static final int MAX_LENGTH = 253;
    private static final int MAX_LABEL = 63;

    private HostSyntax() {}

    static boolean isWildcard(String host) {
        return host.indexOf('*') >= 0;
    }

    /** The name without a wildcard that stands where it may. */
    static String withoutWildcard(String host) {
        return host.startsWith("*.") ? host.substring(2) : host;
    }

    /** The first thing that is wrong, wildcards aside. */
    static Optional<String> problem(String host) {
        if (host.isEmpty() || host.length() > MAX_LENGTH) {
            return Optional.of("it has " + host.length() + " characters");
        }
        for (String label : withoutWildcard(host).split("\\.", -1)) {
            Optional<String> problem = problemOfLabel(label);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> problemOfLabel(String label) {
        if (label.isEmpty()) {
            return Optional.of("a label is empty, or a dot stands at an end");
        }
        if (label.length() > MAX_LABEL) {
            return Optional.of("a label has " + label.length() + " characters");
        }
        if (label.indexOf('_') >= 0) {
            return Optional.of("a label has an underscore");
        }
        if (!label.chars().allMatch(c -> isLetterOrDigit(c) || c == '-' || c == '*')) {
            return Optional.of("a label has other characters than letters, digits and hyphens");
        }
        if (label.startsWith("-") || label.endsWith("-")) {
            return Optional.of("a label begins or ends with a hyphen");
        }
        return label.regionMatches(true, 0, ALabel.PREFIX, 0, ALabel.PREFIX.length()) && !ALabel.isValid(label)
                ? Optional.of("a label begins with xn-- and is no A-label")
                : Optional.empty();
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** Whether it is an address in one of the forms that readers take: dotted decimal, or with colons. */
    static boolean isAddress(String host) {
        if (host.indexOf(':') >= 0) {
            return host.chars()
                    .allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.' || c == '[' || c == ']');
        }
        String[] parts = host.split("\\.", -1);
        return parts.length == 4 && Arrays.stream(parts).allMatch(HostSyntax::isOctet);
    }

    private static boolean isOctet(String text) {
        return !text.isEmpty()
                && text.length() <= 3
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(text) <= 255;
    }
}
