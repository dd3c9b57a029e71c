package dev.certkit.lint;

import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.KeyUsage;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Rules about key usages and purposes. */
final class UsageRules {
    private static final String KEY_USAGE = "2.5.29.15";

    static final List<LintRule> RULES = List.of(
            RuleDraft.warning("key-usage-missing", "A certificate says what its key may be used for.")
                    .rfc5280("4.2.1.3")
                    .about(LintRule.Scope.LEAF)
                    .by(UsageRules::missing),
            RuleDraft.error("key-usage-missing-authority", "An authority says what its key may be used for.")
                    .rfc5280("4.2.1.3")
                    .about(LintRule.Scope.AUTHORITY)
                    .by(UsageRules::missing),
            RuleDraft.error("key-usage-critical", "Key usages are critical.")
                    .rfc5280("4.2.1.3")
                    .by(UsageRules::critical),
            RuleDraft.error("key-usage-empty", "At least one key usage is set.")
                    .rfc5280("4.2.1.3")
                    .by(UsageRules::empty),
            RuleDraft.error("key-usage-authority", "An authority's key may sign certificates.")
                    .rfc5280("4.2.1.3, 4.2.1.9")
                    .about(LintRule.Scope.AUTHORITY)
                    .by(UsageRules::authority),
            RuleDraft.warning("key-usage-crl-sign", "An authority's key may sign CRLs.")
                    .rfc5280("4.2.1.3")
                    .about(LintRule.Scope.AUTHORITY)
                    .by(UsageRules::crlSign),
            RuleDraft.error("key-usage-cert-sign", "Only an authority's key may sign certificates.")
                    .rfc5280("4.2.1.3, 4.2.1.9")
                    .about(LintRule.Scope.LEAF)
                    .by(UsageRules::leafSigns),
            RuleDraft.error(
                            "key-usage-server",
                            "A TLS server's key may sign handshakes; only RSA may encipher keys instead.")
                    .rfc5280("4.2.1.12")
                    .about(LintRule.Scope.SERVER)
                    .by(UsageRules::server),
            RuleDraft.error(
                            "key-usage-fits-key",
                            "Only RSA keys encipher; keys of Edwards curves and ML-DSA only sign.")
                    .source("RFC 8813, section 3; RFC 9295, section 3; RFC 9881, section 5")
                    .by(UsageRules::fitsKey),
            RuleDraft.warning("key-usage-surplus", "A leaf signs; RSA may encipher keys; anything else is not needed.")
                    .source("RFC 8813, section 3; CA/Browser Forum Baseline Requirements, section 7.1.2.7.11")
                    .about(LintRule.Scope.SERVER)
                    .by(UsageRules::surplus),
            RuleDraft.warning("eku-missing", "A certificate says for which purposes it is.")
                    .baseline("7.1.2.7.10")
                    .about(LintRule.Scope.LEAF)
                    .by(UsageRules::noPurpose),
            RuleDraft.warning("eku-any", "A certificate is for the purposes that it lists, not for any.")
                    .rfc5280("4.2.1.12")
                    .by(UsageRules::anyPurpose),
            RuleDraft.error("eku-nesting", "An issuer with purposes has those of the certificates that it issues.")
                    .source("RFC 5280, section 4.2.1.12; CA/Browser Forum Baseline Requirements, section 7.1.2.10.6")
                    .remedy("have it issued by an authority for this purpose")
                    .by(UsageRules::nesting));

    private UsageRules() {}

    private static void missing(Inspected inspected, Consumer<String> found) {
        if (!inspected.has(KEY_USAGE)) {
            found.accept("it has no key usages");
        }
    }

    private static void critical(Inspected inspected, Consumer<String> found) {
        if (inspected.has(KEY_USAGE) && !inspected.isCritical(KEY_USAGE)) {
            found.accept("the key usages are not critical");
        }
    }

    private static void empty(Inspected inspected, Consumer<String> found) throws IOException {
        if (inspected.extensions().keyUsages().filter(Set::isEmpty).isPresent()) {
            found.accept("no key usage is set");
        }
    }

    private static void authority(Inspected inspected, Consumer<String> found) throws IOException {
        lacking(inspected, KeyUsage.KEY_CERT_SIGN, found);
    }

    private static void crlSign(Inspected inspected, Consumer<String> found) throws IOException {
        lacking(inspected, KeyUsage.CRL_SIGN, found);
    }

    private static void lacking(Inspected inspected, KeyUsage usage, Consumer<String> found) throws IOException {
        Optional<Set<KeyUsage>> usages = inspected.extensions().keyUsages();
        if (usages.isPresent() && !usages.get().contains(usage)) {
            found.accept("the key usages are " + shown(usages.get()) + " without " + usage.rfcName());
        }
    }

    private static void leafSigns(Inspected inspected, Consumer<String> found) throws IOException {
        if (usages(inspected).contains(KeyUsage.KEY_CERT_SIGN)) {
            found.accept("the key usages have keyCertSign, the basic constraints say that it is no authority");
        }
    }

    private static void server(Inspected inspected, Consumer<String> found) throws IOException {
        Optional<Set<KeyUsage>> usages = inspected.extensions().keyUsages();
        boolean rsa = SubjectKey.of(inspected.certificate()).isRsa();
        if (usages.isEmpty() || usages.get().contains(KeyUsage.DIGITAL_SIGNATURE)) {
            return;
        }
        if (!rsa || !usages.get().contains(KeyUsage.KEY_ENCIPHERMENT)) {
            found.accept("the key usages are " + shown(usages.get()));
        }
    }

    private static void fitsKey(Inspected inspected, Consumer<String> found) throws IOException {
        SubjectKey key = SubjectKey.of(inspected.certificate());
        EnumSet<KeyUsage> wrong = EnumSet.noneOf(KeyUsage.class);
        wrong.addAll(usages(inspected));
        EnumSet<KeyUsage> impossible = EnumSet.noneOf(KeyUsage.class);
        if (!key.isRsa()) {
            impossible.addAll(EnumSet.of(KeyUsage.KEY_ENCIPHERMENT, KeyUsage.DATA_ENCIPHERMENT));
        }
        if (key.isRsa() || key.isRare()) {
            impossible.addAll(EnumSet.of(KeyUsage.KEY_AGREEMENT, KeyUsage.ENCIPHER_ONLY, KeyUsage.DECIPHER_ONLY));
        }
        wrong.retainAll(impossible);
        if (!wrong.isEmpty()) {
            found.accept("the key usages have " + shown(wrong));
        }
    }

    private static void surplus(Inspected inspected, Consumer<String> found) throws IOException {
        EnumSet<KeyUsage> surplus = EnumSet.noneOf(KeyUsage.class);
        surplus.addAll(usages(inspected));
        surplus.removeAll(EnumSet.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT, KeyUsage.KEY_CERT_SIGN));
        if (!surplus.isEmpty()) {
            found.accept("the key usages have " + shown(surplus) + ", too");
        }
    }

    private static Set<KeyUsage> usages(Inspected inspected) throws IOException {
        return inspected.extensions().keyUsages().orElse(Set.of());
    }

    private static String shown(Set<KeyUsage> usages) {
        return usages.isEmpty()
                ? "none"
                : Shown.list(usages.stream().map(KeyUsage::rfcName).toList());
    }

    private static void noPurpose(Inspected inspected, Consumer<String> found) throws IOException {
        if (inspected.extensions().purposes().isEmpty()) {
            found.accept("it has no extended key usages");
        }
    }

    private static void anyPurpose(Inspected inspected, Consumer<String> found) throws IOException {
        if (inspected.extensions().purposes().orElse(List.of()).contains(Inspected.ANY_PURPOSE)) {
            found.accept("the extended key usages have anyExtendedKeyUsage");
        }
    }

    private static void nesting(Inspected inspected, Consumer<String> found) throws IOException {
        Optional<EncodedCertificate> issuer = inspected.issuer();
        if (issuer.isEmpty()) {
            return;
        }
        Optional<List<ExtendedKeyUsage>> allowed =
                CertificateExtensions.of(issuer.get()).purposes();
        if (allowed.isEmpty() || allowed.get().contains(Inspected.ANY_PURPOSE)) {
            return;
        }
        List<String> missing = inspected.extensions().purposes().orElse(List.of()).stream()
                .filter(purpose -> !allowed.get().contains(purpose))
                .map(ExtendedKeyUsage::rfcName)
                .toList();
        if (!missing.isEmpty()) {
            found.accept("the issuer is not for " + Shown.list(missing));
        }
    }
}
