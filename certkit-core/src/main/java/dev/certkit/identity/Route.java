package dev.certkit.identity;

import java.util.Comparator;
import java.util.List;

/**
 * A way up from a leaf, as far as it goes.
 *
 * @param members leaf first
 * @param complete whether the last one is self-signed
 * @param coverage of the leaf's life by all above it
 */
record Route(List<ChainMember> members, boolean complete, Coverage coverage) {
    /** To the top, valid at the leaf's time, short; or if there is no top, as far as it goes. */
    private static final Comparator<Route> QUALITY = Comparator.comparing(Route::complete)
            .thenComparing(route -> route.complete ? route.coverage.rank() : route.members.size())
            .thenComparing(route -> route.complete ? -route.members.size() : route.coverage.rank())
            .thenComparing(route -> route.coverage.seconds());

    static Route of(List<ChainMember> members, boolean complete) {
        LinkFields leaf = members.get(0).fields();
        Coverage all = members.stream()
                .skip(1)
                .map(issuer -> Coverage.of(leaf, issuer.fields()))
                .reduce(Coverage.whole(), Coverage::and);
        return new Route(List.copyOf(members), complete, all);
    }

    boolean isBetterThan(Route other) {
        return QUALITY.compare(this, other) > 0;
    }

    /** Whether no other can be worth a search. */
    boolean isPerfect() {
        return complete && coverage.isWhole();
    }
}
