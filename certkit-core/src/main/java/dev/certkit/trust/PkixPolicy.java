package dev.certkit.trust;

import dev.certkit.key.CryptoProviders;
import dev.certkit.x509.EncodedCertificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Trusts chains of which a path to an anchor is valid (RFC 5280, section 6; RFC 9618).
 *
 * <p>The path is searched among what was presented, in any order. Signatures with SHA-1 or MD5, keys that are weak or of
 * unusual size, unknown critical extensions and purposes that an authority on the way does not allow are refused. The
 * anchor's own certificate counts as well, unless an {@link AnchorRule} is waived. A table of all checks stands in the
 * package's documentation. Nothing is fetched and revocation is not looked at. Immutable and thread safe; paths that were
 * found valid are remembered, so that peers that come again cost a few microseconds. The times of certificates and what a
 * question says about anchors are looked at each time.
 */
public final class PkixPolicy implements TrustPolicy {
    private final AnchorSet anchors;
    private final Rules rules;
    private final KnownPaths known = new KnownPaths();

    private PkixPolicy(AnchorSet anchors, Rules rules) {
        this.anchors = anchors;
        this.rules = rules;
    }

    record Rules(Set<AnchorRule> ofAnchors, TrustLimits limits, AuthorityKeys keys) {}

    static PkixPolicy of(TrustAnchors anchors) {
        Rules strict = new Rules(
                EnumSet.allOf(AnchorRule.class), TrustLimits.standard(), new AuthorityKeys(CryptoProviders.standard()));
        List<EncodedCertificate> encoded =
                anchors.certificates().stream().map(EncodedCertificate::of).toList();
        return new PkixPolicy(AnchorSet.of(encoded, strict.keys), strict);
    }

    /**
     * The same, where a rule does not bind the anchors themselves.
     *
     * @param rule not null
     */
    public PkixPolicy waiving(AnchorRule rule) {
        EnumSet<AnchorRule> fewer = EnumSet.noneOf(AnchorRule.class);
        fewer.addAll(rules.ofAnchors);
        fewer.remove(Objects.requireNonNull(rule, "rule"));
        return new PkixPolicy(anchors, new Rules(fewer, rules.limits, rules.keys));
    }

    /**
     * The same with other limits.
     *
     * @param limits for each verdict; not null
     */
    public PkixPolicy within(TrustLimits limits) {
        Objects.requireNonNull(limits, "limits");
        return new PkixPolicy(anchors, new Rules(rules.ofAnchors, limits, rules.keys));
    }

    /**
     * The same with other providers.
     *
     * @param providers check the signatures; not null
     */
    public PkixPolicy using(CryptoProviders providers) {
        Objects.requireNonNull(providers, "providers");
        AuthorityKeys keys = new AuthorityKeys(providers);
        return new PkixPolicy(anchors.with(keys), new Rules(rules.ofAnchors, rules.limits, keys));
    }

    @Override
    public Optional<TrustAnchors> anchors() {
        return Optional.of(anchors.toTrustAnchors());
    }

    @Override
    public TrustVerdict judge(PresentedChain presented) {
        if (presented.defect().isPresent()) {
            return new TrustVerdict.Untrusted(List.of(presented.defect().get()));
        }
        KnownPaths.Question question = KnownPaths.Question.of(presented);
        Optional<TrustVerdict.Trusted> path = known.find(question, presented);
        if (path.isPresent()) {
            return path.get();
        }
        TrustVerdict verdict = searched(presented);
        known.keep(question, verdict);
        return verdict;
    }

    private TrustVerdict searched(PresentedChain presented) {
        List<EncodedCertificate> further = presented.anchors().further().keySet().stream()
                .filter(anchor -> !anchors.contains(anchor))
                .toList();
        List<AnchorSet> all =
                further.isEmpty() ? List.of(anchors) : List.of(anchors, AnchorSet.of(further, rules.keys));
        return new PathSearch(presented, all, rules).run();
    }
}
