package dev.certkit.lint;

import dev.certkit.internal.der.Tag;
import dev.certkit.x509.GeneralName;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Rules about alternative names. */
final class NameRules {
    private static final String NAMES = "2.5.29.17";
    private static final Set<Integer> CHECKED_KINDS = Set.of(Tag.context(1), Tag.constructed(4), Tag.context(6));

    static final List<LintRule> RULES = List.of(
            RuleDraft.error(
                            "san-missing",
                            "A server is known by alternative names; clients do not look at the subject.")
                    .source("RFC 9525, section 2")
                    .about(LintRule.Scope.SERVER)
                    .remedy("have it issued anew with the host names and addresses that clients use")
                    .by(NameRules::missing),
            RuleDraft.warning(
                            "cn-not-in-san",
                            "The common name of a server is one of its alternative names, letter by letter.")
                    .baseline("7.1.4.3")
                    .about(LintRule.Scope.SERVER)
                    .by(NameRules::commonName),
            RuleDraft.error("ip-as-dns", "An address is an iPAddress, not a dNSName.")
                    .rfc5280("4.2.1.6")
                    .by(NameRules::addressAsHost),
            RuleDraft.error("dns-syntax", "A dNSName has labels of letters, digits and hyphens, and valid A-labels.")
                    .source("RFC 5280, section 4.2.1.6; RFC 1034, section 3.5; RFC 5890, section 2.3.1")
                    .by(NameRules::hostSyntax),
            RuleDraft.error("wildcard", "A wildcard is the whole leftmost label, with at least two labels behind it.")
                    .source("RFC 9525, section 6.3")
                    .by(NameRules::wildcard),
            RuleDraft.warning(
                            "wildcard-one-level", "A wildcard stands for one label; the domain itself is another name.")
                    .source("RFC 9525, section 6.3")
                    .remedy("add the domain itself, if the server is reached by it")
                    .by(NameRules::wildcardOnly),
            RuleDraft.error(
                            "san-syntax",
                            "Addresses have 4 or 16 octets; e-mail addresses, URIs and directory names are such.")
                    .rfc5280("4.2.1.6")
                    .by(NameRules::syntax),
            RuleDraft.warning("san-duplicate", "No alternative name is listed twice.")
                    .rfc5280("4.2.1.6")
                    .by(NameRules::duplicate),
            RuleDraft.warning("san-critical", "Alternative names are critical only where the subject is empty.")
                    .rfc5280("4.2.1.6")
                    .by(NameRules::critical));

    private NameRules() {}

    private static void missing(Inspected inspected, Consumer<String> found) {
        if (!inspected.has(NAMES)) {
            found.accept("it has no alternative name, its subject is "
                    + Shown.text(inspected.certificate().subject().toString()));
        }
    }

    static void commonName(Inspected inspected, Consumer<String> found) throws IOException {
        Optional<String> commonName = inspected.certificate().subject().commonName();
        if (commonName.isEmpty() || !inspected.has(NAMES)) {
            return;
        }
        boolean listed = inspected.extensions().subjectAlternativeNames().stream()
                        .filter(GeneralName.Ip.class::isInstance)
                        .map(GeneralName::toString)
                        .anyMatch(commonName.get()::equals)
                || RawName.hosts(inspected.certificate()).contains(commonName.get());
        if (!listed) {
            found.accept("the common name " + Shown.text(commonName.get()) + " is not among the alternative names");
        }
    }

    private static void addressAsHost(Inspected inspected, Consumer<String> found) throws IOException {
        RawName.hosts(inspected.certificate()).stream()
                .filter(HostSyntax::isAddress)
                .forEach(host -> found.accept("the dNSName " + Shown.text(host) + " is an address"));
    }

    private static void hostSyntax(Inspected inspected, Consumer<String> found) throws IOException {
        RawName.hosts(inspected.certificate()).stream()
                .filter(host -> !HostSyntax.isAddress(host))
                .forEach(host -> HostSyntax.problem(host)
                        .ifPresent(why -> found.accept("the dNSName " + Shown.text(host) + ": " + why)));
    }

    private static void wildcard(Inspected inspected, Consumer<String> found) throws IOException {
        RawName.hosts(inspected.certificate()).stream()
                .filter(HostSyntax::isWildcard)
                .filter(host -> !host.startsWith("*.") || host.lastIndexOf('*') > 0 || host.indexOf('.', 2) < 0)
                .forEach(host -> found.accept("the dNSName " + Shown.text(host)));
    }

    private static void wildcardOnly(Inspected inspected, Consumer<String> found) throws IOException {
        List<String> hosts = RawName.hosts(inspected.certificate());
        Set<String> all = new HashSet<>();
        hosts.forEach(host -> all.add(host.toLowerCase(Locale.ROOT)));
        hosts.stream()
                .filter(host -> host.startsWith("*."))
                .map(host -> host.toLowerCase(Locale.ROOT))
                .filter(host -> !all.contains(HostSyntax.withoutWildcard(host)))
                .forEach(host -> found.accept("the dNSName " + Shown.text(host) + " does not stand for "
                        + Shown.text(HostSyntax.withoutWildcard(host))));
    }

    private static void syntax(Inspected inspected, Consumer<String> found) throws IOException {
        for (RawName name : RawName.of(inspected.certificate())) {
            if (name.isAddress() && name.length() != 4 && name.length() != 16) {
                found.accept("an iPAddress has " + name.length() + " octets");
            }
        }
        inspected.extensions().subjectAlternativeNames().stream()
                .filter(GeneralName.OtherName.class::isInstance)
                .filter(name -> CHECKED_KINDS.contains(name.encoded()[0] & 0xFF))
                .forEach(name -> found.accept("the name " + Shown.text(name.toString())));
    }

    private static void duplicate(Inspected inspected, Consumer<String> found) throws IOException {
        Set<RawName> seen = new HashSet<>();
        for (RawName name : RawName.of(inspected.certificate())) {
            RawName folded =
                    name.isHost() ? new RawName(name.tag(), name.text().toLowerCase(Locale.ROOT), name.length()) : name;
            if (!seen.add(folded)) {
                found.accept(
                        name.isHost()
                                ? "the dNSName " + Shown.text(name.text())
                                : "a name of " + name.length() + " octets");
            }
        }
    }

    private static void critical(Inspected inspected, Consumer<String> found) {
        if (inspected.isCritical(NAMES) && !inspected.certificate().subject().isEmpty()) {
            found.accept("the alternative names are critical");
        }
    }
}
