package dev.certkit.trust;

import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.KeyUsage;
import java.io.IOException;
import java.security.spec.InvalidKeySpecException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be said against one certificate of a path, wherever the others are (RFC 5280, 4, 6.1.3, 6.1.4). */
final class CertificateChecks {
    /** Understood here, or without meaning for a path (RFC 5280, 4.2). */
    private static final Set<String> UNDERSTOOD = Set.of(
            "2.5.29.15",
            "2.5.29.17",
            "2.5.29.18",
            "2.5.29.19",
            "2.5.29.30",
            "2.5.29.31",
            "2.5.29.32",
            "2.5.29.33",
            "2.5.29.36",
            "2.5.29.37",
            "2.5.29.54");

    private static final int VERSION_3 = 3;

    private final PathCertificate certificate;
    private final int place;
    private final List<TrustReason> reasons = new ArrayList<>();

    CertificateChecks(PathCertificate certificate, int place) {
        this.certificate = certificate;
        this.place = place;
    }

    /** All that was found. */
    List<TrustReason> reasons() {
        return reasons;
    }

    private void malformed(String part, String detail) {
        reasons.add(new TrustReason.Malformed(place, part, detail));
    }

    CertificateChecks time(Instant time) {
        EncodedCertificate encoded = certificate.certificate();
        if (time.isBefore(encoded.notBefore())) {
            reasons.add(new TrustReason.NotYetValid(place, time, encoded.notBefore()));
        }
        if (time.isAfter(encoded.notAfter())) {
            reasons.add(new TrustReason.Expired(place, time, encoded.notAfter()));
        }
        return this;
    }

    CertificateChecks key() {
        try {
            certificate.key();
        } catch (InvalidKeySpecException e) {
            reasons.add(new TrustReason.WeakKey(place, String.valueOf(e.getMessage())));
        }
        return this;
    }

    CertificateChecks signatureAlgorithm() {
        if (certificate.algorithm().isEmpty()) {
            reasons.add(new TrustReason.WeakSignature(
                    place, certificate.certificate().signatureAlgorithmOid()));
        } else if (!certificate.hasPlainAlgorithm()) {
            malformed("signature algorithm", "it has parameters, which this algorithm does not have");
        }
        if (!certificate.namesOneAlgorithm()) {
            malformed("signature algorithm", "inside it is another than outside (RFC 5280, section 4.1.1.2)");
        }
        // Else anybody could make a certificate with another fingerprint of one that was rejected.
        if (!certificate.isFramedInDer()) {
            malformed("encoding", "what is around the signed part is no DER (RFC 5280, section 4.1)");
        }
        return this;
    }

    /** Unknown criticals, doubles, and everything that can be read but is not readable. */
    CertificateChecks extensions() {
        List<EncodedCertificate.Extension> extensions =
                certificate.certificate().extensions();
        Set<String> seen = new HashSet<>();
        for (EncodedCertificate.Extension extension : extensions) {
            if (!seen.add(extension.oid())) {
                malformed("extension " + extension.oid(), "it stands there twice (RFC 5280, section 4.2)");
            }
            if (extension.critical() && !UNDERSTOOD.contains(extension.oid())) {
                reasons.add(new TrustReason.UnknownCriticalExtension(place, extension.oid()));
            }
        }
        int version = certificate.version();
        if (version < 1 || version > VERSION_3) {
            malformed("version", "it is none of 1, 2 and 3 (RFC 5280, section 4.1.2.1)");
        } else if (!extensions.isEmpty() && version < VERSION_3) {
            malformed("version", "only version 3 has extensions (RFC 5280, section 4.1.2.1)");
        }
        return this;
    }

    interface Reading<T> {
        T read() throws IOException;
    }

    /** A malformed extension is a reason, once, and is then as if it were not there. */
    <T> Optional<T> read(Reading<Optional<T>> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            TrustReason reason = new TrustReason.Malformed(place, "extension", String.valueOf(e.getMessage()));
            if (!reasons.contains(reason)) {
                reasons.add(reason);
            }
            return Optional.empty();
        }
    }

    /** Reads the extensions that no other check reads in a certificate by itself. */
    CertificateChecks readable() {
        CertificateExtensions extensions = certificate.extensions();
        read(extensions::subjectKeyIdentifier);
        read(extensions::authorityKeyIdentifier);
        read(extensions::purposes);
        read(() -> Optional.of(certificate.alternativeNames()));
        read(() -> Optional.of(extensions.authorityInformation()));
        read(() -> Optional.of(extensions.crlDistributionPoints()));
        if (!certificate.subject().isReadable() || !certificate.issuer().isReadable()) {
            malformed("names", "the subject or the issuer is no name (RFC 5280, section 4.1.2.4)");
        }
        return this;
    }

    CertificateChecks authority() {
        int before = reasons.size();
        Optional<CertificateExtensions.BasicConstraints> constraints = read(certificate.extensions()::basicConstraints);
        boolean readable = reasons.size() == before;
        if (readable
                && !constraints
                        .map(CertificateExtensions.BasicConstraints::authority)
                        .orElse(false)) {
            notAnAuthority("its basic constraints do not say that it is one (RFC 5280, section 4.2.1.9)");
        }
        Optional<Set<KeyUsage>> usages = read(certificate.extensions()::keyUsages);
        if (usages.isPresent() && !usages.get().contains(KeyUsage.KEY_CERT_SIGN)) {
            notAnAuthority("its key usages do not have keyCertSign (RFC 5280, section 4.2.1.3)");
        }
        if (certificate.subject().isEmpty()) {
            malformed("subject", "an authority must have a name (RFC 5280, section 4.1.2.6)");
        }
        return this;
    }

    private void notAnAuthority(String detail) {
        reasons.add(new TrustReason.NotAnAuthority(place, detail));
    }

    /** Contradictions in a peer's certificate, whatever it is used for. */
    CertificateChecks consistent() {
        Optional<CertificateExtensions.BasicConstraints> constraints = read(certificate.extensions()::basicConstraints);
        boolean authority = constraints
                .map(CertificateExtensions.BasicConstraints::authority)
                .orElse(false);
        if (!authority
                && constraints.filter(those -> those.pathLength().isPresent()).isPresent()) {
            malformed("basic constraints", "a path length without being an authority");
        }
        Optional<Set<KeyUsage>> usages = read(certificate.extensions()::keyUsages);
        if (!authority
                && usages.filter(those -> those.contains(KeyUsage.KEY_CERT_SIGN))
                        .isPresent()) {
            malformed("key usages", "keyCertSign without being an authority (RFC 5280, section 4.2.1.3)");
        }
        if (usages.filter(Set::isEmpty).isPresent()) {
            malformed("key usages", "none is set (RFC 5280, section 4.2.1.3)");
        }
        return this;
    }

    /** @param wanted one of these must be there, if any is said */
    CertificateChecks usages(Set<KeyUsage> wanted) {
        Optional<Set<KeyUsage>> usages = read(certificate.extensions()::keyUsages);
        if (usages.isPresent()
                && !usages.get().isEmpty()
                && usages.get().stream().noneMatch(wanted::contains)) {
            reasons.add(new TrustReason.WrongKeyUsage(place, wanted, usages.get()));
        }
        return this;
    }

    /** Without the extension every purpose is allowed (RFC 5280, 4.2.1.12). */
    CertificateChecks purpose(ExtendedKeyUsage wanted, ExtendedKeyUsage any) {
        Optional<List<ExtendedKeyUsage>> purposes = read(certificate.extensions()::purposes);
        if (purposes.isPresent()
                && !purposes.get().contains(wanted)
                && !purposes.get().contains(any)) {
            reasons.add(new TrustReason.WrongPurpose(place, wanted, purposes.get()));
        }
        return this;
    }
}
