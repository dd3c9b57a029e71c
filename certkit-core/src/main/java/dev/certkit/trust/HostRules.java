package dev.certkit.trust;

import dev.certkit.trust.NameRules.Match;
import dev.certkit.x509.GeneralName;
import java.net.URI;
import java.util.Locale;

/** Host names, mailboxes and URIs against the constraints of their kind (RFC 5280, 4.2.1.10). */
final class HostRules {
    private HostRules() {}

    /**
     * A host is within itself and what ends in a dot and it; the empty base holds every host.
     *
     * @param exclusion a wildcard is excluded if any host that it stands for is
     */
    static Match dns(String host, String anyCase, boolean exclusion) {
        String base = lower(anyCase);
        if (!base.isEmpty() && !isHost(base)) {
            return Match.UNKNOWN;
        }
        boolean wildcard = host.startsWith("*.");
        boolean below = base.isEmpty() || host.equals(base) || host.endsWith("." + base);
        boolean standsForBase = wildcard && exclusion && isOneLabelBelow(base, host.substring(2));
        return Match.of(below || standsForBase);
    }

    private static boolean isOneLabelBelow(String base, String domain) {
        int dot = base.indexOf('.');
        return dot > 0 && base.substring(dot + 1).equals(domain);
    }

    /** A base with an at sign is one mailbox, one with a dot in front the hosts of a domain, else it is one host. */
    static Match mailbox(String address, String base) {
        int at = address.lastIndexOf('@');
        String host = lower(address.substring(at + 1));
        int baseAt = base.lastIndexOf('@');
        if (baseAt < 0) {
            return host(host, lower(base));
        }
        String baseHost = lower(base.substring(baseAt + 1));
        if (baseAt == 0 || !isHost(baseHost)) {
            return Match.UNKNOWN;
        }
        return Match.of(address.substring(0, at).equals(base.substring(0, baseAt)) && host.equals(baseHost));
    }

    /** Only the host counts; one that has none, or an address, is within nothing and excluded by everything. */
    static Match uri(URI uri, String base) {
        String host = uri.getHost() == null ? "" : lower(uri.getHost());
        return isHost(host) ? host(host, lower(base)) : Match.UNKNOWN;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static Match host(String host, String base) {
        if (base.startsWith(".")) {
            return isHost(base.substring(1)) ? Match.of(host.endsWith(base)) : Match.UNKNOWN;
        }
        if (base.isEmpty()) {
            return Match.YES;
        }
        return isHost(base) ? Match.of(host.equals(base)) : Match.UNKNOWN;
    }

    private static boolean isHost(String text) {
        try {
            return GeneralName.of(text) instanceof GeneralName.Dns dns
                    && dns.host().equals(text)
                    && !text.startsWith("*");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
