package dev.certkit.identity;

import dev.certkit.internal.x509.SubjectPublicKeyInfo;
import java.security.PrivateKey;
import java.util.Objects;

/**
 * A private key with its certification request, waiting for a certificate.
 *
 * <p>The two belong together: the request was signed with the key, or the match was proved. Immutable and thread safe.
 */
public final class PendingKey {
    private final PrivateKey privateKey;
    private final CertificationRequest request;

    PendingKey(PrivateKey privateKey, CertificationRequest request) {
        this.privateKey = privateKey;
        this.request = request;
    }

    /**
     * Puts a key and its request together again and proves that they match, by one signature.
     *
     * @param privateKey not null
     * @param request not null
     * @throws KeyMismatchException if the request is for another key
     */
    public static PendingKey of(PrivateKey privateKey, CertificationRequest request) throws KeyMismatchException {
        KeyMatch.prove(privateKey, request.publicKey(), "the request for " + request.subject());
        return new PendingKey(privateKey, request);
    }

    /**
     * Takes the certificate that the authority sent.
     *
     * @param chain not null
     * @throws KeyMismatchException if its leaf is for another key
     */
    public CertifiedKey certifiedBy(CertificateChain chain) throws KeyMismatchException {
        Objects.requireNonNull(chain, "chain");
        if (SubjectPublicKeyInfo.isOf(chain.leaf(), request.publicKey())) {
            return new CertifiedKey(privateKey, chain);
        }
        return CertifiedKey.of(privateKey, chain);
    }

    /** The private key. */
    public PrivateKey privateKey() {
        return privateKey;
    }

    /** The request. */
    public CertificationRequest request() {
        return request;
    }

    /** The subject, never the key. */
    @Override
    public String toString() {
        return "PendingKey[" + request.subject() + "]";
    }
}
