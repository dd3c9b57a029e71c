package dev.certkit.lint;

import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Rules about key identifiers, and about certificates that are their own issuer. */
final class IdentifierRules {
    private static final String SUBJECT_KEY = "2.5.29.14";
    private static final String AUTHORITY_KEY = "2.5.29.35";

    static final List<LintRule> RULES = List.of(
            RuleDraft.warning("ski-missing", "An authority identifies its key.")
                    .rfc5280("4.2.1.2")
                    .about(LintRule.Scope.AUTHORITY)
                    .by(IdentifierRules::noSubjectKey),
            RuleDraft.warning("aki-missing", "A certificate identifies its issuer's key, unless it is self-signed.")
                    .rfc5280("4.2.1.1")
                    .by(IdentifierRules::noAuthorityKey),
            RuleDraft.warning("ski-aki-critical", "Key identifiers are not critical.")
                    .rfc5280("4.2.1.1, 4.2.1.2")
                    .by(IdentifierRules::critical),
            RuleDraft.error("aki-matches", "The issuer's key identifier is that in the issuer's certificate.")
                    .rfc5280("4.2.1.1")
                    .remedy("find the certificate of the authority that issued it, or have it issued anew")
                    .by(IdentifierRules::matches),
            RuleDraft.warning("self-signed", "A leaf that is signed with its own key is trusted by nobody at first.")
                    .rfc5280("3.2")
                    .about(LintRule.Scope.LEAF)
                    .remedy("have it signed by an authority, or give it to each peer")
                    .by(IdentifierRules::selfSigned),
            RuleDraft.warning("self-issued", "A leaf that names itself as issuer is signed with its own key.")
                    .rfc5280("3.2")
                    .about(LintRule.Scope.LEAF)
                    .remedy("give the authority another name than its certificates")
                    .by(IdentifierRules::selfIssued));

    private IdentifierRules() {}

    private static void noSubjectKey(Inspected inspected, Consumer<String> found) {
        if (!inspected.has(SUBJECT_KEY)) {
            found.accept("it has no subject key identifier");
        }
    }

    private static void noAuthorityKey(Inspected inspected, Consumer<String> found) throws IOException {
        boolean identified = inspected
                .extensions()
                .authorityKeyIdentifier()
                .flatMap(CertificateExtensions.AuthorityKeyIdentifier::keyIdentifier)
                .isPresent();
        if (!identified && !inspected.isSelfSigned()) {
            found.accept("it does not identify its issuer's key");
        }
    }

    private static void critical(Inspected inspected, Consumer<String> found) {
        if (inspected.isCritical(SUBJECT_KEY)) {
            found.accept("the subject key identifier is critical");
        }
        if (inspected.isCritical(AUTHORITY_KEY)) {
            found.accept("the authority key identifier is critical");
        }
    }

    private static void matches(Inspected inspected, Consumer<String> found) throws IOException {
        Optional<EncodedCertificate> issuer = inspected.issuer();
        Optional<CertificateExtensions.AuthorityKeyIdentifier> said =
                inspected.extensions().authorityKeyIdentifier();
        if (issuer.isEmpty() || said.isEmpty()) {
            return;
        }
        Optional<String> key =
                CertificateExtensions.of(issuer.get()).subjectKeyIdentifier().map(HexFormat.of()::formatHex);
        Optional<String> wanted = said.get().keyIdentifier();
        if (key.isPresent() && wanted.isPresent() && !key.equals(wanted)) {
            found.accept("it names the key " + Shown.text(wanted.get()) + ", its issuer has " + Shown.text(key.get()));
        }
        boolean otherNumber = said.get()
                .serialNumber()
                .filter(number -> !number.equals(issuer.get().serialNumber()))
                .isPresent();
        if (otherNumber) {
            found.accept("it names another serial number than its issuer's certificate has");
        }
    }

    private static void selfSigned(Inspected inspected, Consumer<String> found) {
        if (inspected.isSelfSigned()) {
            found.accept("it is signed with its own key");
        }
    }

    private static void selfIssued(Inspected inspected, Consumer<String> found) {
        if (inspected.certificate().isSelfIssued() && !inspected.isSelfSigned()) {
            found.accept("it names itself as issuer, but its signature does not verify under its own key");
        }
    }
}
