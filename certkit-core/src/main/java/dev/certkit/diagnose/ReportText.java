package dev.certkit.diagnose;

import dev.certkit.internal.text.ForeignText;
import dev.certkit.x509.EncodedCertificate;
import java.util.List;
import java.util.stream.Collectors;

/** A report as lines for people. */
final class ReportText {
    private static final int MOST_CERTIFICATES = 20;
    private static final int MOST_FINDINGS = 100;

    private final StringBuilder text = new StringBuilder();

    private ReportText() {}

    static String of(DiagnosisReport report) {
        ReportText lines = new ReportText();
        lines.line("Diagnosis of " + ForeignText.shown(report.subject()) + " at " + report.checked());
        report.negotiated().ifPresent(agreed -> lines.line("negotiated: " + agreed));
        if (!report.accepted().isEmpty()) {
            lines.line("accepted:   "
                    + report.accepted().stream().map(Negotiated::toString).collect(Collectors.joining(", ")));
        }
        lines.certificates("presented:", report.presented());
        report.expected()
                .map(chain -> chain.encoded())
                .filter(chain -> !chain.equals(report.presented()))
                .ifPresent(chain -> lines.certificates("should be:", chain));
        lines.findings(report.findings());
        return lines.text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void certificates(String heading, List<EncodedCertificate> certificates) {
        if (certificates.isEmpty()) {
            return;
        }
        line(heading);
        for (int i = 0; i < Math.min(certificates.size(), MOST_CERTIFICATES); i++) {
            EncodedCertificate each = certificates.get(i);
            line("  " + i + "  " + ForeignText.shown(each.subject().toString()) + ", issued by "
                    + ForeignText.shown(each.issuer().toString()) + ", until " + each.notAfter());
        }
        if (certificates.size() > MOST_CERTIFICATES) {
            line("  and " + (certificates.size() - MOST_CERTIFICATES) + " more");
        }
    }

    private void findings(List<Finding> findings) {
        if (findings.isEmpty()) {
            line("Nothing is wrong.");
        }
        findings.stream().limit(MOST_FINDINGS).forEach(finding -> {
            line(finding.severity() + " " + finding.code() + ": " + finding.text());
            line("  " + finding.remedy());
        });
        if (findings.size() > MOST_FINDINGS) {
            line("and " + (findings.size() - MOST_FINDINGS) + " more");
        }
    }
}
