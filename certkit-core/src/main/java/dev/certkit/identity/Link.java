package dev.certkit.identity;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Whether one certificate issued another. */
final class Link {
    private Link() {}

    /** Why the second did not issue the first, or empty if it did. */
    static Optional<String> fault(ChainMember certificate, ChainMember issuer) {
        Optional<String> objection = objection(certificate, issuer);
        return objection.isPresent() ? objection : signatureFault(certificate, issuer);
    }

    /** What speaks against it before the signature is looked at. */
    static Optional<String> objection(ChainMember certificate, ChainMember issuer) {
        if (!certificate.isIssuedInTheNameOf(issuer)) {
            return Optional.of("its issuer has another name");
        }
        if (!issuer.fields().isAuthority()) {
            return Optional.of("the issuer is no authority (RFC 5280, section 4.2.1.9)");
        }
        if (issuer.fields().isBarredFromSigning()) {
            return Optional.of("the issuer's key must not sign certificates (RFC 5280, section 4.2.1.3)");
        }
        return Optional.empty();
    }

    /** Whether it is signed with its own key, by whatever algorithm: nobody relies on a root's own signature. */
    static boolean isSelfSigned(ChainMember certificate) {
        return certificate.isSelfIssued() && isSignedWithItsOwnKey(certificate);
    }

    /** The same for one whose issuer is known to be its subject. */
    static boolean isSignedWithItsOwnKey(ChainMember certificate) {
        return SignatureAlgorithm.ofOid(certificate.certificate().signatureAlgorithmOid())
                        .isPresent()
                ? isSignedWith(IssuerKeys.made(certificate), certificate)
                : verifiesForJava(certificate);
    }

    private static boolean verifiesForJava(ChainMember certificate) {
        try {
            X509Certificate object = certificate.toX509Certificate();
            object.verify(object.getPublicKey());
            return true;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Providers answer hostile keys and signature values with whatever exception comes to them.
            return false;
        }
    }

    private static Optional<String> signatureFault(ChainMember certificate, ChainMember issuer) {
        String oid = certificate.certificate().signatureAlgorithmOid();
        if (SignatureAlgorithm.ofOid(oid).isEmpty()) {
            return Optional.of("it is signed with the algorithm " + oid
                    + ", which is not accepted; have it issued with SHA-256 or better");
        }
        return isSignedWith(IssuerKeys.made(issuer), certificate)
                ? Optional.empty()
                : Optional.of("its signature was not made by the issuer's key");
    }

    /** Whether the signature is by an accepted algorithm and of this key. */
    static boolean isSignedWith(Optional<PublicKey> key, ChainMember certificate) {
        EncodedCertificate signed = certificate.certificate();
        Optional<SignatureAlgorithm> algorithm = SignatureAlgorithm.ofOid(signed.signatureAlgorithmOid());
        return key.isPresent()
                && algorithm.isPresent()
                && CryptoProviders.standard()
                        .verify(algorithm.get(), key.get(), signed.toBeSigned(), signed.signature());
    }
}
