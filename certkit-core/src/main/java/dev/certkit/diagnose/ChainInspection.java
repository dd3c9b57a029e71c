package dev.certkit.diagnose;

import dev.certkit.identity.CertificateChain;
import dev.certkit.lint.CertificateLint;
import dev.certkit.trust.Peer;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustReason;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at certificates: arrangement, trust with every reason, rules, and how long they live. */
final class ChainInspection {
    private static final Duration SOON = Duration.ofDays(30);
    private static final int MOST_LINTED = 10;

    private final Terms terms;
    private final Optional<Peer> peer;
    private final List<Finding> findings = new ArrayList<>();

    ChainInspection(Terms terms, Optional<Peer> peer) {
        this.terms = terms;
        this.peer = peer;
    }

    /** What was found. */
    record Outcome(
            List<EncodedCertificate> presented,
            Optional<CertificateChain> expected,
            Optional<TrustVerdict> verdict,
            List<Finding> findings) {
        static final Outcome NOTHING = new Outcome(List.of(), Optional.empty(), Optional.empty(), List.of());
    }

    /**
     * Looks at certificates.
     *
     * @param encoded as they came
     * @param own the place of the peer's own
     */
    Outcome of(List<byte[]> encoded, int own) {
        List<byte[]> ownFirst = new ArrayList<>(encoded);
        ownFirst.add(0, ownFirst.remove(own));
        PresentedChain judged = PresentedChain.decode(ownFirst, terms.now());
        List<EncodedCertificate> certificates = judged.certificates();
        if (judged.defect().isPresent() || certificates.isEmpty()) {
            judged.defect().ifPresent(reason -> findings.add(Finding.Trust.of(reason)));
            return new Outcome(certificates, Optional.empty(), Optional.empty(), List.copyOf(findings));
        }
        List<EncodedCertificate> asTheyCame = new ArrayList<>(certificates);
        if (asTheyCame.size() == encoded.size()) {
            asTheyCame.add(own, asTheyCame.remove(0));
        }
        Optional<Arrangement> arrangement = Arrangement.of(certificates.get(0), asTheyCame);
        arrangement.ifPresent(each -> findings.addAll(each.findings()));
        Optional<CertificateChain> expected = arrangement.map(Arrangement::expected);
        Optional<TrustVerdict> verdict = trust(judged, expected);
        expected.ifPresent(chain -> gap(chain, verdict));
        endsSoon(certificates.get(0));
        lint(asTheyCame);
        return new Outcome(List.copyOf(asTheyCame), expected, verdict, List.copyOf(findings));
    }

    private Optional<TrustVerdict> trust(PresentedChain judged, Optional<CertificateChain> expected) {
        PresentedChain question = peer.map(judged::by).orElse(judged);
        if (terms.policy().isPresent()) {
            PresentedChain asked = peer.isPresent() ? question.forPurpose(ExtendedKeyUsage.SERVER_AUTH) : question;
            TrustVerdict verdict = terms.policy().get().judge(asked);
            reasons(verdict).forEach(reason -> findings.add(Finding.Trust.of(reason)));
            return Optional.of(verdict);
        }
        expected.ifPresent(chain -> standingForItself(question, chain));
        return Optional.empty();
    }

    /** Without a policy the top of the chain is taken for an anchor, so that all but trust is checked. */
    private void standingForItself(PresentedChain question, CertificateChain chain) {
        List<EncodedCertificate> path = chain.encoded();
        TrustAnchors top = TrustAnchors.of(chain.certificates().get(path.size() - 1));
        TrustPolicy policy = TrustPolicy.pkix(top);
        TrustVerdict verdict = (peer.isPresent() ? policy.and(TrustPolicy.hostname()) : policy).judge(question);
        reasons(verdict).forEach(reason -> findings.add(Finding.Trust.of(reason)));
        if (path.size() == 1 && chain.gap().isEmpty()) {
            findings.add(
                    new Finding.Trust(new TrustReason.SelfSigned(0, path.get(0).subject()), Finding.Severity.NOTE));
        }
    }

    private static List<TrustReason> reasons(TrustVerdict verdict) {
        return verdict.fold(trusted -> List.of(), TrustVerdict.Untrusted::reasons);
    }

    private void gap(CertificateChain chain, Optional<TrustVerdict> verdict) {
        if (verdict.isEmpty() || !verdict.get().isTrusted()) {
            FindingCode code = chain.encoded().size() == 1 ? FindingCode.MISSING_INTERMEDIATE : FindingCode.OPEN_CHAIN;
            boolean isElsewhere = verdict.isPresent()
                    && reasons(verdict.get()).stream().noneMatch(TrustReason.UnknownIssuer.class::isInstance);
            if (!isElsewhere) {
                chain.gap().ifPresent(gap -> findings.add(new Finding.Gap(code, gap)));
            }
        }
    }

    private void endsSoon(EncodedCertificate own) {
        Instant now = terms.now();
        Duration left = Duration.between(now, own.notAfter());
        Duration third = Duration.between(own.notBefore(), own.notAfter()).dividedBy(3);
        if (!left.isNegative() && left.compareTo(SOON) < 0 && left.compareTo(third) < 0) {
            findings.add(new Finding.EndsSoon(now, own.notAfter()));
        }
    }

    /** Roots are not looked at: nobody can change them. */
    private void lint(List<EncodedCertificate> certificates) {
        CertificateLint rules = CertificateLint.device().without("self-signed");
        for (int place = 0; place < Math.min(certificates.size(), MOST_LINTED); place++) {
            int index = place;
            if (place == 0 || !certificates.get(place).isSelfIssued()) {
                rules.check(certificates.get(place)).forEach(breach -> findings.add(new Finding.Lint(index, breach)));
            }
        }
    }
}
