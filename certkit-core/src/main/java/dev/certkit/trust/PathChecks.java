package dev.certkit.trust;

import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.ExtendedKeyUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that is wrong with a path whose names and signatures chain up (RFC 5280, 6.1).
 *
 * <p>Also looks at paths that end nowhere, so that a person learns everything at once.
 */
final class PathChecks {
    private static final ExtendedKeyUsage ANY_PURPOSE = new ExtendedKeyUsage("2.5.29.37.0");

    private final PresentedChain presented;
    private final PkixPolicy.Rules rules;
    private final Budget budget;

    PathChecks(PresentedChain presented, PkixPolicy.Rules rules, Budget budget) {
        this.presented = presented;
        this.rules = rules;
        this.budget = budget;
    }

    /** @param anchored whether the last certificate is an anchor, to which the rules for anchors apply */
    List<TrustReason> of(List<PathCertificate> path, boolean anchored) {
        List<TrustReason> reasons = new ArrayList<>();
        for (int place = 0; place < path.size(); place++) {
            boolean anchor = anchored && place == path.size() - 1;
            CertificateChecks checks = new CertificateChecks(path.get(place), place);
            reasons.addAll(anchor ? ofAnchor(checks, path, place) : ofOther(checks, path, place));
        }
        boolean bound = !anchored || rules.ofAnchors().contains(AnchorRule.CONSTRAINTS);
        List<PathCertificate> binding = bound ? path : path.subList(0, path.size() - 1);
        new NameConstraintChecks(path, budget).against(binding, reasons);
        new PolicyChecks(path, anchored, bound).against(reasons);
        return reasons;
    }

    private List<TrustReason> ofAnchor(CertificateChecks checks, List<PathCertificate> path, int place) {
        if (rules.ofAnchors().contains(AnchorRule.VALIDITY)) {
            checks.time(presented.time());
        }
        if (rules.ofAnchors().contains(AnchorRule.CRITICAL_EXTENSIONS)) {
            checks.extensions();
        }
        if (rules.ofAnchors().contains(AnchorRule.STRENGTH)) {
            checks.key(rules.providers());
        }
        if (rules.ofAnchors().contains(AnchorRule.AUTHORITY) && place > 0) {
            checks.authority();
            pathLength(checks, path, place);
        }
        if (rules.ofAnchors().contains(AnchorRule.CONSTRAINTS)) {
            purpose(checks, path, place);
        }
        if (place == 0) {
            peerKeyUsage(checks);
        }
        return checks.reasons();
    }

    private List<TrustReason> ofOther(CertificateChecks checks, List<PathCertificate> path, int place) {
        checks.time(presented.time())
                .signatureAlgorithm()
                .key(rules.providers())
                .extensions()
                .readable()
                .consistent();
        if (place > 0) {
            checks.authority();
            pathLength(checks, path, place);
        } else {
            peerKeyUsage(checks);
        }
        purpose(checks, path, place);
        return checks.reasons();
    }

    private void peerKeyUsage(CertificateChecks checks) {
        presented
                .purpose()
                .filter(purpose -> purpose.equals(ExtendedKeyUsage.SERVER_AUTH)
                        || purpose.equals(ExtendedKeyUsage.CLIENT_AUTH))
                .ifPresent(purpose -> checks.peerKeyUsage(purpose.equals(ExtendedKeyUsage.SERVER_AUTH)));
    }

    private void purpose(CertificateChecks checks, List<PathCertificate> path, int place) {
        Optional<List<ExtendedKeyUsage>> purposes =
                checks.read(path.get(place).extensions()::purposes);
        Optional<ExtendedKeyUsage> wanted = presented.purpose();
        if (wanted.isPresent()
                && purposes.isPresent()
                && !purposes.get().contains(wanted.get())
                && !purposes.get().contains(ANY_PURPOSE)) {
            checks.reasons().add(new TrustReason.WrongPurpose(place, wanted.get(), purposes.get()));
        }
    }

    /** Self-issued authorities do not count (RFC 5280, 6.1.4 l). */
    private static void pathLength(CertificateChecks checks, List<PathCertificate> path, int place) {
        int below = (int) path.subList(1, place).stream()
                .filter(authority -> !authority.isSelfIssued())
                .count();
        try {
            path.get(place)
                    .extensions()
                    .basicConstraints()
                    .map(CertificateExtensions.BasicConstraints::pathLength)
                    .filter(allowed -> allowed.isPresent() && allowed.getAsInt() < below)
                    .ifPresent(allowed -> checks.reasons()
                            .add(new TrustReason.PathTooLong(place, allowed.getAsInt(), below)));
        } catch (IOException e) {
            // The check of the authority has said it.
        }
    }
}
