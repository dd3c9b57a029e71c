package dev.certkit.trust;

import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.GeneralName;
import java.io.IOException;
import java.util.ArrayList;
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
            Optional<CertificateExtensions.NameConstraints> constraints = constraints(above, reasons);
            if (constraints.isPresent()) {
                check(above, new NameRules(constraints.get()), reasons);
            }
        }
    }

    private Optional<CertificateExtensions.NameConstraints> constraints(int place, List<TrustReason> reasons) {
        try {
            return path.get(place).extensions().nameConstraints();
        } catch (IOException e) {
            reasons.add(new TrustReason.Malformed(place, "name constraints", String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private void check(int above, NameRules rules, List<TrustReason> reasons) {
        for (int place = 0; place < above; place++) {
            PathCertificate certificate = path.get(place);
            if (place > 0 && certificate.isSelfIssued()) {
                continue;
            }
            Optional<TrustReason> reason = firstForbidden(certificate, place, above, rules);
            reason.ifPresent(reasons::add);
        }
    }

    private Optional<TrustReason> firstForbidden(
            PathCertificate certificate, int place, int above, NameRules rules) {
        List<GeneralName> names;
        try {
            names = names(certificate);
        } catch (IOException e) {
            return Optional.of(
                    new TrustReason.Malformed(place, "alternative names", String.valueOf(e.getMessage())));
        }
        for (GeneralName name : names) {
            if (!budget.takeNameComparisons(place, rules.size())) {
                return budget.exceeded();
            }
            if (!rules.permit(name)) {
                return Optional.of(new TrustReason.NameNotPermitted(place, name.toString(), above));
            }
        }
        return Optional.empty();
    }

    /** The subject, the alternative names, and e-mail addresses that stand in the subject only. */
    private static List<GeneralName> names(PathCertificate certificate) throws IOException {
        List<GeneralName> names = new ArrayList<>(certificate.extensions().subjectAlternativeNames());
        if (names.stream().noneMatch(name -> name.encoded()[0] == NameRules.EMAIL_TAG)) {
            names.addAll(SubjectEmails.of(certificate.subject()));
        }
        if (!certificate.subject().isEmpty()) {
            names.add(new GeneralName.DirectoryName(certificate.subject()));
        }
        return names;
    }
}
