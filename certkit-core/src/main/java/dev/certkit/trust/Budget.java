package dev.certkit.trust;

import java.util.Optional;

/** What is left of the limits for one verdict; not thread safe. */
final class Budget {
    private final TrustLimits limits;
    private int signatures;
    private int steps;
    private int nameComparisons;
    private Optional<TrustReason> exceeded = Optional.empty();

    Budget(TrustLimits limits) {
        this.limits = limits;
    }

    boolean takeSignature(int place) {
        return ++signatures <= limits.signatures() || exceed(place, "signature checks", limits.signatures());
    }

    boolean takeSteps(int place, int count) {
        steps = (int) Math.min(Integer.MAX_VALUE, (long) steps + count);
        return steps <= limits.steps() || exceed(place, "steps of the search for a path", limits.steps());
    }

    boolean takeNameComparisons(int place, int count) {
        nameComparisons = (int) Math.min(Integer.MAX_VALUE, (long) nameComparisons + count);
        return nameComparisons <= limits.nameComparisons()
                || exceed(place, "comparisons with name constraints", limits.nameComparisons());
    }

    boolean allowsIntermediates(int count) {
        return count <= limits.intermediates() || exceed(count, "intermediate certificates", limits.intermediates());
    }

    private boolean exceed(int place, String limit, int value) {
        if (exceeded.isEmpty()) {
            exceeded = Optional.of(new TrustReason.LimitExceeded(place, limit, value));
        }
        return false;
    }

    /** The first limit that was exceeded. */
    Optional<TrustReason> exceeded() {
        return exceeded;
    }
}
