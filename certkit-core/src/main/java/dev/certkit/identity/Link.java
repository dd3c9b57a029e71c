package dev.certkit.identity;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Whether one certificate issued another. */
final class Link {
    private static final int KEY_CERT_SIGN = 5;

    private Link() {}

    /** Why the second did not issue the first, or empty if it did. */
    static Optional<String> fault(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return Optional.of("its issuer has another name");
        }
        if (issuer.getBasicConstraints() < 0) {
            return Optional.of("the issuer is no authority (RFC 5280, section 4.2.1.9)");
        }
        boolean[] usages = issuer.getKeyUsage();
        if (usages != null && !usages[KEY_CERT_SIGN]) {
            return Optional.of("the issuer's key must not sign certificates (RFC 5280, section 4.2.1.3)");
        }
        return signatureFault(certificate, issuer);
    }

    static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())
                && signatureFault(certificate, certificate).isEmpty();
    }

    private static Optional<String> signatureFault(X509Certificate certificate, X509Certificate issuer) {
        Optional<SignatureAlgorithm> algorithm = SignatureAlgorithm.ofOid(certificate.getSigAlgOID());
        if (algorithm.isEmpty()) {
            return Optional.of("it is signed with the algorithm " + certificate.getSigAlgOID()
                    + ", which is not accepted; have it issued with SHA-256 or better");
        }
        try {
            boolean valid = CryptoProviders.standard()
                    .verify(
                            algorithm.get(),
                            issuer.getPublicKey(),
                            certificate.getTBSCertificate(),
                            certificate.getSignature());
            return valid ? Optional.empty() : Optional.of("its signature was not made by the issuer's key");
        } catch (CertificateEncodingException e) {
            return Optional.of("it cannot be encoded");
        }
    }
}
