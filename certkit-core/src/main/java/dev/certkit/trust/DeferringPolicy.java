package dev.certkit.trust;

/** A policy with a desk that has the last word. */
record DeferringPolicy(TrustPolicy policy, TrustDesk desk) implements TrustPolicy {
    @Override
    public TrustVerdict judge(PresentedChain presented) {
        return desk.review(presented, policy);
    }

    @Override
    public long changeToken() {
        return ChangeTokens.of(policy.changeToken(), desk.changeToken());
    }

    @Override
    public boolean judgesNames() {
        return policy.judgesNames();
    }
}
