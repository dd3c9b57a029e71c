package dev.certkit.trust;

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
        // What the names in a path allow is only known when the path is.
        TrustVerdict again =
                pathLength(two) > pathLength(one) && one.isTrusted() ? first.judge(withPathOf(two, presented)) : one;
        return both(again, two);
    }

    @Override
    public long changeToken() {
        return 31 * first.changeToken() + second.changeToken();
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
        return verdict.fold(
                trusted -> trusted.path().size() > presented.path().size()
                        ? presented.provenBy(trusted.path())
                        : presented,
                untrusted -> presented);
    }

    private static int pathLength(TrustVerdict verdict) {
        return verdict.fold(trusted -> trusted.path().size(), untrusted -> 0);
    }

    private static TrustVerdict both(TrustVerdict first, TrustVerdict second) {
        if (first.isTrusted() && second.isTrusted()) {
            return pathLength(second) > pathLength(first) ? second : first;
        }
        List<TrustReason> reasons = new ArrayList<>(reasons(first));
        reasons(second).stream().filter(reason -> !reasons.contains(reason)).forEach(reasons::add);
        return new TrustVerdict.Untrusted(reasons);
    }

    private static List<TrustReason> reasons(TrustVerdict verdict) {
        return verdict.fold(trusted -> List.of(), TrustVerdict.Untrusted::reasons);
    }
}
