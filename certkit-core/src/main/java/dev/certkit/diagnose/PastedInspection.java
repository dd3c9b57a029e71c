package dev.certkit.diagnose;

import dev.certkit.format.Pasted;
import dev.certkit.internal.text.ForeignText;
import dev.certkit.trust.Peer;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at what somebody pasted: which certificate is the own one, what does not belong, what is missing. */
final class PastedInspection {
    private static final int MOST_NOTES = 20;

    private final Pasted pasted;
    private final List<Finding> findings = new ArrayList<>();

    PastedInspection(Pasted pasted) {
        this.pasted = pasted;
    }

    DiagnosisReport run(Terms terms, Optional<Peer> peer) {
        ReportDraft report = new ReportDraft("what was pasted: " + pasted, terms.now());
        notes(FindingCode.LOCKED, pasted.locked());
        notes(FindingCode.STRAY, pasted.strays());
        if (pasted.duplicates() > 0) {
            findings.add(new Finding.Material(
                    FindingCode.DUPLICATE, "items that came more than once: " + pasted.duplicates()));
        }
        List<EncodedCertificate> certificates =
                pasted.certificates().stream().map(EncodedCertificate::of).toList();
        Optional<EncodedCertificate> own = own(certificates);
        if (own.isPresent()) {
            List<byte[]> encoded =
                    certificates.stream().map(EncodedCertificate::encoded).toList();
            report.chain(new ChainInspection(terms, peer).of(encoded, certificates.indexOf(own.get())));
        } else {
            findings.add(new Finding.Material(FindingCode.NO_CERTIFICATE, "there is no certificate in it"));
        }
        return report.with(findings).done();
    }

    private void notes(FindingCode code, List<Pasted.Note> notes) {
        notes.stream()
                .limit(MOST_NOTES)
                .forEach(note -> findings.add(new Finding.Material(code, ForeignText.shownAtLength(note.toString()))));
    }

    /** The one with a key; else the first that is for no authority; else the first. */
    private Optional<EncodedCertificate> own(List<EncodedCertificate> certificates) {
        Optional<EncodedCertificate> own = Optional.empty();
        for (PrivateKey key : pasted.privateKeys()) {
            List<X509Certificate> matching = pasted.certificatesFor(key);
            if (matching.isEmpty() && !certificates.isEmpty()) {
                findings.add(new Finding.Material(
                        FindingCode.KEY_MISMATCH,
                        "a private " + ForeignText.shown(key.getAlgorithm())
                                + " key belongs to none of the certificates"));
            }
            own = own.isEmpty() ? matching.stream().findFirst().map(EncodedCertificate::of) : own;
        }
        Optional<EncodedCertificate> leaf = own.isPresent()
                ? own
                : certificates.stream().filter(each -> !isAuthority(each)).findFirst();
        if (own.isEmpty()
                && leaf.isPresent()
                && pasted.locked().isEmpty()
                && pasted.privateKeys().isEmpty()) {
            findings.add(new Finding.Material(
                    FindingCode.NO_PRIVATE_KEY,
                    "no private key for "
                            + ForeignText.shown(leaf.get().subject().toString())));
        }
        return leaf.isPresent() ? leaf : certificates.stream().findFirst();
    }

    private static boolean isAuthority(EncodedCertificate certificate) {
        try {
            return CertificateExtensions.of(certificate)
                    .basicConstraints()
                    .filter(CertificateExtensions.BasicConstraints::authority)
                    .isPresent();
        } catch (IOException e) {
            return false;
        }
    }
}
