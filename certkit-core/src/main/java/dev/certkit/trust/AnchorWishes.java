package dev.certkit.trust;

import dev.certkit.x509.EncodedCertificate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What a question says about where paths may end, beyond what a policy says; immutable. */
record AnchorWishes(Map<EncodedCertificate, Set<AnchorRule>> further, List<Predicate<EncodedCertificate>> refused) {
    static final AnchorWishes NONE = new AnchorWishes(Map.of(), List.of());

    /** @param waived rules that do not bind this anchor */
    AnchorWishes with(EncodedCertificate anchor, Set<AnchorRule> waived) {
        Map<EncodedCertificate, Set<AnchorRule>> more = new LinkedHashMap<>(further);
        Set<AnchorRule> all = EnumSet.noneOf(AnchorRule.class);
        all.addAll(more.getOrDefault(anchor, Set.of()));
        all.addAll(waived);
        more.put(anchor, all);
        return new AnchorWishes(more, refused);
    }

    AnchorWishes without(Predicate<EncodedCertificate> anchors) {
        List<Predicate<EncodedCertificate>> more = new ArrayList<>(refused);
        more.add(anchors);
        return new AnchorWishes(further, List.copyOf(more));
    }

    boolean refuses(EncodedCertificate anchor) {
        return refused.stream().anyMatch(each -> each.test(anchor));
    }

    boolean waives(AnchorRule rule, EncodedCertificate anchor) {
        Set<AnchorRule> waived = further.get(anchor);
        return waived != null && waived.contains(rule);
    }
}
