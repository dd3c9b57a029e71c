package dev.certkit.internal.x509;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Whether a certificate is signed with its own key (RFC 5280, 3.2), whatever the hash.
 *
 * <p>A statement about what it is, not about trust: an old device's own certificate stays self-signed when SHA-1 does not
 * count any more.
 */
public final class SelfSignature {
    private SelfSignature() {}

    public static boolean holds(X509Certificate certificate) {
        if (!certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())) {
            return false;
        }
        try {
            Optional<SignatureAlgorithm> algorithm = SignatureAlgorithm.ofOid(certificate.getSigAlgOID());
            if (algorithm.isPresent()) {
                return CryptoProviders.standard()
                        .verify(
                                algorithm.get(),
                                certificate.getPublicKey(),
                                certificate.getTBSCertificate(),
                                certificate.getSignature());
            }
            certificate.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            // Providers answer hostile keys and signature values with whatever exception comes to them.
            return false;
        }
    }
}
