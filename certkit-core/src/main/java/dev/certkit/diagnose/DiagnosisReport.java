package dev.certkit.diagnose;

import dev.certkit.diagnose.Finding.Severity;
import dev.certkit.identity.CertificateChain;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.EncodedCertificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a diagnosis found; immutable and thread safe. */
public final class DiagnosisReport {
    private final String subject;
    private final Instant checked;
    private final List<Finding> findings;
    private final Optional<Negotiated> negotiated;
    private final List<Negotiated> accepted;
    private final List<EncodedCertificate> presented;
    private final Optional<CertificateChain> expected;
    private final Optional<TrustVerdict> verdict;

    DiagnosisReport(ReportDraft draft) {
        this.subject = draft.subject;
        this.checked = draft.checked;
        this.findings = draft.findings();
        this.negotiated = draft.negotiated;
        this.accepted = List.copyOf(draft.accepted);
        this.presented = List.copyOf(draft.presented);
        this.expected = draft.expected;
        this.verdict = draft.verdict;
    }

    /** What was diagnosed: host and port, or a few words; escape it before you print it. */
    public String subject() {
        return subject;
    }

    /** The time for which certificates were judged, in whole seconds. */
    public Instant checked() {
        return checked;
    }

    /** All findings, the worst first; not modifiable, empty if there is nothing to say. */
    public List<Finding> findings() {
        return findings;
    }

    /**
     * The findings of one kind.
     *
     * @param code not null
     */
    public List<Finding> findings(FindingCode code) {
        return findings.stream().filter(finding -> finding.code() == code).toList();
    }

    /** How bad the worst finding is; empty if there is none. */
    public Optional<Severity> worst() {
        return findings.stream().findFirst().map(Finding::severity);
    }

    /** Whether there is neither an error nor a warning. */
    public boolean isHealthy() {
        return worst().filter(severity -> severity != Severity.NOTE).isEmpty();
    }

    /** What this Java and the server agree to; empty if their handshake failed, or no server was asked. */
    public Optional<Negotiated> negotiated() {
        return negotiated;
    }

    /** What the server agrees to in each version that it speaks, the newest first; not modifiable. */
    public List<Negotiated> accepted() {
        return accepted;
    }

    /** The certificates as they came, as far as they can be read; not modifiable. */
    public List<EncodedCertificate> presented() {
        return presented;
    }

    /** The certificates as they should come: the peer's own first, without copies and strangers, as far as they are there. */
    public Optional<CertificateChain> expected() {
        return expected;
    }

    /** What the policy says; empty if there was none, or nothing to judge. */
    public Optional<TrustVerdict> verdict() {
        return verdict;
    }

    /** The whole report for people, some lines each ended by a line feed, safe to print. */
    public String toText() {
        return ReportText.of(this);
    }

    /** The same as {@link #toText()}. */
    @Override
    public String toString() {
        return toText();
    }
}
