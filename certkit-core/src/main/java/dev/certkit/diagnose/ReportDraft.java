package dev.certkit.diagnose;

import dev.certkit.identity.CertificateChain;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.EncodedCertificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A report while it grows. */
final class ReportDraft {
    private final List<Finding> findings = new ArrayList<>();
    final String subject;
    final Instant checked;
    Optional<Negotiated> negotiated = Optional.empty();
    List<Negotiated> accepted = List.of();
    List<EncodedCertificate> presented = List.of();
    Optional<CertificateChain> expected = Optional.empty();
    Optional<TrustVerdict> verdict = Optional.empty();

    ReportDraft(String subject, Instant checked) {
        this.subject = subject;
        this.checked = checked;
    }

    void negotiated(Optional<Negotiated> completed, List<Negotiated> agreed) {
        negotiated = completed;
        accepted = agreed;
    }

    void chain(ChainInspection.Outcome outcome) {
        presented = outcome.presented();
        expected = outcome.expected();
        verdict = outcome.verdict();
        findings.addAll(outcome.findings());
    }

    ReportDraft with(List<Finding> more) {
        findings.addAll(0, more);
        return this;
    }

    /** The worst first, else in the order in which they were found. */
    List<Finding> findings() {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .toList();
    }

    DiagnosisReport done() {
        return new DiagnosisReport(this);
    }
}
