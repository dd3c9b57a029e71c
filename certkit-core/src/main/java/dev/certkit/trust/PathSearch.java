package dev.certkit.trust;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Searches a valid path from the peer's certificate to an anchor, most promising issuers first, within a budget.
 *
 * <p>Of the paths that fail, the one that comes nearest to trust is remembered for its reasons. Not thread safe.
 */
final class PathSearch {
    private final PresentedChain presented;
    private final List<AnchorSet> anchors;
    private final PathChecks checks;
    private final Budget budget;
    private final Links links;
    private final List<PathCertificate> pool;
    private final Map<PathCertificate, List<PathCertificate>> issuers = new IdentityHashMap<>();
    private Optional<Failure> nearest = Optional.empty();

    PathSearch(PresentedChain presented, List<AnchorSet> anchors, PkixPolicy.Rules rules) {
        this.presented = presented;
        this.anchors = anchors;
        this.budget = new Budget(rules.limits());
        this.links = new Links(rules.providers(), budget);
        this.checks = new PathChecks(presented, rules, budget);
        this.pool = presented.certificates().stream()
                .distinct()
                .map(PathCertificate::of)
                .toList();
    }

    /** A path that did not do; one that ends at an anchor comes nearer than one that ends nowhere. */
    private record Failure(boolean ended, int length, List<TrustReason> reasons) {
        private boolean isNearerThan(Failure other) {
            if (ended != other.ended) {
                return ended;
            }
            return ended ? reasons.size() < other.reasons.size() : length > other.length;
        }
    }

    TrustVerdict run() {
        List<PathCertificate> path = new ArrayList<>(List.of(pool.get(0)));
        if (explore(path)) {
            return new TrustVerdict.Trusted(
                    path.stream().map(PathCertificate::certificate).toList());
        }
        List<TrustReason> reasons = new ArrayList<>(nearest.map(Failure::reasons).orElse(List.of()));
        budget.exceeded().filter(limit -> !reasons.contains(limit)).ifPresent(reasons::add);
        return new TrustVerdict.Untrusted(reasons);
    }

    /** At most as deep as the limit on intermediates; leaves the valid path in the list if there is one. */
    private boolean explore(List<PathCertificate> path) {
        PathCertificate last = path.get(path.size() - 1);
        if (path.size() == 1 && isAnchor(last)) {
            return isValid(path);
        }
        boolean found = issuersOf(last).stream()
                .filter(issuer -> path.stream().noneMatch(issuer::hasHolderOf))
                .anyMatch(issuer -> climb(path, issuer));
        if (!found) {
            missing(path);
        }
        return found;
    }

    private boolean climb(List<PathCertificate> path, PathCertificate issuer) {
        int place = path.size() - 1;
        if (!budget.takeStep(place) || !links.signed(path.get(place), issuer, place)) {
            return false;
        }
        path.add(issuer);
        boolean done = isAnchor(issuer)
                ? isValid(path)
                : budget.allowsIntermediates(path.size() - 1) && explore(path);
        if (!done) {
            path.remove(path.size() - 1);
        }
        return done;
    }

    private boolean isAnchor(PathCertificate certificate) {
        return anchors.stream().anyMatch(set -> set.contains(certificate));
    }

    /** All that have the name, anchors first, then those whose key is the one named, then those that are in time. */
    private List<PathCertificate> issuersOf(PathCertificate certificate) {
        return issuers.computeIfAbsent(certificate, this::sortedIssuersOf);
    }

    private List<PathCertificate> sortedIssuersOf(PathCertificate certificate) {
        Stream<PathCertificate> known = anchors.stream().flatMap(set -> set.named(certificate.issuer()).stream());
        Stream<PathCertificate> given = pool.stream()
                .filter(candidate -> candidate.subject().equals(certificate.issuer()))
                .filter(candidate -> !isAnchor(candidate));
        Optional<String> wanted = certificate.authorityKeyIdentifier();
        return Stream.concat(known, given)
                .map(candidate -> new Candidate(
                        candidate, isAnchor(candidate), isKeyWanted(candidate, wanted), isInTime(candidate)))
                .sorted(Candidate.MOST_PROMISING)
                .map(Candidate::certificate)
                .toList();
    }

    private record Candidate(PathCertificate certificate, boolean isAnchor, boolean isKeyWanted, boolean isInTime) {
        private static final Comparator<Candidate> MOST_PROMISING = Comparator.comparing(
                        (Candidate candidate) -> !candidate.isAnchor || !candidate.isKeyWanted)
                .thenComparing(candidate -> !candidate.isKeyWanted)
                .thenComparing(candidate -> !candidate.isInTime);
    }

    private static boolean isKeyWanted(PathCertificate candidate, Optional<String> wanted) {
        Optional<String> has = candidate.subjectKeyIdentifier();
        return wanted.isEmpty() || has.isEmpty() || has.equals(wanted);
    }

    private boolean isInTime(PathCertificate candidate) {
        Instant time = presented.time();
        return !time.isBefore(candidate.certificate().notBefore())
                && !time.isAfter(candidate.certificate().notAfter());
    }

    private boolean isValid(List<PathCertificate> path) {
        List<TrustReason> reasons = checks.of(path, true);
        if (!reasons.isEmpty()) {
            remember(new Failure(true, path.size(), reasons));
        }
        return reasons.isEmpty();
    }

    private void missing(List<PathCertificate> path) {
        Failure failure = new Failure(false, path.size(), List.of());
        if (nearest.isEmpty() || failure.isNearerThan(nearest.get())) {
            List<TrustReason> reasons = new ArrayList<>(checks.of(path, false));
            reasons.add(whyNoIssuer(path));
            remember(new Failure(false, path.size(), reasons));
        }
    }

    private void remember(Failure failure) {
        if (nearest.isEmpty() || failure.isNearerThan(nearest.get())) {
            nearest = Optional.of(failure);
        }
    }

    private TrustReason whyNoIssuer(List<PathCertificate> path) {
        int place = path.size() - 1;
        PathCertificate last = path.get(place);
        String algorithm = last.certificate().signatureAlgorithmOid();
        if (SignatureAlgorithm.ofOid(algorithm).isEmpty()) {
            return new TrustReason.WeakSignature(place, algorithm);
        }
        if (last.isSelfIssued() && links.signed(last, last, place)) {
            return new TrustReason.SelfSigned(place, last.subject());
        }
        Optional<String> wanted = last.authorityKeyIdentifier();
        boolean forged = issuersOf(last).stream()
                .anyMatch(candidate -> wanted.isPresent()
                        && candidate.subjectKeyIdentifier().equals(wanted)
                        && !links.signed(last, candidate, place));
        return forged && budget.exceeded().isEmpty()
                ? new TrustReason.BadSignature(place, last.issuer())
                : new TrustReason.UnknownIssuer(place, last.issuer(), wanted);
    }
}
