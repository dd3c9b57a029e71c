package dev.certkit.lint;

import java.util.Objects;

/**
 * A place where a certificate breaks a rule. Immutable.
 *
 * @param rule the rule
 * @param found what stands in the certificate, for people, safe to print
 */
public record LintFinding(LintRule rule, String found) {
    /** Checks for null. */
    public LintFinding {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(found, "found");
    }

    /** Whether the certificate should not be issued or used. */
    public boolean isError() {
        return rule.severity() == LintRule.Severity.ERROR;
    }

    /** One line for people. */
    @Override
    public String toString() {
        return rule.severity() + " " + rule.id() + ": " + found + "; " + rule.title() + " (" + rule.source() + "); "
                + rule.remedy();
    }
}
