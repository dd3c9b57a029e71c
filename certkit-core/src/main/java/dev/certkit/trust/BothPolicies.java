package dev.certkit.trust;

import dev.certkit.x509.EncodedCertificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Two policies that must both trust. */
record BothPolicies(TrustPolicy first, TrustPolicy second) implements TrustPolicy {
    static TrustPolicy of(TrustPolicy first, TrustPolicy second) {
        return new BothPolicies(first, Objects.requireNonNull(second, "other"));
    }

    @Override
    public TrustVerdict judge(PresentedChain presented) {
        TrustVerdict one = first.judge(presented);
        TrustVerdict two = second.judge(withPathOf(one, presented));
        // What the names in a path allow, and what is revoked in it, is only known when the path is.
        TrustVerdict again = path(two).size() > path(one).size() ? first.judge(withPathOf(two, presented)) : one;
        return both(again, two);
    }

    @Override
    public long changeToken() {
        return ChangeTokens.of(first.changeToken(), second.changeToken());
    }

    @Override
    public boolean judgesNames() {
        return first.judgesNames() || second.judgesNames();
    }

    @Override
    public Optional<TrustAnchors> anchors() {
        return first.anchors().or(second::anchors);
    }

    private static PresentedChain withPathOf(TrustVerdict verdict, PresentedChain presented) {
        List<EncodedCertificate> path = path(verdict);
        return path.size() > presented.provenPath().size() ? presented.provenBy(path) : presented;
    }

    private static List<EncodedCertificate> path(TrustVerdict verdict) {
        return verdict.fold(TrustVerdict.Trusted::path, TrustVerdict.Untrusted::path);
    }

    private static TrustVerdict both(TrustVerdict first, TrustVerdict second) {
        if (first.isTrusted() && second.isTrusted()) {
            return path(second).size() > path(first).size() ? second : first;
        }
        List<TrustReason> reasons = new ArrayList<>(reasons(first));
        reasons(second).stream().filter(reason -> !reasons.contains(reason)).forEach(reasons::add);
        return new TrustVerdict.Untrusted(
                reasons, path(second).size() > path(first).size() ? path(second) : path(first));
    }

    private static List<TrustReason> reasons(TrustVerdict verdict) {
        return verdict.fold(trusted -> List.of(), TrustVerdict.Untrusted::reasons);
    }
}
