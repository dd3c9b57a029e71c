package dev.certkit.x509;

import java.nio.charset.StandardCharsets;

/** The syntax of e-mail addresses in certificates (RFC 5280, 4.2.1.6 and 7.5; RFC 9598) and of names like them. */
final class MailAddress {
    private static final int MAX_OCTETS = 254;
    private static final int MAX_LOCAL_OCTETS = 64;
    private static final String SPECIAL = "\"(),:;<>@[\\]";

    private MailAddress() {}

    /** An rfc822Name: the host name in A-labels, all else as it came. */
    static String toAscii(String address) {
        int at = address.lastIndexOf('@');
        String local = address.substring(0, Math.max(0, at));
        if (!HostName.isAscii(local)) {
            throw bad(address, "what stands before the @ is not ASCII; make it with smtpUtf8Mailbox (RFC 9598)");
        }
        checkLocal(address, local);
        return bounded(address, local + "@" + host(address.substring(at + 1)));
    }

    /** The Mailbox of RFC 9598, 3. */
    static String international(String address) {
        int at = address.lastIndexOf('@');
        String local = address.substring(0, Math.max(0, at));
        if (at > 0 && HostName.isAscii(local)) {
            throw bad(address, "what stands before the @ is ASCII; make it with email (RFC 9598, section 3)");
        }
        checkLocal(address, local);
        return bounded(address, local + "@" + HostName.toAscii(address.substring(at + 1)));
    }

    /** A name that only looks like an address: a user and a realm, which may have one label. */
    static String principal(String name) {
        int at = name.lastIndexOf('@');
        if (at < 1 || at == name.length() - 1 || !isPlain(name) || name.indexOf(' ') >= 0) {
            throw new IllegalArgumentException("name: \"" + Encoding.shown(name)
                    + "\" is no user principal name; write user@domain without blanks and control characters");
        }
        return name;
    }

    /** ASCII stays as it is: the case of a host name does not count, but people see it. */
    private static String host(String host) {
        String ascii = HostName.toAscii(host);
        return HostName.isAscii(host) ? host : ascii;
    }

    /** A Dot-string or a Quoted-string (RFC 5321, 4.1.2; RFC 6531, 3.3). */
    private static void checkLocal(String address, String local) {
        if (local.isEmpty() || local.getBytes(StandardCharsets.UTF_8).length > MAX_LOCAL_OCTETS) {
            throw bad(address, "1 to 64 octets stand before the @");
        }
        if (!isPlain(local) || !(isQuoted(local) || isDotString(local))) {
            throw bad(
                    address, "write name@host.example; a name with blanks or \"(),:;<>@[\\] stands in quotation marks");
        }
    }

    private static boolean isPlain(String text) {
        return text.codePoints().allMatch(Encoding::isPlain);
    }

    private static boolean isDotString(String local) {
        return !local.startsWith(".")
                && !local.endsWith(".")
                && !local.contains("..")
                && local.chars().noneMatch(c -> c == ' ' || SPECIAL.indexOf(c) >= 0);
    }

    private static boolean isQuoted(String local) {
        int last = local.length() - 1;
        if (last < 2 || local.charAt(0) != '"' || local.charAt(last) != '"') {
            return false;
        }
        for (int i = 1; i < last; i++) {
            boolean escape = local.charAt(i) == '\\';
            if (local.charAt(i) == '"' || (escape && ++i == last)) {
                return false;
            }
        }
        return true;
    }

    private static String bounded(String given, String address) {
        if (address.getBytes(StandardCharsets.UTF_8).length > MAX_OCTETS) {
            throw bad(given, "it is longer than 254 octets");
        }
        return address;
    }

    private static IllegalArgumentException bad(String address, String why) {
        return new IllegalArgumentException(
                "address: \"" + Encoding.shown(address) + "\" is no e-mail address: " + why);
    }
}
