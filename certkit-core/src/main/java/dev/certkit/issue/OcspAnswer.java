package dev.certkit.issue;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.issue.OcspRequest.CertId;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.RevocationReason;
import dev.certkit.x509.Validity;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Encodes what an OCSP responder says (RFC 6960, 4.2.1). */
final class OcspAnswer {
    private static final String BASIC = "1.3.6.1.5.5.7.48.1.1";
    private static final byte[] SUCCESSFUL = Der.enumerated(0);

    /** Why there is no answer; not signed. */
    enum Failure {
        MALFORMED_REQUEST(1),
        INTERNAL_ERROR(2),
        UNAUTHORIZED(6);

        private final int number;

        Failure(int number) {
            this.number = number;
        }

        byte[] encoded() {
            return Der.sequence(Der.enumerated(number));
        }
    }

    private final Validity period;
    private final List<byte[]> statuses = new ArrayList<>();

    /** What is said is known to be right from the first second on, and asked for anew after the last. */
    OcspAnswer(Validity period) {
        this.period = period;
    }

    void add(CertId id, CertificateStatus status) {
        byte[] encoded = status.fold(
                good -> Der.tagged(Tag.context(0)), OcspAnswer::revoked, unknown -> Der.tagged(Tag.context(2)));
        statuses.add(Der.sequence(
                id.encoded(),
                encoded,
                Der.generalizedTime(period.notBefore()),
                Der.tagged(Tag.constructed(0), Der.generalizedTime(period.notAfter()))));
    }

    private static byte[] revoked(CertificateStatus.Revoked revoked) {
        byte[] since = Der.generalizedTime(revoked.since());
        return revoked.reason() == RevocationReason.UNSPECIFIED
                ? Der.tagged(Tag.constructed(1), since)
                : Der.tagged(
                        Tag.constructed(1),
                        since,
                        Der.tagged(
                                Tag.constructed(0),
                                Der.enumerated(revoked.reason().number())));
    }

    /** Who signs: the key, and the certificate to be sent along, none if it is the authority's own. */
    record Signer(PrivateKey key, PublicKey publicKey, List<byte[]> certificates) {}

    byte[] signedBy(Signer signer, Optional<byte[]> nonce, CryptoProviders providers) {
        SignatureAlgorithm algorithm = SignatureAlgorithm.defaultFor(signer.publicKey);
        byte[] data = data(signer.publicKey, nonce);
        byte[] certificates = signer.certificates.isEmpty()
                ? new byte[0]
                : Der.tagged(Tag.constructed(0), Der.sequence(signer.certificates));
        byte[] basic = Der.sequence(
                data,
                algorithm.algorithmIdentifier(),
                Der.bitString(providers.sign(algorithm, signer.key, data)),
                certificates);
        return Der.sequence(
                SUCCESSFUL, Der.tagged(Tag.constructed(0), Der.sequence(Der.oid(BASIC), Der.octetString(basic))));
    }

    private byte[] data(PublicKey responder, Optional<byte[]> nonce) {
        byte[] byKey = Der.octetString(OcspIssuer.keyHash(responder));
        byte[] extensions = nonce.map(value -> Der.tagged(
                        Tag.constructed(1),
                        Der.sequence(Der.sequence(Der.oid(OcspRequest.NONCE), Der.octetString(value)))))
                .orElse(new byte[0]);
        return Der.sequence(
                Der.tagged(Tag.constructed(2), byKey),
                Der.generalizedTime(period.notBefore()),
                Der.sequence(statuses),
                extensions);
    }
}
