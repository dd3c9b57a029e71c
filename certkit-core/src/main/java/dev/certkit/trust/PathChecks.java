package dev.certkit.trust;

import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.ExtendedKeyUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is wrong with a path whose names and signatures chain up (RFC 5280, 6.1).
 *
 * <p>Also looks at paths that end nowhere, so that a person learns everything at once. Not thread safe.
 */
final class PathChecks {
    private static final ExtendedKeyUsage ANY_PURPOSE = new ExtendedKeyUsage("2.5.29.37.0");

    private final PresentedChain presented;
    private final PkixPolicy.Rules rules;
    private final Budget budget;
    private final Map<Position, List<TrustReason>> known = new HashMap<>();

    PathChecks(PresentedChain presented, PkixPolicy.Rules rules, Budget budget) {
        this.presented = presented;
        this.rules = rules;
        this.budget = budget;
    }

    /** Where a certificate stands; what can be said against it alone is the same in every path in which it stands there. */
    private record Position(PathCertificate certificate, int place, boolean anchor) {}

    /** @param anchored whether the last certificate is an anchor, to which the rules for anchors apply */
    List<TrustReason> of(List<PathCertificate> path, boolean anchored) {
        List<TrustReason> reasons = new ArrayList<>();
        for (int place = 0; place < path.size(); place++) {
            boolean anchor = anchored && place == path.size() - 1;
            reasons.addAll(known.computeIfAbsent(new Position(path.get(place), place, anchor), this::ofOne));
            if (!anchor || binds(AnchorRule.AUTHORITY, path.get(place))) {
                pathLength(path, place).ifPresent(reasons::add);
            }
        }
        boolean bound = !anchored || binds(AnchorRule.CONSTRAINTS, path.get(path.size() - 1));
        List<PathCertificate> binding = bound ? path : path.subList(0, path.size() - 1);
        new NameConstraintChecks(path, budget).against(binding, reasons);
        new PolicyChecks(path, budget, anchored, bound).against(reasons);
        return reasons;
    }

    private List<TrustReason> ofOne(Position position) {
        CertificateChecks checks = new CertificateChecks(position.certificate, position.place);
        if (position.anchor) {
            ofAnchor(checks, position);
        } else {
            checks.time(presented.time())
                    .signatureAlgorithm()
                    .key()
                    .extensions()
                    .readable();
            if (position.place == 0) {
                checks.consistent();
            }
            ofRole(checks, position.place);
            purpose(checks);
        }
        return checks.reasons();
    }

    private boolean binds(AnchorRule rule, PathCertificate anchor) {
        return rules.ofAnchors().contains(rule) && !presented.anchors().waives(rule, anchor.certificate());
    }

    private void ofAnchor(CertificateChecks checks, Position position) {
        PathCertificate anchor = position.certificate;
        if (binds(AnchorRule.VALIDITY, anchor)) {
            checks.time(presented.time());
        }
        if (binds(AnchorRule.CRITICAL_EXTENSIONS, anchor)) {
            checks.extensions();
        }
        if (binds(AnchorRule.STRENGTH, anchor)) {
            checks.key();
        }
        if (binds(AnchorRule.CONSTRAINTS, anchor)) {
            purpose(checks);
        }
        if (position.place == 0 || binds(AnchorRule.AUTHORITY, anchor)) {
            ofRole(checks, position.place);
        }
    }

    private void ofRole(CertificateChecks checks, int place) {
        if (place > 0) {
            checks.authority();
        } else {
            presented.purpose().flatMap(PurposeUsages::of).ifPresent(checks::usages);
        }
    }

    /** Every certificate of the path must allow the purpose, also an authority's, as browsers and TLS stacks have it. */
    private void purpose(CertificateChecks checks) {
        presented.purpose().ifPresent(wanted -> checks.purpose(wanted, ANY_PURPOSE));
    }

    /** Self-issued authorities do not count (RFC 5280, 6.1.4 l). */
    private static Optional<TrustReason> pathLength(List<PathCertificate> path, int place) {
        if (place == 0) {
            return Optional.empty();
        }
        int below = (int) path.subList(1, place).stream()
                .filter(authority -> !authority.isSelfIssued())
                .count();
        try {
            return path.get(place)
                    .extensions()
                    .basicConstraints()
                    .map(CertificateExtensions.BasicConstraints::pathLength)
                    .filter(allowed -> allowed.isPresent() && allowed.getAsInt() < below)
                    .map(allowed -> new TrustReason.PathTooLong(place, allowed.getAsInt(), below));
        } catch (IOException e) {
            // The check of the authority has said it.
            return Optional.empty();
        }
    }
}
