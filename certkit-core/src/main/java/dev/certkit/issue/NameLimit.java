package dev.certkit.issue;

import dev.certkit.internal.x509.NameMatch;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.NameConstraints.Subtree;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Predicate;

/** One kind of name that may be certified, and how a person reads it. */
record NameLimit(String description, Predicate<GeneralName> permits) {
    private static final String WILDCARD = "*.";

    /** This host, which may be a wildcard. */
    static NameLimit host(String host) {
        GeneralName.Dns wanted = GeneralName.dns(host);
        return new NameLimit("the host " + wanted, wanted::equals);
    }

    /** Any host below a domain, but neither the domain itself nor wildcards. */
    static NameLimit hostsBelow(String domain) {
        String end = "." + plain(domain);
        return new NameLimit(
                "hosts below " + end.substring(1),
                name -> name instanceof GeneralName.Dns dns
                        && dns.host().endsWith(end)
                        && !dns.host().startsWith(WILDCARD));
    }

    /** The wildcard for all hosts one level below a domain, or below a host of it. */
    static NameLimit wildcardsBelow(String domain) {
        String end = "." + plain(domain);
        return new NameLimit(
                "wildcards below " + end.substring(1),
                name -> name instanceof GeneralName.Dns dns
                        && dns.host().startsWith(WILDCARD)
                        && dns.host().endsWith(end));
    }

    private static String plain(String domain) {
        String host = GeneralName.dns(domain).host();
        if (host.startsWith(WILDCARD)) {
            throw new IllegalArgumentException(
                    "domain: \"" + host + "\" is a wildcard; write the domain alone, " + host.substring(2));
        }
        return host;
    }

    static NameLimit addresses(String range) {
        return within("addresses in " + range, Subtree.ip(range));
    }

    static NameLimit emailsAt(String host) {
        return within("e-mail addresses at " + host, Subtree.email(host));
    }

    static NameLimit urisAt(String host) {
        return within("URIs at " + host, Subtree.uri(host));
    }

    private static NameLimit within(String description, Subtree subtree) {
        return new NameLimit(description, name -> NameMatch.within(subtree, name));
    }

    /** One limit for each text. */
    static NameLimit[] each(Function<String, NameLimit> kind, String... texts) {
        return Arrays.stream(texts).map(kind).toArray(NameLimit[]::new);
    }
}
