package dev.certkit.diagnose;

import dev.certkit.identity.CertificateChain;
import dev.certkit.internal.text.ForeignText;
import dev.certkit.trust.Peer;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Looks at the chain of an identity of one's own, in memory or stored under a name. */
final class IdentityInspection {
    private final Terms terms;
    private final Optional<Peer> peer;

    IdentityInspection(Terms terms, Optional<Peer> peer) {
        this.terms = terms;
        this.peer = peer;
    }

    DiagnosisReport of(CertificateChain chain) {
        return chain(chain, "the identity of " + chain.subject());
    }

    DiagnosisReport of(String name, StoredChains stored) {
        String subject = "the identity " + name;
        try {
            Optional<CertificateChain> chain = stored.chain(name);
            return chain.isPresent()
                    ? chain(chain.get(), subject)
                    : only(subject, FindingCode.NO_CERTIFICATE, "there is no certificate under this name");
        } catch (IOException e) {
            String detail = "it cannot be read: "
                    + (e.getMessage() == null ? e.getClass().getName() : e.getMessage());
            return only(subject, FindingCode.UNREADABLE, ForeignText.shownAtLength(detail));
        }
    }

    private DiagnosisReport chain(CertificateChain chain, String subject) {
        List<byte[]> encoded =
                chain.encoded().stream().map(EncodedCertificate::encoded).toList();
        ReportDraft report = new ReportDraft(subject, terms.now());
        report.chain(new ChainInspection(terms, peer).of(encoded, 0));
        return report.done();
    }

    private DiagnosisReport only(String subject, FindingCode code, String detail) {
        return new ReportDraft(subject, terms.now())
                .with(List.of(new Finding.Material(code, detail)))
                .done();
    }
}
