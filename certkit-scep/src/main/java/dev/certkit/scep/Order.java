package dev.certkit.scep;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.internal.der.Der;
import dev.certkit.scep.ChallengePolicy.Applicant;
import dev.certkit.x509.GeneralName;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A PKCSReq or RenewalReq whose signature and proof of possession were verified.
 *
 * @param renewal whether it is decided by the certificate that signed it, not by a challenge
 */
record Order(Applicant applicant, boolean renewal) {
    CertificationRequest request() {
        return applicant.request();
    }

    X509Certificate signer() {
        return applicant.signer();
    }

    boolean isSignedByRequestedKey() {
        return Arrays.equals(
                signer().getPublicKey().getEncoded(), request().publicKey().getEncoded());
    }

    /**
     * Whose transaction it is: the identifier alone is anybody's to choose, and a client that derives it from its key
     * uses it again.
     */
    static String ownerOf(String transactionId, PublicKey signer) {
        return hex(Der.utf8(transactionId), signer.getEncoded());
    }

    String owner() {
        return ownerOf(applicant.transactionId(), signer().getPublicKey());
    }

    /** What is asked for: the same again is a repetition, anything else is another order. */
    String digest() {
        return hex(
                renewal ? CertificateIds.encoded(signer()) : Der.nullValue(),
                request().subject().encoded(),
                Der.sequence(request().subjectAlternativeNames().stream()
                        .map(GeneralName::encoded)
                        .toArray(byte[][]::new)),
                request().publicKey().getEncoded(),
                Der.bool(request().asksForAuthority()));
    }

    private static String hex(byte[]... values) {
        return HexFormat.of().formatHex(SigningDigest.SHA_256.digest(Der.sequence(values)));
    }
}
