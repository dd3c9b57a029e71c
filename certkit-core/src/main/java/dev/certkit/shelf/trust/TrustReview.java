package dev.certkit.shelf.trust;

import dev.certkit.trust.AnchorRule;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustCode;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustReason;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One verdict: what people decided, and else what a policy says; nothing is read from the storage. */
final class TrustReview {
    /** What is said of the way to an anchor; who vouches for the certificate itself needs no way. */
    private static final Set<TrustCode> OF_THE_WAY =
            Set.of(TrustCode.UNKNOWN_ISSUER, TrustCode.SELF_SIGNED, TrustCode.REJECTED);

    private static final Map<TrustCode, AnchorRule> RULES = Map.of(
            TrustCode.EXPIRED, AnchorRule.VALIDITY,
            TrustCode.NOT_YET_VALID, AnchorRule.VALIDITY,
            TrustCode.UNKNOWN_CRITICAL_EXTENSION, AnchorRule.CRITICAL_EXTENSIONS,
            TrustCode.WEAK_KEY, AnchorRule.STRENGTH);

    private final TrustIndex index;
    private final PresentedChain presented;
    private final List<Marks> marks;
    private final EncodedCertificate leaf;

    /** @param presented with a certificate at least */
    TrustReview(TrustIndex index, PresentedChain presented) {
        this.index = index;
        this.presented = presented;
        this.marks = index.marks(presented.certificates());
        this.leaf = marks.get(0).certificate();
    }

    TrustVerdict by(TrustPolicy policy) {
        Fingerprint fingerprint = marks.get(0).fingerprint();
        if (index.isDamaged(fingerprint) || index.rejection(marks.get(0)).isPresent()) {
            return new TrustVerdict.Untrusted(List.of(new TrustReason.Rejected(0, fingerprint)));
        }
        Optional<Acceptance> acceptance =
                index.state(fingerprint).flatMap(TrustState::acceptance).filter(this::covers);
        TrustVerdict verdict = policy.judge(question(acceptance));
        return index.forbidsAnything() ? waived(withoutForbidden(verdict), acceptance) : waived(verdict, acceptance);
    }

    private boolean covers(Acceptance acceptance) {
        return acceptance.covers(presented.peer(), presented.time());
    }

    private PresentedChain question(Optional<Acceptance> acceptance) {
        PresentedChain question = presented;
        if (index.forbidsAnything()) {
            boolean clean = rejections(marks).isEmpty();
            question =
                    (clean ? question : question.withoutIssuers(index::isRejected)).withoutAnchors(index::isNoAnchor);
        }
        for (TrustState authority : authorities()) {
            question = question.alsoTrusting(
                    authority.certificate(), rules(authority.acceptance().orElseThrow()));
        }
        boolean vouched = acceptance
                .filter(how -> how.waived().stream().anyMatch(OF_THE_WAY::contains))
                .isPresent();
        return vouched ? question.alsoTrusting(leaf, Set.of()) : question;
    }

    private Collection<TrustState> authorities() {
        Set<TrustState> possible = new LinkedHashSet<>();
        for (Marks each : marks) {
            for (TrustState authority : index.issuersOf(each)) {
                if (authority.acceptance().filter(this::covers).isPresent()) {
                    possible.add(authority);
                }
            }
        }
        return possible;
    }

    private static Set<AnchorRule> rules(Acceptance acceptance) {
        Set<AnchorRule> rules = EnumSet.noneOf(AnchorRule.class);
        RULES.forEach((code, rule) -> {
            if (acceptance.waived().contains(code)) {
                rules.add(rule);
            }
        });
        return rules;
    }

    /** Policies of others need not know what they must not trust; and a person wants to read what was taken away. */
    private TrustVerdict withoutForbidden(TrustVerdict verdict) {
        return verdict.fold(this::withoutForbidden, untrusted -> {
            List<TrustReason> reasons = new ArrayList<>(untrusted.reasons());
            reasons.addAll(rejections(marks));
            return new TrustVerdict.Untrusted(reasons, untrusted.path());
        });
    }

    private TrustVerdict withoutForbidden(TrustVerdict.Trusted trusted) {
        List<Marks> path = pathMarks(trusted.path());
        List<TrustReason> reasons = rejections(path);
        Marks anchor = path.get(path.size() - 1);
        if (reasons.isEmpty() && index.isNoAnchor(anchor)) {
            reasons = List.of(new TrustReason.Rejected(path.size() - 1, anchor.fingerprint()));
        }
        return reasons.isEmpty() ? trusted : new TrustVerdict.Untrusted(reasons, trusted.path());
    }

    /** Mostly a path is what was presented, in its order, and the anchor. */
    private List<Marks> pathMarks(List<EncodedCertificate> path) {
        List<Marks> all = new ArrayList<>(path.size());
        for (EncodedCertificate each : path) {
            int place = all.size();
            boolean presentedHere =
                    place < marks.size() && marks.get(place).certificate().equals(each);
            all.add(presentedHere ? marks.get(place) : index.marks(each));
        }
        return all;
    }

    private List<TrustReason> rejections(List<Marks> certificates) {
        List<TrustReason> reasons = new ArrayList<>();
        for (int place = 0; place < certificates.size(); place++) {
            int here = place;
            index.rejection(certificates.get(place))
                    .ifPresent(rejected -> reasons.add(new TrustReason.Rejected(here, rejected)));
        }
        return reasons;
    }

    private TrustVerdict waived(TrustVerdict verdict, Optional<Acceptance> acceptance) {
        return acceptance.isEmpty()
                ? verdict
                : verdict.fold(trusted -> trusted, untrusted -> waived(untrusted, acceptance.get()));
    }

    private TrustVerdict waived(TrustVerdict.Untrusted untrusted, Acceptance acceptance) {
        List<TrustReason> left = untrusted.reasons().stream()
                .filter(reason -> !acceptance.waived().contains(reason.code()))
                .toList();
        if (!left.isEmpty()) {
            return new TrustVerdict.Untrusted(left, untrusted.path());
        }
        return new TrustVerdict.Trusted(untrusted.path().isEmpty() ? List.of(leaf) : untrusted.path());
    }
}
