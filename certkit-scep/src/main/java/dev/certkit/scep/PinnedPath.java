package dev.certkit.scep;

import dev.certkit.identity.BrokenChainException;
import dev.certkit.identity.CertificateChain;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A chain that is proved to lead to the pinned authority. */
record PinnedPath(CertificateChain chain, X509Certificate pinned) {
    /** Devices' clocks are behind, and few servers backdate what they issue. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

    /** Empty if no signatures lead from the certificate to the pinned one. */
    static Optional<PinnedPath> of(X509Certificate leaf, X509Certificate pinned, Collection<X509Certificate> pool) {
        List<X509Certificate> all = new ArrayList<>(List.of(pinned));
        all.addAll(pool);
        CertificateChain chain = CertificateChain.assemble(leaf, all);
        return chain.certificates().contains(pinned) ? Optional.of(new PinnedPath(chain, pinned)) : Optional.empty();
    }

    /** The path of a certificate that a pinned root issued itself, at the cost of one signature; empty for all others. */
    static Optional<PinnedPath> direct(X509Certificate leaf, X509Certificate pinned) {
        boolean root = pinned.getSubjectX500Principal().equals(pinned.getIssuerX500Principal());
        if (!root || leaf.equals(pinned) || !leaf.getIssuerX500Principal().equals(pinned.getSubjectX500Principal())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PinnedPath(CertificateChain.of(List.of(leaf, pinned)), pinned));
        } catch (BrokenChainException e) {
            return Optional.empty();
        }
    }

    /**
     * The first certificate below the pinned one that is expired or not valid yet; an anchor's own dates do not count.
     *
     * <p>What is issued under an authority whose time has not come yet may begin with it.
     */
    Optional<X509Certificate> outOfTime(Instant now) {
        Instant begun = pinned.getNotBefore().toInstant();
        Instant latestBegin = (begun.isAfter(now) ? begun : now).plus(CLOCK_SKEW);
        return chain.certificates().stream()
                .takeWhile(each -> !each.equals(pinned))
                .filter(each -> each.getNotAfter().toInstant().isBefore(now)
                        || each.getNotBefore().toInstant().isAfter(latestBegin))
                .findFirst();
    }
}
