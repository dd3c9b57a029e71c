package dev.certkit.tls;

import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustReason;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.Fingerprint;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Trusts by PKIX what nobody rejected, and notes what it was asked; a resumed connection asks nothing. */
final class ChangingPolicy implements TrustPolicy {
    final Queue<PresentedChain> asked = new ConcurrentLinkedQueue<>();
    private final TrustPolicy pkix;
    private final Set<Fingerprint> rejected = ConcurrentHashMap.newKeySet();
    private final AtomicLong token = new AtomicLong();

    ChangingPolicy(TrustAnchors anchors) {
        this.pkix = TrustPolicy.pkix(anchors);
    }

    @Override
    public TrustVerdict judge(PresentedChain presented) {
        asked.add(presented);
        if (presented.defect().isPresent()) {
            return pkix.judge(presented);
        }
        Fingerprint leaf = presented.certificates().get(0).fingerprint();
        return rejected.contains(leaf)
                ? new TrustVerdict.Untrusted(List.of(new TrustReason.Rejected(0, leaf)))
                : pkix.judge(presented);
    }

    @Override
    public long changeToken() {
        return token.get();
    }

    void reject(Fingerprint leaf) {
        rejected.add(leaf);
        token.incrementAndGet();
    }

    void allow(Fingerprint leaf) {
        rejected.remove(leaf);
        token.incrementAndGet();
    }
}
