package dev.certkit.lint;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A rule while it is written down; confined to the class that lists it. */
final class RuleDraft {
    final String id;
    final LintRule.Severity severity;
    final String title;
    String source = "";
    String remedy = "have it issued anew";
    LintRule.Scope scope = LintRule.Scope.ANY;

    @Nullable
    LocalDate from;

    @Nullable
    LocalDate until;

    private RuleDraft(String id, LintRule.Severity severity, String title) {
        this.id = id;
        this.severity = severity;
        this.title = title;
    }

    static RuleDraft error(String id, String title) {
        return new RuleDraft(id, LintRule.Severity.ERROR, title);
    }

    static RuleDraft warning(String id, String title) {
        return new RuleDraft(id, LintRule.Severity.WARNING, title);
    }

    /** A section of RFC 5280. */
    RuleDraft rfc5280(String section) {
        return source("RFC 5280, section " + section);
    }

    /** A section of the Baseline Requirements of the CA/Browser forum for TLS servers. */
    RuleDraft baseline(String section) {
        return source("CA/Browser Forum Baseline Requirements, section " + section);
    }

    RuleDraft source(String text) {
        source = text;
        return this;
    }

    RuleDraft remedy(String text) {
        remedy = text;
        return this;
    }

    RuleDraft about(LintRule.Scope certificates) {
        scope = certificates;
        return this;
    }

    RuleDraft from(String day) {
        from = LocalDate.parse(day);
        return this;
    }

    RuleDraft until(String day) {
        until = LocalDate.parse(day);
        return this;
    }

    LintRule by(LintRule.Check check) {
        return new LintRule(this, check);
    }
}
