package dev.certkit.trust;

import dev.certkit.internal.der.NameForm;
import dev.certkit.trust.NameRule.Match;
import dev.certkit.x509.NameConstraints;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The name constraints of one authority, each kind of name compared by its value (RFC 5280, 4.2.1.10).
 *
 * <p>What cannot be compared, because it or the constraint is malformed or of a kind without an order, is permitted by
 * nothing and excluded by everything of its kind. Immutable and thread safe.
 */
final class NameRules {
    static final NameRules NONE = new NameRules(new NameConstraints(List.of(), List.of()));

    private final Map<Integer, List<NameRule>> permitted;
    private final Map<Integer, List<NameRule>> excluded;

    NameRules(NameConstraints constraints) {
        this.permitted = byKind(constraints.permitted());
        this.excluded = byKind(constraints.excluded());
    }

    private static Map<Integer, List<NameRule>> byKind(List<NameConstraints.Subtree> subtrees) {
        Map<Integer, List<NameRule>> rules = new HashMap<>();
        for (NameConstraints.Subtree subtree : subtrees) {
            rules.computeIfAbsent(subtree.kind(), kind -> new ArrayList<>()).add(rule(subtree));
        }
        return rules;
    }

    private static NameRule rule(NameConstraints.Subtree subtree) {
        byte[] base = subtree.base();
        return switch (subtree.kind()) {
            case ConstrainedName.EMAIL -> HostRules.mailbox(ascii(base));
            case ConstrainedName.DNS -> HostRules.dns(ascii(base));
            case ConstrainedName.DIRECTORY -> directory(NameForm.of(base));
            case ConstrainedName.URI -> HostRules.uri(ascii(base));
            case ConstrainedName.IP -> AddressRules.range(base);
            default -> NameRule.UNREADABLE;
        };
    }

    /** Octets that are not ASCII become characters that no host name has. */
    private static String ascii(byte[] base) {
        return new String(base, StandardCharsets.ISO_8859_1);
    }

    /** A name is within those that it begins with (RFC 5280, 4.2.1.10, 7.1). */
    private static NameRule directory(NameForm base) {
        return (value, exclusion) -> base.isReadable() && value instanceof ConstrainedName.Directory directory
                ? Match.of(directory.form().isWithin(base))
                : Match.UNKNOWN;
    }

    boolean isEmpty() {
        return permitted.isEmpty() && excluded.isEmpty();
    }

    /** How many comparisons one name of this kind costs at most. */
    int comparisons(int kind) {
        return of(permitted, kind).size() + of(excluded, kind).size();
    }

    boolean permit(ConstrainedName name) {
        for (NameRule rule : of(excluded, name.kind())) {
            if (rule.match(name.value(), true) != Match.NO) {
                return false;
            }
        }
        List<NameRule> allowing = of(permitted, name.kind());
        for (NameRule rule : allowing) {
            if (rule.match(name.value(), false) == Match.YES) {
                return true;
            }
        }
        return allowing.isEmpty();
    }

    private static List<NameRule> of(Map<Integer, List<NameRule>> rules, int kind) {
        return rules.getOrDefault(kind, List.of());
    }
}
