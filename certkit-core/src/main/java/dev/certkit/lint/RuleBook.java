package dev.certkit.lint;

import java.util.List;
import java.util.stream.Stream;

/** All rules, in the order of what they look at. */
final class RuleBook {
    private static final List<LintRule> DEVICE = Stream.of(
                    StructureRules.RULES,
                    SerialRules.RULES,
                    SignatureRules.RULES,
                    ValidityRules.RULES,
                    SubjectRules.RULES,
                    KeyRules.RULES,
                    AuthorityRules.RULES,
                    UsageRules.RULES,
                    NameRules.RULES,
                    IdentifierRules.RULES)
            .flatMap(List::stream)
            .toList();

    private static final List<LintRule> PUBLIC_TLS =
            Stream.concat(DEVICE.stream(), PublicTlsRules.RULES.stream()).toList();

    private RuleBook() {}

    static List<LintRule> device() {
        return DEVICE;
    }

    static List<LintRule> publicTls() {
        return PUBLIC_TLS;
    }

    static LintFinding unreadable(Exception why) {
        return new LintFinding(
                StructureRules.UNREADABLE, "it cannot be looked at: " + Shown.text(String.valueOf(why.getMessage())));
    }
}
