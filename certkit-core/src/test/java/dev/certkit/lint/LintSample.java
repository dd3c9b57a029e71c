package dev.certkit.lint;

import dev.certkit.samples.ForgedCertificate;
import dev.certkit.x509.EncodedCertificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A certificate that breaks or keeps a rule. */
record LintSample(
        String rule,
        String what,
        ForgedCertificate certificate,
        Optional<ForgedCertificate> issuer,
        Optional<Instant> issuedAt) {
    static LintSample of(String rule, String what, ForgedCertificate certificate) {
        return new LintSample(rule, what, certificate, Optional.empty(), Optional.empty());
    }

    LintSample issuedBy(ForgedCertificate by) {
        return new LintSample(rule, what, certificate, Optional.of(by), issuedAt);
    }

    LintSample issuedAt(String moment) {
        return new LintSample(rule, what, certificate, issuer, Optional.of(Instant.parse(moment)));
    }

    /** What is found, of the public rules, which include the others. */
    List<LintFinding> findings() {
        CertificateLint lint = CertificateLint.publicTls();
        CertificateLint dated = issuedAt.map(lint::issuedAt).orElse(lint);
        EncodedCertificate made = certificate.made();
        return issuer.map(by -> dated.check(made, by == certificate ? made : by.made()))
                .orElseGet(() -> dated.check(made));
    }

    boolean breaks() {
        return findings().stream().anyMatch(finding -> finding.rule().id().equals(rule));
    }

    @Override
    public String toString() {
        return rule + ": " + what;
    }
}
