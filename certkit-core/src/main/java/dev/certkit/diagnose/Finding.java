package dev.certkit.diagnose;

import dev.certkit.identity.ChainGap;
import dev.certkit.internal.text.ForeignText;
import dev.certkit.lint.LintFinding;
import dev.certkit.trust.TrustCode;
import dev.certkit.trust.TrustReason;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One thing that a diagnosis found, with its facts.
 *
 * <p>Places count from 0: for {@link Arrangement} and {@link Lint} among the certificates as they came, for {@link Trust} along
 * the path.
 */
public sealed interface Finding {
    /** The kind of finding, which does not change between versions of this library. */
    FindingCode code();

    /** What was found in one sentence, safe to print. */
    String text();

    /** How bad it is. */
    default Severity severity() {
        return code().severity();
    }

    /** What a person can do about it. */
    default String remedy() {
        return code().remedy();
    }

    /** How bad a finding is; in this order. */
    enum Severity {
        /** Good to know. */
        NOTE,
        /** It works now, or with most peers, and should be changed. */
        WARNING,
        /** It does not work, or must not be trusted. */
        ERROR
    }

    private static String line(Finding finding) {
        return finding.severity() + " " + finding.code() + ": " + finding.text() + "; " + finding.remedy();
    }

    /**
     * Something about reaching the server, or about how it speaks TLS.
     *
     * @param code what
     * @param server the host and port asked for
     * @param detail one clause, safe to print
     */
    record Connection(FindingCode code, String server, String detail) implements Finding {
        /** Checks for null. */
        public Connection {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(server, "server");
            Objects.requireNonNull(detail, "detail");
        }

        @Override
        public String text() {
            return ForeignText.shown(server) + ": " + detail;
        }

        /** One line for people. */
        @Override
        public String toString() {
            return line(this);
        }
    }

    /**
     * Something about a protocol version or a cipher suite that the server agrees to.
     *
     * @param code what
     * @param agreed the version and the suite
     */
    record Protocol(FindingCode code, Negotiated agreed) implements Finding {
        /** Checks for null. */
        public Protocol {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(agreed, "agreed");
        }

        @Override
        public String text() {
            return "the server agrees to " + agreed;
        }

        /** One line for people. */
        @Override
        public String toString() {
            return line(this);
        }
    }

    /**
     * An issuer's certificate is not there.
     *
     * @param code {@link FindingCode#MISSING_INTERMEDIATE} or {@link FindingCode#OPEN_CHAIN}
     * @param gap the issuer's name and key identifier, and where it can be fetched
     */
    record Gap(FindingCode code, ChainGap gap) implements Finding {
        /** Checks for null. */
        public Gap {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(gap, "gap");
        }

        @Override
        public String text() {
            return ForeignText.shownAtLength(gap.toString());
        }

        /** One line for people. */
        @Override
        public String toString() {
            return line(this);
        }
    }

    /**
     * The certificates are not as they should be, though each may be sound.
     *
     * @param code order, duplicate, superfluous, or a root
     * @param places the certificates that it is about; for a wrong order all, in the order that is right
     * @param detail one clause, safe to print
     */
    record Arrangement(FindingCode code, List<Integer> places, String detail) implements Finding {
        /** Copies the list. */
        public Arrangement {
            Objects.requireNonNull(code, "code");
            places = List.copyOf(places);
            Objects.requireNonNull(detail, "detail");
        }

        @Override
        public String text() {
            return detail;
        }

        /** One line for people. */
        @Override
        public String toString() {
            return line(this);
        }
    }

    /**
     * A reason of the policy not to trust the chain.
     *
     * @param reason with its facts
     * @param severity an error, or less where no policy was given and the certificate stands for itself
     */
    record Trust(TrustReason reason, Severity severity) implements Finding {
        /** Checks for null. */
        public Trust {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(severity, "severity");
        }

        static Trust of(TrustReason reason) {
            return new Trust(reason, FindingCode.of(reason.code()).severity());
        }

        @Override
        public FindingCode code() {
            return reason.code() == TrustCode.SELF_SIGNED && reason.place() > 0
                    ? FindingCode.UNTRUSTED_ROOT
                    : FindingCode.of(reason.code());
        }

        @Override
        public String text() {
            return reason.text();
        }

        /** One line for people. */
        @Override
        public String toString() {
            return line(this);
        }
    }

    /**
     * The certificate in use ends soon.
     *
     * @param checked the time of the diagnosis
     * @param notAfter its last second
     */
    record EndsSoon(Instant checked, Instant notAfter) implements Finding {
        @Override
        public FindingCode code() {
            return FindingCode.EXPIRES_SOON;
        }

        @Override
        public String text() {
            return "the certificate is valid until " + notAfter + ", and it is " + checked;
        }

        /** One line for people. */
        @Override
        public String toString() {
            return line(this);
        }
    }

    /**
     * A certificate breaks a rule; an error of the rules is a warning here, a warning of theirs a note.
     *
     * @param place of the certificate
     * @param breach the rule and what was found
     */
    record Lint(int place, LintFinding breach) implements Finding {
        /** Checks for null. */
        public Lint {
            Objects.requireNonNull(breach, "breach");
        }

        @Override
        public FindingCode code() {
            return FindingCode.LINT;
        }

        @Override
        public Severity severity() {
            return breach.isError() ? Severity.WARNING : Severity.NOTE;
        }

        @Override
        public String text() {
            return "certificate " + place + " breaks the rule " + breach.rule().id() + " ("
                    + breach.rule().source() + "): " + breach.found();
        }

        @Override
        public String remedy() {
            return breach.rule().remedy();
        }

        /** One line for people. */
        @Override
        public String toString() {
            return line(this);
        }
    }

    /**
     * Something about an identity or a pasted text as a whole.
     *
     * @param code what
     * @param detail one clause, safe to print
     */
    record Material(FindingCode code, String detail) implements Finding {
        /** Checks for null. */
        public Material {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(detail, "detail");
        }

        @Override
        public String text() {
            return detail;
        }

        /** One line for people. */
        @Override
        public String toString() {
            return line(this);
        }
    }
}
