package dev.certkit.lint;

import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Validity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Rules about times. */
final class ValidityRules {
    private static final Pattern UTC_TIME = Pattern.compile("[0-9]{12}Z");
    private static final Pattern GENERALIZED_TIME = Pattern.compile("[0-9]{14}Z");
    private static final int FIRST_GENERALIZED = 2050;
    private static final int LAST_YEAR = 9999;
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);
    private static final Duration MOST_BACKDATED = Duration.ofDays(2);

    static final List<LintRule> RULES = List.of(
            RuleDraft.error(
                            "time-encoding",
                            "Times are UTCTime through 2049, GeneralizedTime from 2050, with seconds and Z.")
                    .rfc5280("4.1.2.5")
                    .by(ValidityRules::encoding),
            RuleDraft.warning("time-no-end", "A certificate without an end ends at 99991231235959Z.")
                    .rfc5280("4.1.2.5")
                    .by(ValidityRules::noEnd),
            RuleDraft.error("validity-order", "A certificate does not end before it begins.")
                    .rfc5280("4.1.2.5")
                    .by(ValidityRules::order),
            RuleDraft.warning("validity-within-issuer", "A certificate is valid only while its issuer's is.")
                    .rfc5280("6.1.3")
                    .remedy("renew the authority first, or have it issued for a shorter time")
                    .by(ValidityRules::withinIssuer),
            RuleDraft.warning("backdate", "A certificate begins some minutes before it is issued, at most 48 hours.")
                    .baseline("7.1.2.7")
                    .remedy("let the authority set the first second back by five minutes, for clocks that are slow")
                    .by(ValidityRules::backdate));

    private ValidityRules() {}

    private static void encoding(Inspected inspected, Consumer<String> found) throws IOException {
        List<DerValue> times = inspected.raw().times();
        encoding("notBefore", times.get(0), found);
        encoding("notAfter", times.get(1), found);
    }

    private static void encoding(String field, DerValue time, Consumer<String> found) throws IOException {
        String text = new String(time.content(), StandardCharsets.ISO_8859_1);
        boolean utcTime = time.is(Tag.UTC_TIME);
        if (!(utcTime ? UTC_TIME : GENERALIZED_TIME).matcher(text).matches()) {
            found.accept(field + " is written as " + Shown.text(text));
        }
        int year = time.time().atZone(ZoneOffset.UTC).getYear();
        if (!utcTime && year < FIRST_GENERALIZED) {
            found.accept(field + " is of the year " + year + " and a GeneralizedTime");
        }
    }

    private static void noEnd(Inspected inspected, Consumer<String> found) {
        Instant end = inspected.certificate().notAfter();
        if (end.atZone(ZoneOffset.UTC).getYear() >= LAST_YEAR && !end.equals(Validity.NO_END)) {
            found.accept("notAfter is " + end);
        }
    }

    private static void order(Inspected inspected, Consumer<String> found) {
        EncodedCertificate certificate = inspected.certificate();
        if (certificate.notAfter().isBefore(certificate.notBefore())) {
            found.accept("it is valid from " + certificate.notBefore() + " to " + certificate.notAfter());
        }
    }

    private static void withinIssuer(Inspected inspected, Consumer<String> found) {
        EncodedCertificate certificate = inspected.certificate();
        inspected.issuer().ifPresent(issuer -> {
            if (certificate.notBefore().isBefore(issuer.notBefore())) {
                found.accept("it begins at " + certificate.notBefore() + ", its issuer's at " + issuer.notBefore());
            }
            if (certificate.notAfter().isAfter(issuer.notAfter())) {
                found.accept("it ends at " + certificate.notAfter() + ", its issuer's at " + issuer.notAfter());
            }
        });
    }

    private static void backdate(Inspected inspected, Consumer<String> found) {
        Instant notBefore = inspected.certificate().notBefore();
        inspected.issuedAt().ifPresent(issued -> {
            Duration back = Duration.between(notBefore, issued);
            if (back.compareTo(CLOCKS_DIFFER) < 0 || back.compareTo(MOST_BACKDATED) > 0) {
                found.accept("it begins at " + notBefore + " and was issued at " + issued);
            }
        });
    }
}
