package dev.certkit.x509;

import dev.certkit.internal.der.Tag;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares alternative names with a profile. */
final class NamesCheck {
    private static final int SHOWN = 5;

    private final ProfileTerms.Names wanted;
    private final List<GeneralName> names;

    NamesCheck(ProfileTerms.Names wanted, List<GeneralName> names) {
        this.wanted = wanted;
        this.names = names;
    }

    void addTo(List<Mismatch> mismatches) {
        missing().ifPresent(mismatches::add);
        wrongKind().ifPresent(mismatches::add);
        tooMany().ifPresent(mismatches::add);
        tooManyServers().ifPresent(mismatches::add);
    }

    private Optional<Mismatch> missing() {
        Set<CertificateProfile.NameKind> needed = wanted.needed();
        EnumSet<CertificateProfile.NameKind> found = EnumSet.noneOf(CertificateProfile.NameKind.class);
        names.forEach(name -> found.add(kind(name)));
        if (needed.isEmpty() || !Collections.disjoint(needed, found)) {
            return Optional.empty();
        }
        return Optional.of(new Mismatch(
                "names-missing",
                "at least one alternative name of the kind " + ProfileText.list(needed, ProfileText::lower),
                shown(names),
                "have it issued anew with the names that its peers know it by"));
    }

    private Optional<Mismatch> wrongKind() {
        List<GeneralName> wrong = names.stream()
                .filter(name -> !wanted.allowed().contains(kind(name)))
                .toList();
        return wrong.isEmpty()
                ? Optional.empty()
                : Optional.of(new Mismatch(
                        "names-kind",
                        "only alternative names of the kind " + ProfileText.list(wanted.allowed(), ProfileText::lower),
                        shown(wrong),
                        "have it issued anew without these names"));
    }

    private Optional<Mismatch> tooMany() {
        int most = wanted.atMost();
        return names.size() <= most
                ? Optional.empty()
                : Optional.of(new Mismatch(
                        "names-too-many",
                        "at most " + most + " alternative names",
                        names.size() + " names",
                        "have it issued anew with fewer names"));
    }

    private Optional<Mismatch> tooManyServers() {
        if (!wanted.oneServer()) {
            return Optional.empty();
        }
        List<String> hosts = names.stream()
                .filter(GeneralName.Dns.class::isInstance)
                .map(name -> ((GeneralName.Dns) name).host())
                .toList();
        String longest = hosts.stream().reduce("", (a, b) -> b.length() > a.length() ? b : a);
        List<GeneralName> others = names.stream()
                .filter(name -> name instanceof GeneralName.Dns dns && !isOf(longest, dns.host()))
                .toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(new Mismatch(
                        "servers-too-many",
                        "the names of one server",
                        shown(others) + (longest.isEmpty() ? "" : " beside " + longest),
                        "use a certificate of this server only, or a profile for many servers"));
    }

    /** Whether a host is the same server, by its full name or the short one; a wildcard is never one server. */
    private static boolean isOf(String fullName, String host) {
        return host.indexOf('*') < 0 && (fullName.equals(host) || fullName.startsWith(host + "."));
    }

    static CertificateProfile.NameKind kind(GeneralName name) {
        // A malformed name is an OtherName that kept the tag of what it should have been.
        return name instanceof GeneralName.OtherName
                ? CertificateProfile.NameKind.OTHER
                : byTag(name.encoded()[0] & 0xFF);
    }

    private static CertificateProfile.NameKind byTag(int tag) {
        if (tag == Tag.context(1)) {
            return CertificateProfile.NameKind.EMAIL;
        }
        if (tag == Tag.context(2)) {
            return CertificateProfile.NameKind.DNS;
        }
        if (tag == Tag.context(6)) {
            return CertificateProfile.NameKind.URI;
        }
        return tag == Tag.context(7) ? CertificateProfile.NameKind.IP : CertificateProfile.NameKind.DIRECTORY;
    }

    private static String shown(List<GeneralName> names) {
        if (names.isEmpty()) {
            return "none";
        }
        String first = ProfileText.list(names.subList(0, Math.min(SHOWN, names.size())), GeneralName::toString);
        String cut = Encoding.shown(first);
        return names.size() > SHOWN ? cut + " and " + (names.size() - SHOWN) + " more" : cut;
    }
}
