package dev.certkit.lint;

import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.KeyUsage;
import dev.certkit.x509.NameConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Rules about authorities: basic constraints, name constraints, and who issues what. */
final class AuthorityRules {
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final int DNS = 2;
    private static final int IP = 7;

    static final List<LintRule> RULES = List.of(
            RuleDraft.error("basic-constraints-critical", "The basic constraints of an authority are critical.")
                    .rfc5280("4.2.1.9")
                    .about(LintRule.Scope.AUTHORITY)
                    .by(AuthorityRules::constraintsCritical),
            RuleDraft.error(
                            "basic-constraints-path-length",
                            "Only an authority that signs certificates has a path length.")
                    .rfc5280("4.2.1.9")
                    .by(AuthorityRules::pathLength),
            RuleDraft.error("name-constraints-authority", "Only an authority has name constraints.")
                    .rfc5280("4.2.1.10")
                    .about(LintRule.Scope.LEAF)
                    .by(AuthorityRules::constrainedLeaf),
            RuleDraft.error("name-constraints-critical", "Name constraints are critical.")
                    .rfc5280("4.2.1.10")
                    .by(AuthorityRules::namesCritical),
            RuleDraft.error("name-constraints-mask", "Constraints on addresses have a mask without holes.")
                    .rfc5280("4.2.1.10")
                    .by(AuthorityRules::masks),
            RuleDraft.error(
                            "name-constraints-dns",
                            "Constraints on host names have neither a wildcard nor a leading dot.")
                    .rfc5280("4.2.1.10")
                    .by(AuthorityRules::hosts),
            RuleDraft.error("issuer-name", "The issuer of a certificate is the subject of its issuer's.")
                    .rfc5280("6.1.3")
                    .remedy("find the certificate of the authority that issued it")
                    .by(AuthorityRules::issuerName),
            RuleDraft.error("issuer-authority", "The issuer is an authority that may issue such certificates.")
                    .rfc5280("6.1.4")
                    .remedy("have it issued by an authority")
                    .by(AuthorityRules::issuerAuthority));

    private AuthorityRules() {}

    private static void constraintsCritical(Inspected inspected, Consumer<String> found) {
        if (!inspected.isCritical(BASIC_CONSTRAINTS)) {
            found.accept("the basic constraints are not critical");
        }
    }

    private static void pathLength(Inspected inspected, Consumer<String> found) throws IOException {
        OptionalInt length = inspected
                .extensions()
                .basicConstraints()
                .map(CertificateExtensions.BasicConstraints::pathLength)
                .orElse(OptionalInt.empty());
        if (length.isEmpty()) {
            return;
        }
        Optional<Set<KeyUsage>> usages = inspected.extensions().keyUsages();
        if (!inspected.isAuthority()) {
            found.accept("it has the path length " + length.getAsInt() + " and is no authority");
        } else if (usages.isPresent() && !usages.get().contains(KeyUsage.KEY_CERT_SIGN)) {
            found.accept("it has the path length " + length.getAsInt() + " without the key usage keyCertSign");
        }
    }

    private static void constrainedLeaf(Inspected inspected, Consumer<String> found) {
        if (inspected.has(NAME_CONSTRAINTS)) {
            found.accept("it has name constraints and is no authority");
        }
    }

    private static void namesCritical(Inspected inspected, Consumer<String> found) {
        if (inspected.has(NAME_CONSTRAINTS) && !inspected.isCritical(NAME_CONSTRAINTS)) {
            found.accept("the name constraints are not critical");
        }
    }

    private static Stream<NameConstraints.Subtree> subtrees(Inspected inspected, int kind) throws IOException {
        return inspected.extensions().nameConstraints().stream()
                .flatMap(both -> Stream.concat(both.permitted().stream(), both.excluded().stream()))
                .filter(subtree -> subtree.kind() == kind);
    }

    private static void masks(Inspected inspected, Consumer<String> found) throws IOException {
        subtrees(inspected, IP)
                .filter(subtree -> !isRange(subtree.base()))
                .forEach(subtree -> found.accept("the constraint " + Shown.text(subtree.toString())));
    }

    private static boolean isRange(byte[] base) {
        if (base.length != 8 && base.length != 32) {
            return false;
        }
        boolean ended = false;
        for (int bit = base.length / 2 * Byte.SIZE; bit < base.length * Byte.SIZE; bit++) {
            boolean set = (base[bit / Byte.SIZE] & 0x80 >>> bit % Byte.SIZE) != 0;
            if (set && ended) {
                return false;
            }
            ended = !set;
        }
        return true;
    }

    private static void hosts(Inspected inspected, Consumer<String> found) throws IOException {
        subtrees(inspected, DNS)
                .map(subtree -> new String(subtree.base(), StandardCharsets.ISO_8859_1))
                .filter(host -> host.startsWith(".") || host.contains("*"))
                .forEach(host -> found.accept("the constraint " + Shown.text(host)));
    }

    private static void issuerName(Inspected inspected, Consumer<String> found) {
        inspected.issuer().ifPresent(issuer -> {
            if (!inspected.certificate().issuer().equals(issuer.subject())) {
                found.accept("its issuer is "
                        + Shown.text(inspected.certificate().issuer().toString())
                        + ", the certificate of the issuer is of "
                        + Shown.text(issuer.subject().toString()));
            }
        });
    }

    private static void issuerAuthority(Inspected inspected, Consumer<String> found) throws IOException {
        Optional<EncodedCertificate> issuer = inspected.issuer();
        if (issuer.isEmpty() || issuer.get().equals(inspected.certificate())) {
            return;
        }
        CertificateExtensions extensions = CertificateExtensions.of(issuer.get());
        Optional<CertificateExtensions.BasicConstraints> constraints = extensions.basicConstraints();
        if (constraints.isEmpty() || !constraints.get().authority()) {
            found.accept("the issuer is no authority");
        } else if (inspected.isAuthority() && constraints.get().pathLength().equals(OptionalInt.of(0))) {
            found.accept("the issuer has the path length 0, and this is an authority");
        }
        Optional<Set<KeyUsage>> usages = extensions.keyUsages();
        if (usages.isPresent() && !usages.get().contains(KeyUsage.KEY_CERT_SIGN)) {
            found.accept("the issuer has not the key usage keyCertSign");
        }
    }
}
