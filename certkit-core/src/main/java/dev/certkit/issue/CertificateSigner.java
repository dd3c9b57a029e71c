package dev.certkit.issue;

import dev.certkit.format.Certificates;
import dev.certkit.format.MalformedEncodingException;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.internal.x509.Extensions;
import dev.certkit.internal.x509.GeneralNames;
import dev.certkit.internal.x509.Oids;
import dev.certkit.internal.x509.SubjectPublicKeyInfo;
import dev.certkit.internal.x509.TbsCertificate;
import dev.certkit.internal.x509.UnreadableCertificateException;
import dev.certkit.key.KeyType;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.SerialNumber;
import dev.certkit.x509.Validity;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides on requests by the authority's rules and signs what they allow. */
final class CertificateSigner {
    private static final int KEY_CERT_SIGN = 5;

    private final CertifiedKey authority;
    private final LocalAuthority.Rules rules;

    CertificateSigner(CertifiedKey authority, LocalAuthority.Rules rules) {
        this.authority = authority;
        this.rules = rules;
    }

    static void checkAuthority(X509Certificate certificate) {
        boolean[] usages = certificate.getKeyUsage();
        if (certificate.getBasicConstraints() < 0 || (usages != null && !usages[KEY_CERT_SIGN])) {
            throw new IllegalArgumentException(
                    "authority: the certificate of " + DistinguishedName.of(certificate.getSubjectX500Principal())
                            + " must not sign certificates; make one with CertificateProfile.authority()");
        }
    }

    static void checkProfile(X509Certificate authority, CertificateProfile profile) {
        if (profile.isAuthority() && authority.getBasicConstraints() == 0) {
            throw new IllegalArgumentException("profile: the authority "
                    + DistinguishedName.of(authority.getSubjectX500Principal())
                    + " has the path length 0, so that no authority may stand below it (RFC 5280, section 4.2.1.9)");
        }
    }

    Optional<Issuance.Declined> objection(CertificationRequest request) {
        CertificateProfile profile = rules.profile();
        if (request.asksForAuthority() && !profile.isAuthority()) {
            return declined(
                    FailInfo.BAD_REQUEST, "the request is for an authority, the profile " + profile + " is not");
        }
        if (request.subject().isEmpty() && request.subjectAlternativeNames().isEmpty()) {
            return declined(FailInfo.BAD_REQUEST, "the request names nobody: no subject and no alternative name");
        }
        Optional<GeneralName> malformed = request.subjectAlternativeNames().stream()
                .filter(CertificateSigner::isMalformed)
                .findFirst();
        if (malformed.isPresent()) {
            return declined(
                    FailInfo.BAD_REQUEST, "the request asks for a malformed alternative name, " + malformed.get());
        }
        if (KeyType.of(request.publicKey()).filter(profile.keyTypes()::contains).isEmpty()) {
            return declined(
                    FailInfo.BAD_ALG,
                    "the profile " + profile + " does not take this kind of key; it takes " + profile.keyTypes());
        }
        Instant now = rules.clock().instant();
        Validity own = authority.chain().validity();
        if (!own.contains(now)) {
            return declined(
                    FailInfo.BAD_REQUEST,
                    "the authority's own certificate is valid from " + own.notBefore() + " to " + own.notAfter()
                            + ", and it is now " + now);
        }
        return Optional.empty();
    }

    /** A host name, address and so on whose content is none was kept as it came (RFC 5280, 4.2.1.6). */
    private static boolean isMalformed(GeneralName name) {
        return name instanceof GeneralName.OtherName && name.encoded()[0] != (byte) Tag.constructed(0);
    }

    Optional<Issuance.Declined> renewalObjection(X509Certificate current, CertificationRequest request) {
        Validity validity = new Validity(
                current.getNotBefore().toInstant(), current.getNotAfter().toInstant());
        if (!validity.contains(rules.clock().instant())) {
            return declined(
                    FailInfo.BAD_REQUEST,
                    "the certificate to be renewed is valid from " + validity.notBefore() + " to " + validity.notAfter()
                            + " only; enrol anew");
        }
        if (!request.subject().equals(DistinguishedName.of(current.getSubjectX500Principal()))) {
            return declined(FailInfo.BAD_REQUEST, "the request has another subject than the certificate to be renewed");
        }
        // Else a certificate for one name would buy one for any other.
        if (!namesOf(current).containsAll(GeneralNames.of(request.subject(), request.subjectAlternativeNames()))) {
            return declined(
                    FailInfo.BAD_REQUEST,
                    "the request asks for alternative names that the certificate to be renewed does not have");
        }
        return Optional.empty();
    }

    private static List<GeneralName> namesOf(X509Certificate certificate) {
        try {
            return Certificates.subjectAlternativeNames(certificate);
        } catch (MalformedEncodingException e) {
            return List.of();
        }
    }

    private static Optional<Issuance.Declined> declined(FailInfo failInfo, String text) {
        return Optional.of(new Issuance.Declined(failInfo, text));
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
        X509Certificate issuer = authority.chain().leaf();
        Validity validity = Validity.lasting(rules.profile().lifetime(), rules.clock())
                .notBeyond(authority.chain().validity());
        TbsCertificate certificate = new TbsCertificate(
                serial,
                DistinguishedName.of(issuer.getSubjectX500Principal()),
                validity,
                request.subject(),
                key,
                new Extensions()
                        .profile(rules.profile(), request.publicKey())
                        .names(GeneralNames.of(request.subject(), request.subjectAlternativeNames()), request.subject())
                        .subjectKey(key.keyIdentifier())
                        .authorityKey(authorityKeyIdentifier(issuer)));
        return certificate.signedBy(
                authority.privateKey(), SignatureAlgorithm.defaultFor(issuer.getPublicKey()), rules.providers());
    }

    /** As the authority's certificate has it, whatever method made it (RFC 5280, 4.2.1.1). */
    private static byte[] authorityKeyIdentifier(X509Certificate issuer) {
        byte[] wrapped = issuer.getExtensionValue(Oids.SUBJECT_KEY_IDENTIFIER);
        if (wrapped == null) {
            return SubjectPublicKeyInfo.of(issuer.getPublicKey()).keyIdentifier();
        }
        try {
            byte[] value = DerReader.single(wrapped, Tag.OCTET_STRING).octets();
            return DerReader.single(value, Tag.OCTET_STRING).octets();
        } catch (DerException e) {
            return SubjectPublicKeyInfo.of(issuer.getPublicKey()).keyIdentifier();
        }
    }
}
