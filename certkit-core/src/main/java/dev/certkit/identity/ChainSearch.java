package dev.certkit.identity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for the best way up from a leaf, within a budget that no pool can exceed.
 *
 * <p>What it finds depends on the certificates only, not on their order or on earlier searches: a remembered signature
 * counts as a checked one.
 */
final class ChainSearch {
    static final int MAX_LENGTH = 10;
    private static final int MAX_SIGNATURES = 100;
    private static final int MAX_STEPS = 20_000;
    private static final int MAX_OBJECTIONS = 3;

    private final ChainMember leaf;
    private final CertificatePool pool;
    private final List<ChainMember> path = new ArrayList<>();
    private final Map<ChainMember, List<ChainMember>> named = new HashMap<>();
    private final Map<ChainMember, List<ChainMember>> others = new HashMap<>();
    private final Map<ChainMember, ChainMember> signers = new HashMap<>();
    /** Whose keys did not sign a certificate. */
    private final Map<ChainMember, List<ChainMember>> strangers = new HashMap<>();

    private Route best;
    private int signatures;
    private int steps;

    private ChainSearch(ChainMember leaf, CertificatePool pool) {
        this.leaf = leaf;
        this.pool = pool;
        this.best = new Route(List.of(leaf), false, Coverage.whole());
    }

    static ChainSearch from(ChainMember leaf, CertificatePool pool) {
        ChainSearch search = new ChainSearch(leaf, pool);
        search.climb(leaf);
        return search;
    }

    Route best() {
        return best;
    }

    /** Why the most promising certificates with the name of the missing issuer are not it. */
    List<String> objections() {
        ChainMember last = best.members().get(best.members().size() - 1);
        if (signatures == MAX_SIGNATURES || steps > MAX_STEPS) {
            return List.of("too many have it, and the search ended after " + signatures + " signatures");
        }
        List<ChainMember> all = new ArrayList<>(pool.namedAsIssuersOf(last));
        all.addAll(pool.otherIssuersOf(last));
        return new Preference(last, leaf)
                .sorted(all).stream()
                        .limit(MAX_OBJECTIONS)
                        .flatMap(issuer -> objection(last, issuer).stream())
                        .distinct()
                        .toList();
    }

    private Optional<String> objection(ChainMember certificate, ChainMember issuer) {
        if (!certificate.isIssuedInTheNameOf(issuer)) {
            return Optional.empty();
        }
        if (best.members().stream().anyMatch(issuer::isOfSameHolder)) {
            return Optional.of("its key is in the chain already");
        }
        Optional<String> fault = Link.fault(certificate, issuer);
        return fault.isPresent()
                ? fault
                : Optional.of("the chain would have more than " + MAX_LENGTH + " certificates");
    }

    /** At most {@link #MAX_LENGTH} deep. */
    private void climb(ChainMember next) {
        path.add(next);
        // A new key that the old one certified has its own name as issuer, and is not self-signed.
        boolean isTop = next.isSelfIssued() && isLinked(next, next);
        offer(isTop);
        if (!isTop && path.size() < MAX_LENGTH) {
            follow(named.computeIfAbsent(next, it -> issuers(it, pool.namedAsIssuersOf(it))));
            if (!isOver()) {
                follow(others.computeIfAbsent(next, it -> issuers(it, pool.otherIssuersOf(it))));
            }
        }
        path.remove(path.size() - 1);
    }

    private void offer(boolean complete) {
        Route route = Route.of(path, complete);
        if (route.isBetterThan(best)) {
            best = route;
        }
    }

    /** Those that signed it, the most promising first: the first that did tells the key of all. */
    private List<ChainMember> issuers(ChainMember certificate, List<ChainMember> candidates) {
        steps += candidates.size();
        return new Preference(certificate, leaf)
                .sorted(candidates).stream()
                        .filter(issuer -> isLinked(certificate, issuer))
                        .toList();
    }

    private void follow(List<ChainMember> issuers) {
        for (ChainMember issuer : issuers) {
            if (isOver()) {
                return;
            }
            steps++;
            if (!isOnPath(issuer) && issuer.isReadable()) {
                climb(issuer);
            }
        }
    }

    private boolean isOver() {
        return best.isPerfect() || steps > MAX_STEPS;
    }

    private boolean isOnPath(ChainMember issuer) {
        return path.stream().anyMatch(issuer::isOfSameHolder);
    }

    /** A signature has one key: what it is not of, it is no use to check once that is known. */
    private boolean isLinked(ChainMember certificate, ChainMember issuer) {
        if (certificate != issuer && Link.objection(certificate, issuer).isPresent()) {
            return false;
        }
        ChainMember signer = signers.get(certificate);
        if (signer != null) {
            return signer.isOfSameKey(issuer);
        }
        List<ChainMember> without = strangers.computeIfAbsent(certificate, none -> new ArrayList<>());
        if (signatures == MAX_SIGNATURES || without.stream().anyMatch(issuer::isOfSameKey)) {
            return false;
        }
        signatures++;
        if (!isSigned(certificate, issuer)) {
            without.add(issuer);
            return false;
        }
        signers.put(certificate, issuer);
        return true;
    }

    private boolean isSigned(ChainMember certificate, ChainMember issuer) {
        if (certificate == leaf) {
            return isVerified(certificate, issuer);
        }
        ChainMember known = pool.signers().get(certificate);
        if (known != null) {
            return known.isOfSameKey(issuer);
        }
        boolean verified = isVerified(certificate, issuer);
        if (verified) {
            pool.signers().put(certificate, issuer);
        }
        return verified;
    }

    private boolean isVerified(ChainMember certificate, ChainMember issuer) {
        return certificate == issuer
                ? certificate.certificate().isSelfSigned()
                : Link.isSignedWith(pool.keys().of(issuer), certificate);
    }
}
