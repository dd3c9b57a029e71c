package dev.certkit.trust;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Whether every name of a path is one that the authorities above may certify (RFC 5280, 4.2.1.10, 6.1.3 b and c). */
final class NameConstraintChecks {
    private final List<PathCertificate> path;
    private final Budget budget;

    NameConstraintChecks(List<PathCertificate> path, Budget budget) {
        this.path = path;
        this.budget = budget;
    }

    /** @param binding the part of the path whose constraints count */
    void against(List<PathCertificate> binding, List<TrustReason> reasons) {
        for (int above = 1; above < binding.size(); above++) {
            try {
                NameRules rules = path.get(above).nameRules();
                if (!rules.isEmpty()) {
                    check(above, rules, reasons);
                }
            } catch (IOException e) {
                reasons.add(new TrustReason.Malformed(above, "name constraints", String.valueOf(e.getMessage())));
            }
        }
    }

    /** Self-issued authorities may have other names, a self-issued certificate of a peer must not (RFC 5280, 6.1.3). */
    private void check(int above, NameRules rules, List<TrustReason> reasons) {
        for (int place = 0; place < above; place++) {
            if (place == 0 || !path.get(place).isSelfIssued()) {
                firstForbidden(place, above, rules).ifPresent(reasons::add);
            }
        }
    }

    private Optional<TrustReason> firstForbidden(int place, int above, NameRules rules) {
        try {
            for (ConstrainedName name : path.get(place).names()) {
                if (!budget.takeNameComparisons(place, rules.comparisons(name.kind()))) {
                    return budget.exceeded();
                }
                if (!rules.permit(name)) {
                    return Optional.of(
                            new TrustReason.NameNotPermitted(place, name.name().toString(), above));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            // What is malformed in its alternative names was said of the certificate itself.
            return Optional.empty();
        }
    }
}
