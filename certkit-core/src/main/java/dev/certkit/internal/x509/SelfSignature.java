package dev.certkit.internal.x509;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether a certificate is signed with its own key (RFC 5280, 3.2), whatever the hash.
 *
 * <p>A statement about what it is, not about trust: an old device's own certificate stays self-signed when SHA-1 does not
 * count any more.
 */
public final class SelfSignature {
    private SelfSignature() {}

    public static boolean holds(EncodedCertificate certificate) {
        return isSelfIssued(certificate) && verifies(certificate);
    }

    private static boolean isSelfIssued(EncodedCertificate certificate) {
        byte[] issuer = certificate.issuer().encoded();
        byte[] subject = certificate.subject().encoded();
        return Arrays.equals(issuer, subject) || (issuer.length == subject.length && isSameName(certificate));
    }

    /** Two encodings of one name, which RFC 5280, 7.1 compares without regard to case. */
    private static boolean isSameName(EncodedCertificate certificate) {
        try {
            return certificate.issuer().equals(certificate.subject());
        } catch (RuntimeException e) {
            // A name that Java cannot read.
            return false;
        }
    }

    private static boolean verifies(EncodedCertificate certificate) {
        Optional<SignatureAlgorithm> algorithm = SignatureAlgorithm.ofOid(certificate.signatureAlgorithmOid());
        if (algorithm.isEmpty()) {
            return verifiesForJava(certificate);
        }
        CryptoProviders providers = CryptoProviders.standard();
        try {
            return providers.verify(
                    algorithm.get(),
                    providers.publicKey(certificate.subjectPublicKeyInfo()),
                    certificate.toBeSigned(),
                    certificate.signature());
        } catch (InvalidKeySpecException e) {
            return verifiesForJava(certificate);
        }
    }

    private static boolean verifiesForJava(EncodedCertificate certificate) {
        try {
            X509Certificate read = certificate.toX509Certificate();
            read.verify(read.getPublicKey());
            return true;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Providers answer hostile keys and signature values with whatever exception comes to them.
            return false;
        }
    }
}
