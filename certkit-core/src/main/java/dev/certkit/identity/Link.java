package dev.certkit.identity;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.EncodedCertificate;
import java.security.PublicKey;
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
