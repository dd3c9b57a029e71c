package dev.certkit.store;

import dev.certkit.format.Certificates;
import dev.certkit.format.MalformedEncodingException;
import dev.certkit.identity.CertificateDetails;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.GeneralName;
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
                .profile(profile(details))
                .clock(clock);
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
        Duration length = Duration.between(details.notBefore(), details.notAfter());
        return length.isNegative() || length.isZero() ? profile : profile.validFor(length);
    }
}
