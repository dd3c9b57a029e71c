package dev.certkit.store;

import dev.certkit.format.Certificates;
import dev.certkit.format.MalformedEncodingException;
import dev.certkit.identity.CertificateDetails;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.Validity;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;

/** A certificate asked for once more: the same subject, names and purposes. */
final class Again {
    private Again() {}

    static CertificationRequest.Draft request(X509Certificate certificate) throws MalformedEncodingException {
        CertificateDetails details = CertificateDetails.of(certificate);
        return CertificationRequest.forSubject(details.subject())
                .san(names(certificate))
                .profile(profile(details));
    }

    static CertifiedKey.SelfSigned selfSigned(X509Certificate certificate, Clock clock)
            throws MalformedEncodingException {
        CertificateDetails details = CertificateDetails.of(certificate);
        return CertifiedKey.selfSigned(details.subject())
                .san(names(certificate))
                .profile(profile(details).validFor(lifetime(details, clock)))
                .clock(clock);
    }

    /** As long as before, but for the back-dating that comes anew, and not beyond the last year there is. */
    private static Duration lifetime(CertificateDetails details, Clock clock) {
        Duration before =
                Duration.between(details.notBefore(), details.notAfter()).minus(Validity.BACKDATE);
        Duration longest = Duration.between(clock.instant(), Validity.NO_END).minusDays(1);
        Duration lifetime = before.compareTo(longest) < 0 ? before : longest;
        return lifetime.isNegative() || lifetime.isZero()
                ? CertificateProfile.tlsServer().lifetime()
                : lifetime;
    }

    private static GeneralName[] names(X509Certificate certificate) throws MalformedEncodingException {
        return Certificates.subjectAlternativeNames(certificate).toArray(GeneralName[]::new);
    }

    private static CertificateProfile profile(CertificateDetails details) {
        CertificateProfile profile = CertificateProfile.tlsServer()
                .forPurposes(details.extendedKeyUsages().toArray(ExtendedKeyUsage[]::new));
        if (details.isAuthority()) {
            profile = details.pathLength().isPresent()
                    ? CertificateProfile.authority()
                            .pathLength(details.pathLength().getAsInt())
                    : CertificateProfile.authority();
        }
        return profile;
    }
}
