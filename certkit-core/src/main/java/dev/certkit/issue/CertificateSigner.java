package dev.certkit.issue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.internal.x509.Extensions;
import dev.certkit.internal.x509.GeneralNames;
import dev.certkit.internal.x509.IssuerExtensions;
import dev.certkit.internal.x509.SubjectPublicKeyInfo;
import dev.certkit.internal.x509.TbsCertificate;
import dev.certkit.internal.x509.UnreadableCertificateException;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.SerialNumber;
import dev.certkit.x509.Validity;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Signs what the rules allow. */
final class CertificateSigner {
    private final AuthorityChain authority;
    private final IssuingRules rules;

    CertificateSigner(AuthorityChain authority, IssuingRules rules) {
        this.authority = authority;
        this.rules = rules;
    }

    /** Empty if Java could not read the certificate or its names, so that nobody could check what was asked for. */
    Optional<X509Certificate> sign(CertificationRequest request, SerialNumber serial) {
        try {
            X509Certificate certificate = signed(request, serial);
            boolean readable =
                    request.subjectAlternativeNames().isEmpty() || certificate.getSubjectAlternativeNames() != null;
            return readable ? Optional.of(certificate) : Optional.empty();
        } catch (UnreadableCertificateException | CertificateParsingException e) {
            return Optional.empty();
        }
    }

    private X509Certificate signed(CertificationRequest request, SerialNumber serial) {
        SubjectPublicKeyInfo key = SubjectPublicKeyInfo.of(request.publicKey());
        TbsCertificate certificate = new TbsCertificate(
                serial,
                authority.name(),
                authority.within(Validity.lasting(rules.lifetime(), rules.clock())),
                request.subject(),
                key,
                extensions(request, key));
        return certificate.signedBy(
                authority.privateKey(),
                rules.profile().signatureAlgorithm(authority.chain().leaf().getPublicKey()),
                rules.providers());
    }

    private Extensions extensions(CertificationRequest request, SubjectPublicKeyInfo key) {
        CertificateProfile profile = authority.fitting(rules.profile());
        Extensions extensions = new Extensions()
                .profile(profile, request.publicKey())
                .names(GeneralNames.of(request.subject(), request.subjectAlternativeNames()), request.subject())
                .subjectKey(key.keyIdentifier())
                .authorityKey(authority.keyIdentifier());
        rules.publication().addToCertificate(extensions);
        IssuerExtensions more = IssuerExtensions.to(extensions);
        if (profile.isAuthority()) {
            rules.constraints().ifPresent(more::nameConstraints);
        }
        if (profile.purposes().contains(ExtendedKeyUsage.OCSP_SIGNING)) {
            more.ocspNoCheck();
        }
        return extensions;
    }
}
