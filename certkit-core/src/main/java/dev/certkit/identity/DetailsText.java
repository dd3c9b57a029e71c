package dev.certkit.identity;

import dev.certkit.x509.KeyUsage;
import java.util.List;
import java.util.stream.Collectors;

/** The details of a certificate as lines, a label and a value each. */
final class DetailsText {
    private final StringBuilder text = new StringBuilder();

    private DetailsText() {}

    static String of(CertificateDetails details) {
        DetailsText lines = new DetailsText();
        lines.add("Subject", details.subject());
        lines.add("Issuer", details.isSelfSigned() ? "itself (self-signed)" : details.issuer());
        lines.add("Serial number", details.serialNumber().toString(16));
        lines.add("Valid from", details.notBefore());
        lines.add("Valid until", details.notAfter());
        lines.add("Alternative names", details.subjectAlternativeNames());
        lines.add("Public key", details.publicKey());
        lines.add("Signature", details.signatureAlgorithm());
        lines.add(
                "Key usages",
                details.keyUsages().stream().map(KeyUsage::rfcName).toList());
        lines.add(
                "Purposes",
                details.extendedKeyUsages().stream()
                        .map(purpose -> purpose.oid())
                        .toList());
        lines.add("Authority", details.isAuthority() ? "yes" : "no");
        details.subjectKeyIdentifier().ifPresent(id -> lines.add("Subject key", id));
        details.authorityKeyIdentifier().ifPresent(id -> lines.add("Authority key", id));
        lines.add("SHA-1", details.sha1Fingerprint());
        lines.add("SHA-256", details.sha256Fingerprint());
        lines.add("Unreadable", details.unreadable());
        return lines.text.toString();
    }

    private void add(String label, List<?> values) {
        if (!values.isEmpty()) {
            add(label, values.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
    }

    private void add(String label, Object value) {
        text.append(String.format("%-18s %s\n", label + ":", value));
    }
}
