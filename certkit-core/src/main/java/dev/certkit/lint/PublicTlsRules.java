package dev.certkit.lint;

import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Rules that only authorities keep which browsers trust by themselves; of no concern to private ones. */
final class PublicTlsRules {
    private static final Set<String> POLICIES =
            Set.of("2.23.140.1.2.1", "2.23.140.1.2.2", "2.23.140.1.2.3", "2.23.140.1.1");
    private static final String NAMES = "2.5.29.17";
    private static final String ORGANIZATIONAL_UNIT = "2.5.4.11";
    private static final List<String> PRIVATE_ENDINGS = List.of(
            ".local",
            ".localhost",
            ".internal",
            ".test",
            ".example",
            ".invalid",
            ".home.arpa",
            ".lan",
            ".intranet",
            ".corp",
            ".home");

    static final List<LintRule> RULES = List.of(
            life(825).from("2018-03-01").until("2020-09-01").by(longerThan(825)),
            life(398).from("2020-09-01").until("2026-03-15").by(longerThan(398)),
            life(200).from("2026-03-15").until("2027-03-15").by(longerThan(200)),
            life(100).from("2027-03-15").until("2029-03-15").by(longerThan(100)),
            life(47).from("2029-03-15").by(longerThan(47)),
            server("br-san-kinds", "Alternative names are host names and addresses only.")
                    .baseline("7.1.2.7.12")
                    .by(PublicTlsRules::kinds),
            server("br-internal-name", "Host names and addresses are public ones.")
                    .baseline("4.2.2, 7.1.2.7.12")
                    .from("2015-11-01")
                    .remedy("use a private authority for private names")
                    .by(PublicTlsRules::internalNames),
            server("br-cn-in-san", "The common name, if there is one, is one of the alternative names.")
                    .baseline("7.1.4.3")
                    .by(NameRules::commonName),
            server("br-eku", "The purposes are serverAuth, and clientAuth at most.")
                    .baseline("7.1.2.7.10")
                    .by(PublicTlsRules::purposes),
            server("br-key", "The key is of RSA or of an elliptic curve.")
                    .baseline("6.1.5")
                    .by(PublicTlsRules::key),
            server("br-policy", "Exactly one policy of the forum is named.")
                    .baseline("7.1.2.7.9")
                    .by(PublicTlsRules::policy),
            server("br-organizational-unit", "The subject has no organizational unit.")
                    .baseline("7.1.4.2")
                    .from("2022-09-01")
                    .by(PublicTlsRules::organizationalUnit),
            server("br-self-signed", "A server's certificate is signed by an authority.")
                    .baseline("7.1.2.7.1")
                    .by(PublicTlsRules::selfSigned));

    private PublicTlsRules() {}

    private static RuleDraft server(String id, String title) {
        return RuleDraft.error(id, title).about(LintRule.Scope.SERVER);
    }

    private static RuleDraft life(int days) {
        return server("br-validity-" + days, "A server's certificate is valid for at most " + days + " days.")
                .baseline("6.3.2")
                .remedy("have it issued for a shorter time and renewed by itself");
    }

    /** Both ends count (section 6.3.2). */
    private static LintRule.Check longerThan(int days) {
        return (inspected, found) -> {
            EncodedCertificate certificate = inspected.certificate();
            Duration length = Duration.between(certificate.notBefore(), certificate.notAfter())
                    .plusSeconds(1);
            if (length.compareTo(Duration.ofDays(days)) > 0) {
                found.accept("it is valid for " + length.toDays() + " days and " + length.toSecondsPart()
                        + " seconds, from " + certificate.notBefore() + " to " + certificate.notAfter());
            }
        };
    }

    private static void kinds(Inspected inspected, Consumer<String> found) throws IOException {
        for (RawName name : RawName.of(inspected.certificate())) {
            if (!name.isHost() && !name.isAddress()) {
                found.accept("a name has the tag " + name.tag());
            }
        }
    }

    private static void internalNames(Inspected inspected, Consumer<String> found) throws IOException {
        for (RawName name : RawName.of(inspected.certificate())) {
            if (name.isHost() && isInternal(name.text().toLowerCase(Locale.ROOT))) {
                found.accept("the dNSName " + Shown.text(name.text()));
            }
            if (name.isAddress() && Addresses.isReserved(name.text())) {
                found.accept("the iPAddress " + Shown.text(Addresses.text(name.text())));
            }
        }
    }

    private static boolean isInternal(String host) {
        return host.indexOf('.') < 0 || PRIVATE_ENDINGS.stream().anyMatch(host::endsWith);
    }

    private static void purposes(Inspected inspected, Consumer<String> found) throws IOException {
        List<ExtendedKeyUsage> purposes = inspected.extensions().purposes().orElse(List.of());
        boolean others = purposes.stream()
                .anyMatch(purpose ->
                        !purpose.equals(ExtendedKeyUsage.SERVER_AUTH) && !purpose.equals(ExtendedKeyUsage.CLIENT_AUTH));
        if (!purposes.contains(ExtendedKeyUsage.SERVER_AUTH) || others) {
            found.accept("the purposes are "
                    + (purposes.isEmpty()
                            ? "not limited"
                            : Shown.list(purposes.stream()
                                    .map(ExtendedKeyUsage::rfcName)
                                    .toList())));
        }
    }

    private static void key(Inspected inspected, Consumer<String> found) throws IOException {
        SubjectKey key = SubjectKey.of(inspected.certificate());
        if (!key.isRsa() && !key.isEc()) {
            found.accept("the key is of the algorithm " + key.algorithm());
        }
    }

    private static void policy(Inspected inspected, Consumer<String> found) throws IOException {
        CertificateExtensions extensions = inspected.extensions();
        long named = extensions.policies().stream().filter(POLICIES::contains).count();
        if (named != 1) {
            found.accept("it names " + named + " policies of the forum");
        }
    }

    private static void organizationalUnit(Inspected inspected, Consumer<String> found) throws IOException {
        if (SubjectRules.attributes(inspected.certificate().subject()).stream()
                .anyMatch(attribute -> attribute.oid().equals(ORGANIZATIONAL_UNIT))) {
            found.accept("the subject is "
                    + Shown.text(inspected.certificate().subject().toString()));
        }
    }

    private static void selfSigned(Inspected inspected, Consumer<String> found) {
        if (inspected.isSelfSigned() && inspected.has(NAMES)) {
            found.accept("it is signed with its own key");
        }
    }
}
