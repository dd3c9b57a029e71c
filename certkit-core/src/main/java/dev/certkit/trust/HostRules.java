package dev.certkit.trust;

import dev.certkit.trust.NameRule.Match;
import java.util.Locale;
import java.util.function.Predicate;

/** Host names, mailboxes and URIs against the constraints of their kind (RFC 5280, 4.2.1.10). */
final class HostRules {
    private static final String WILDCARD = "*.";
    private static final int MAX_HOST = 253;
    private static final int MAX_LABEL = 63;

    private HostRules() {}

    /** A host is within itself and what ends in a dot and it; the empty base holds every host. */
    static NameRule dns(String anyCase) {
        String base = lower(anyCase);
        if (base.isEmpty()) {
            return of(host -> true);
        }
        String below = "." + base;
        String oneLabelUp = base.substring(base.indexOf('.') + 1);
        return !isHost(base)
                ? NameRule.UNREADABLE
                : (value, exclusion) -> value instanceof ConstrainedName.Host name
                        ? Match.of(name.host().equals(base)
                                || name.host().endsWith(below)
                                || (exclusion && name.host().equals(WILDCARD + oneLabelUp)))
                        : Match.UNKNOWN;
    }

    /** A base with an at sign is one mailbox, one with a dot in front the hosts of a domain, else it is one host. */
    static NameRule mailbox(String base) {
        if (base.indexOf('@') < 0) {
            return host(base);
        }
        return ConstrainedName.mailbox(base) instanceof ConstrainedName.Mailbox wanted
                ? (value, exclusion) ->
                        value instanceof ConstrainedName.Mailbox name && isPlain(name) && isPlain(wanted)
                                ? Match.of(name.equals(wanted))
                                : Match.UNKNOWN
                : NameRule.UNREADABLE;
    }

    /** Quotes, escapes and comments let one mailbox be written in many ways (RFC 5321, 4.1.2; RFC 5322, 3.2). */
    private static boolean isPlain(ConstrainedName.Mailbox mailbox) {
        return mailbox.local().chars().noneMatch(c -> c == '"' || c == '\\' || c == '(');
    }

    /** Only the host counts; one that has none, or an address, is within nothing and excluded by everything. */
    static NameRule uri(String base) {
        return host(base);
    }

    private static NameRule host(String anyCase) {
        String base = lower(anyCase);
        if (base.isEmpty()) {
            return of(host -> true);
        }
        if (base.startsWith(".")) {
            return isHost(base.substring(1)) ? of(host -> host.endsWith(base)) : NameRule.UNREADABLE;
        }
        return isHost(base) ? of(base::equals) : NameRule.UNREADABLE;
    }

    private static NameRule of(Predicate<String> within) {
        return (value, exclusion) -> {
            if (value instanceof ConstrainedName.Host name) {
                return Match.of(within.test(name.host()));
            }
            return value instanceof ConstrainedName.Mailbox mailbox
                    ? Match.of(within.test(mailbox.host()))
                    : Match.UNKNOWN;
        };
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** A whole host name in lower-case ASCII, no address and no wildcard (RFC 1123, 2.1); quick also for many that are none. */
    static boolean isHost(String text) {
        int start = 0;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
            if (!isLabel(text, start, dot)) {
                return false;
            }
            start = dot + 1;
        }
        return text.length() <= MAX_HOST && isLabel(text, start, text.length()) && !isNumber(text, start);
    }

    private static boolean isLabel(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            boolean inner = c == '-' && i > start && i < end - 1;
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && !inner) {
                return false;
            }
        }
        return end > start && end - start <= MAX_LABEL;
    }

    /** The last label of an address in any notation (RFC 1123, 2.1). */
    private static boolean isNumber(String text, int start) {
        int digits = text.startsWith("0x", start) ? start + 2 : start;
        int radix = digits > start ? 16 : 10;
        return text.chars().skip(digits).allMatch(c -> Character.digit(c, radix) >= 0);
    }
}
