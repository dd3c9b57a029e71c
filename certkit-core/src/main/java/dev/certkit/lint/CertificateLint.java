package dev.certkit.lint;

import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A set of rules that certificates are checked against, without asking whether they are trusted.
 *
 * <p>Whatever certificate is given, a check ends soon and with a list, never with an exception: what cannot be read is a
 * finding. The order of the findings is that of the rules. Immutable and thread safe.
 */
public final class CertificateLint {
    /** Of one rule; a certificate with a thousand wrong names is described well enough by these. */
    private static final int MAX_FINDINGS = 20;

    private final List<LintRule> rules;
    private final Optional<Instant> issuedAt;

    private CertificateLint(List<LintRule> rules, Optional<Instant> issuedAt) {
        this.rules = rules;
        this.issuedAt = issuedAt;
    }

    /** The rules for devices and private authorities: RFC 5280, its kin, and what fails in the field. */
    public static CertificateLint device() {
        return new CertificateLint(RuleBook.device(), Optional.empty());
    }

    /** The rules for devices and those of the CA/Browser forum for servers that browsers trust by themselves. */
    public static CertificateLint publicTls() {
        return new CertificateLint(RuleBook.publicTls(), Optional.empty());
    }

    /**
     * The same without some rules.
     *
     * @param ids of rules of this set; not null
     * @throws IllegalArgumentException if one is not of this set
     */
    public CertificateLint without(String... ids) {
        for (String id : ids) {
            if (rules.stream().noneMatch(rule -> rule.id().equals(id))) {
                throw new IllegalArgumentException(
                        "ids: this set has no rule \"" + Shown.text(id) + "\"; rules() lists those that it has");
            }
        }
        return keeping(rule -> !Arrays.asList(ids).contains(rule.id()));
    }

    /** The same with rules whose breach is an error only. */
    public CertificateLint errorsOnly() {
        return keeping(rule -> rule.severity() == LintRule.Severity.ERROR);
    }

    private CertificateLint keeping(Predicate<LintRule> kept) {
        return new CertificateLint(rules.stream().filter(kept).toList(), issuedAt);
    }

    /**
     * The same with the moment of issue known, for the rules about how far a certificate is backdated.
     *
     * @param moment not null
     */
    public CertificateLint issuedAt(Instant moment) {
        return new CertificateLint(rules, Optional.of(moment));
    }

    /** The rules in their order, unmodifiable. */
    public List<LintRule> rules() {
        return rules;
    }

    /**
     * Checks one certificate.
     *
     * @param certificate whatever it is; not null
     * @return empty if it keeps all rules
     */
    public List<LintFinding> check(EncodedCertificate certificate) {
        Objects.requireNonNull(certificate, "certificate");
        return look(new Inspected(certificate, null, issuedAt));
    }

    /**
     * Checks one certificate also against that of its issuer: names, key identifiers, validity, purposes.
     *
     * @param certificate whatever it is; not null
     * @param issuer the certificate that is said to have issued it; not null
     * @return empty if it keeps all rules
     */
    public List<LintFinding> check(EncodedCertificate certificate, EncodedCertificate issuer) {
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(issuer, "issuer");
        return look(new Inspected(certificate, issuer, issuedAt));
    }

    /**
     * Checks one certificate.
     *
     * @param certificate whatever it is; not null
     * @return empty if it keeps all rules
     */
    public List<LintFinding> check(X509Certificate certificate) {
        Objects.requireNonNull(certificate, "certificate");
        EncodedCertificate encoded;
        try {
            encoded = EncodedCertificate.of(certificate);
        } catch (RuntimeException e) {
            // Objects of other providers, whose encodings are whatever they like.
            return List.of(RuleBook.unreadable(e));
        }
        return check(encoded);
    }

    private List<LintFinding> look(Inspected certificate) {
        List<LintFinding> findings = new ArrayList<>();
        for (LintRule rule : rules) {
            findings.addAll(look(rule, certificate));
        }
        return List.copyOf(findings);
    }

    private static List<LintFinding> look(LintRule rule, Inspected certificate) {
        List<String> found = new ArrayList<>();
        @Nullable RuntimeException failure = null;
        try {
            if (rule.appliesTo(certificate)) {
                rule.look(certificate, found::add);
            }
        } catch (IOException e) {
            // The rule about what is readable names it; this one has nothing to say.
            return List.of();
        } catch (RuntimeException e) {
            failure = e;
        }
        List<LintFinding> findings = new ArrayList<>();
        found.stream().distinct().limit(MAX_FINDINGS).forEach(text -> findings.add(new LintFinding(rule, text)));
        if (failure != null) {
            findings.add(RuleBook.unreadable(failure));
        }
        return findings;
    }
}
