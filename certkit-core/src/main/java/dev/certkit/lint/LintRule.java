package dev.certkit.lint;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One rule that certificates keep; two are equal if their ids are. Immutable and thread safe. */
public final class LintRule {
    private final String id;
    private final Severity severity;
    private final RuleDraft facts;
    private final Check check;

    LintRule(RuleDraft facts, Check check) {
        this.id = facts.id;
        this.severity = facts.severity;
        this.facts = facts;
        this.check = check;
    }

    /** How bad it is to break a rule. */
    public enum Severity {
        /** Verifiers refuse it, or it is dangerous: do not issue it. */
        ERROR,
        /** It works with some peers only, or makes trouble later: say so. */
        WARNING
    }

    /** The certificates that a rule is about. */
    public enum Scope {
        /** All certificates. */
        ANY,
        /** Certificates of authorities. */
        AUTHORITY,
        /** All others. */
        LEAF,
        /** Those others that may be used by a TLS server: with its purpose, or without any. */
        SERVER
    }

    /** Looks at a certificate and says what it found wrong, once for each place. */
    interface Check {
        void look(Inspected certificate, Consumer<String> found) throws IOException;
    }

    /** What programs know it by; stable, for example {@code san-missing}. */
    public String id() {
        return id;
    }

    /** How bad it is to break it. */
    public Severity severity() {
        return severity;
    }

    /** The rule in one sentence. */
    public String title() {
        return facts.title;
    }

    /** Where it is written, for example {@code RFC 5280, section 4.1.2.2}. */
    public String source() {
        return facts.source;
    }

    /** What to do with a certificate that breaks it. */
    public String remedy() {
        return facts.remedy;
    }

    /** The certificates that it is about. */
    public Scope scope() {
        return facts.scope;
    }

    /** The day from which on certificates must keep it, by their first second in UTC; empty if all must. */
    public Optional<LocalDate> effectiveFrom() {
        return Optional.ofNullable(facts.from);
    }

    /** The day from which on it is replaced by another rule; empty if it is in force. */
    public Optional<LocalDate> effectiveUntil() {
        return Optional.ofNullable(facts.until);
    }

    boolean appliesTo(Inspected certificate) {
        Instant notBefore = certificate.certificate().notBefore();
        return isBefore(notBefore, facts.until, true)
                && !isBefore(notBefore, facts.from, false)
                && certificate.isIn(facts.scope);
    }

    private static boolean isBefore(Instant instant, @Nullable LocalDate day, boolean ifNone) {
        return day == null
                ? ifNone
                : instant.isBefore(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    void look(Inspected certificate, Consumer<String> found) throws IOException {
        check.look(certificate, found);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LintRule that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** The id and the title. */
    @Override
    public String toString() {
        return id + ": " + facts.title;
    }
}
