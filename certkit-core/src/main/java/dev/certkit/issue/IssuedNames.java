package dev.certkit.issue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.issue.Enrolment.Issued.Difference;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** Compares the names in a certificate with those that were asked for. */
final class IssuedNames {
    private IssuedNames() {}

    static Set<Difference> differences(CertificationRequest asked, EncodedCertificate given) {
        Set<Difference> differences = EnumSet.noneOf(Difference.class);
        if (!asked.subject().equals(given.subject())) {
            differences.add(Difference.SUBJECT);
        }
        if (!hasNames(asked, given)) {
            differences.add(Difference.ALTERNATIVE_NAMES);
        }
        return differences;
    }

    private static boolean hasNames(CertificationRequest asked, EncodedCertificate given) {
        try {
            return new HashSet<>(asked.subjectAlternativeNames())
                    .equals(new HashSet<>(CertificateExtensions.of(given).subjectAlternativeNames()));
        } catch (IOException e) {
            // Names that cannot be read are not those that were asked for.
            return false;
        }
    }
}
