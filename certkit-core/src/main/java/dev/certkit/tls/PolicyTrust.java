package dev.certkit.tls;

import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Asks a policy in each full handshake; without one, the system's anchors for servers and nobody for clients. */
final class PolicyTrust extends ChainTrust {
    private final @Nullable TrustPolicy policy;
    private final Clock clock;
    private final X509Certificate[] issuers;
    private final AtomicReference<Instant> firstEnd = new AtomicReference<>(Instant.MAX);
    private volatile @Nullable TrustPolicy system;

    PolicyTrust(@Nullable TrustPolicy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
        this.issuers = Optional.ofNullable(policy)
                .flatMap(TrustPolicy::anchors)
                .map(anchors -> anchors.certificates().toArray(X509Certificate[]::new))
                .orElseGet(() -> new X509Certificate[0]);
    }

    /** Differs after each change of what is trusted. */
    long changeToken() {
        return policy == null ? 0 : policy.changeToken();
    }

    /** Whether a certificate that was trusted since the last call of {@link #forget} has expired since. */
    boolean hasExpired() {
        Instant end = firstEnd.get();
        return clock.instant().isAfter(end);
    }

    /** Nothing that was trusted before counts any more. */
    void forget() {
        firstEnd.set(Instant.MAX);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return issuers.clone();
    }

    @Override
    void checkServer(X509Certificate @Nullable [] chain, Handshake handshake) throws CertificateException {
        PresentedChain presented = presented(chain).forPurpose(ExtendedKeyUsage.SERVER_AUTH);
        TrustPolicy base = policy == null ? system() : policy;
        TrustPolicy asked = handshake.identifies() && !base.judgesNames() ? base.and(TrustPolicy.hostname()) : base;
        PresentedChain stapled = handshake.stapled().map(presented::stapled).orElse(presented);
        check(asked, handshake.peer().map(stapled::by).orElse(stapled));
    }

    @Override
    void checkClient(X509Certificate @Nullable [] chain) throws CertificateException {
        if (policy == null) {
            throw new CertificateException("a client presented a certificate, but this TLS context has no policy or "
                    + "anchors to check it against; make it with TlsContext.trusting(...)");
        }
        check(policy, presented(chain).forPurpose(ExtendedKeyUsage.CLIENT_AUTH));
    }

    private PresentedChain presented(X509Certificate @Nullable [] chain) {
        return PresentedChain.of(chain == null ? List.of() : Arrays.asList(chain), clock.instant());
    }

    private void check(TrustPolicy asked, PresentedChain presented) throws CertificateException {
        TrustVerdict verdict;
        try {
            verdict = asked.judge(presented);
        } catch (RuntimeException | StackOverflowError e) {
            throw new CertificateException("the trust policy failed on " + presented + ", so nobody is trusted", e);
        }
        if (verdict instanceof TrustVerdict.Untrusted untrusted) {
            throw new UntrustedPeerException(untrusted, presented.peer());
        }
        remember(((TrustVerdict.Trusted) verdict).path(), presented.time());
    }

    /** What is out of its time already was trusted all the same. */
    private void remember(List<EncodedCertificate> path, Instant now) {
        for (EncodedCertificate certificate : path) {
            Instant end = certificate.notAfter();
            if (!end.isBefore(now)) {
                firstEnd.accumulateAndGet(end, (one, other) -> one.isBefore(other) ? one : other);
            }
        }
    }

    private TrustPolicy system() {
        TrustPolicy made = system;
        return made != null ? made : makeSystem();
    }

    private synchronized TrustPolicy makeSystem() {
        TrustPolicy made = system;
        if (made == null) {
            made = TrustPolicy.pkix(TrustAnchors.system());
            system = made;
        }
        return made;
    }
}
