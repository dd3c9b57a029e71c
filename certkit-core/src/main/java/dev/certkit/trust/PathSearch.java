package dev.certkit.trust;

import dev.certkit.x509.EncodedCertificate;
import java.security.spec.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
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
    private final PathCertificate first;
    private final List<PathCertificate> pool;
    private final Map<PathCertificate, List<Candidate>> issuers = new HashMap<>();
    private Optional<Failure> nearest = Optional.empty();

    PathSearch(PresentedChain presented, List<AnchorSet> anchors, PkixPolicy.Rules rules) {
        this.presented = presented;
        this.anchors = anchors;
        this.budget = new Budget(rules.limits());
        this.links = new Links(budget);
        this.checks = new PathChecks(presented, rules, budget);
        this.first = PathCertificate.of(presented.certificates().get(0), rules.keys());
        this.pool = presented.certificates().stream()
                .distinct()
                .filter(certificate -> !certificate.equals(first.certificate()))
                .filter(certificate -> !isAnchor(certificate))
                .map(certificate -> PathCertificate.of(certificate, rules.keys()))
                .toList();
    }

    private boolean isAnchor(EncodedCertificate certificate) {
        return anchors.stream().anyMatch(set -> set.contains(certificate))
                && !presented.anchors().refuses(certificate);
    }

    /** How near to trust a path came that did not do. */
    private enum Ending {
        NOWHERE,
        /** An anchor is named as issuer, but the link to it does not hold. */
        BELOW_ANCHOR,
        ANCHOR
    }

    private record Failure(Ending ending, int length, List<TrustReason> reasons) {
        private boolean isNearerThan(Failure other) {
            int nearer = ending.compareTo(other.ending);
            if (nearer != 0) {
                return nearer > 0;
            }
            return ending == Ending.ANCHOR ? reasons.size() < other.reasons.size() : length > other.length;
        }
    }

    /** Who may have issued a certificate: known anchors come first if their key may be the one, then what fits best. */
    private record Candidate(PathCertificate certificate, boolean isAnchor, boolean isKeyWanted, boolean isInTime) {
        private static final Comparator<Candidate> MOST_PROMISING = Comparator.comparing(
                        (Candidate candidate) -> !candidate.isAnchor || !candidate.isKeyWanted)
                .thenComparing(candidate -> !candidate.isKeyWanted)
                .thenComparing(candidate -> !candidate.isInTime);
    }

    TrustVerdict run() {
        List<PathCertificate> path = new ArrayList<>(List.of(first));
        if (isAnchor(first.certificate()) ? isValid(path) : explore(path)) {
            return new TrustVerdict.Trusted(
                    path.stream().map(PathCertificate::certificate).toList());
        }
        List<TrustReason> reasons =
                new ArrayList<>(nearest.map(Failure::reasons).orElse(List.of()));
        budget.exceeded().filter(limit -> !reasons.contains(limit)).ifPresent(reasons::add);
        return new TrustVerdict.Untrusted(reasons);
    }

    /** At most as deep as the limit on intermediates; leaves the valid path in the list if there is one. */
    private boolean explore(List<PathCertificate> path) {
        for (Candidate issuer : issuersOf(path.get(path.size() - 1))) {
            if (path.stream().noneMatch(issuer.certificate::hasHolderOf) && climb(path, issuer)) {
                return true;
            }
        }
        missing(path);
        return false;
    }

    private boolean climb(List<PathCertificate> path, Candidate issuer) {
        int place = path.size() - 1;
        if (!budget.takeSteps(place, 1) || !links.signed(path.get(place), issuer.certificate, place)) {
            return false;
        }
        path.add(issuer.certificate);
        boolean done = issuer.isAnchor ? isValid(path) : budget.allowsIntermediates(place + 1) && explore(path);
        if (!done) {
            path.remove(path.size() - 1);
        }
        return done;
    }

    private List<Candidate> issuersOf(PathCertificate certificate) {
        return issuers.computeIfAbsent(certificate, this::sortedIssuersOf);
    }

    private List<Candidate> sortedIssuersOf(PathCertificate certificate) {
        Optional<String> wanted = certificate.authorityKeyIdentifier();
        Stream<Candidate> known = anchors.stream()
                .flatMap(set -> set.named(certificate.issuer()).stream())
                .filter(candidate -> !presented.anchors().refuses(candidate.certificate()))
                .map(candidate -> candidate(candidate, true, wanted));
        Stream<Candidate> given = pool.stream()
                .filter(candidate -> candidate.subject().equals(certificate.issuer()))
                .map(candidate -> candidate(candidate, false, wanted));
        return Stream.concat(known, given).sorted(Candidate.MOST_PROMISING).toList();
    }

    /** The key identifier is a hint: issuers change keys and identifiers, and the signature decides (RFC 4158, 3.5.12). */
    private Candidate candidate(PathCertificate certificate, boolean anchor, Optional<String> wanted) {
        Optional<String> has = wanted.isEmpty() ? wanted : certificate.subjectKeyIdentifier();
        return new Candidate(
                certificate, anchor, has.isEmpty() || has.equals(wanted), certificate.isValidAt(presented.time()));
    }

    private boolean isValid(List<PathCertificate> path) {
        List<TrustReason> reasons = checks.of(path, true);
        if (!reasons.isEmpty()) {
            remember(new Failure(Ending.ANCHOR, path.size(), reasons));
        }
        return reasons.isEmpty();
    }

    private void missing(List<PathCertificate> path) {
        boolean named =
                issuersOf(path.get(path.size() - 1)).stream().anyMatch(issuer -> issuer.isAnchor && issuer.isKeyWanted);
        Ending ending = named ? Ending.BELOW_ANCHOR : Ending.NOWHERE;
        if (nearest.isEmpty() || new Failure(ending, path.size(), List.of()).isNearerThan(nearest.get())) {
            List<TrustReason> reasons = new ArrayList<>(checks.of(path, false));
            whyNoIssuer(path).ifPresent(reasons::add);
            remember(new Failure(ending, path.size(), reasons));
        }
    }

    private void remember(Failure failure) {
        if (nearest.isEmpty() || failure.isNearerThan(nearest.get())) {
            nearest = Optional.of(failure);
        }
    }

    /** Empty if another reason has said it. */
    private Optional<TrustReason> whyNoIssuer(List<PathCertificate> path) {
        int place = path.size() - 1;
        PathCertificate last = path.get(place);
        if (isSelfSigned(last, place)) {
            return Optional.of(
                    new TrustReason.SelfSigned(place, last.certificate().subject()));
        }
        List<Candidate> possible =
                issuersOf(last).stream().filter(Candidate::isKeyWanted).toList();
        if (budget.exceeded().isPresent()
                || (!possible.isEmpty() && last.algorithm().isEmpty())) {
            return Optional.empty();
        }
        return possible.stream()
                .filter(candidate -> !links.signed(last, candidate.certificate, place))
                .findFirst()
                .map(candidate -> whyNotSigned(last, candidate.certificate, place))
                .or(() -> Optional.of(new TrustReason.UnknownIssuer(
                        place, last.certificate().issuer(), last.authorityKeyIdentifier())));
    }

    private static TrustReason whyNotSigned(PathCertificate last, PathCertificate issuer, int place) {
        try {
            issuer.key();
            return new TrustReason.BadSignature(place, last.certificate().issuer());
        } catch (InvalidKeySpecException e) {
            return new TrustReason.WeakKey(place + 1, String.valueOf(e.getMessage()));
        }
    }

    /** Also with an algorithm or a key that proves nothing to others: that is what old devices make for themselves. */
    private boolean isSelfSigned(PathCertificate last, int place) {
        return last.isSelfIssued()
                && (links.signed(last, last, place)
                        || (Arrays.equals(
                                        last.certificate().subject().encoded(),
                                        last.certificate().issuer().encoded())
                                && budget.takeSignature(place)
                                && last.certificate().isSelfSigned()));
    }
}
