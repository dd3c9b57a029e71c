package dev.certkit.issue;

import dev.certkit.internal.x509.SubjectPublicKeyInfo;
import dev.certkit.issue.OcspRequest.CertId;
import dev.certkit.x509.EncodedCertificate;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Map;

/** An authority as requesters name it: by hashes of its name and of the bits of its key (RFC 6960, 4.1.1). */
final class OcspIssuer {
    private static final Map<String, String> HASHES =
            Map.of("1.3.14.3.2.26", "SHA-1", "2.16.840.1.101.3.4.2.1", "SHA-256");

    private final byte[] name;
    private final byte[] keyBits;

    private OcspIssuer(byte[] name, byte[] keyBits) {
        this.name = name;
        this.keyBits = keyBits;
    }

    static OcspIssuer of(X509Certificate certificate) {
        return new OcspIssuer(
                EncodedCertificate.of(certificate).subject().encoded(),
                SubjectPublicKeyInfo.of(certificate.getPublicKey()).bits());
    }

    boolean isMeantBy(CertId id) {
        String hash = HASHES.get(id.hashOid());
        return hash != null
                && MessageDigest.isEqual(digest(hash, name), id.issuerName())
                && MessageDigest.isEqual(digest(hash, keyBits), id.issuerKey());
    }

    /** The name of a responder (RFC 6960, 4.2.1). */
    static byte[] keyHash(PublicKey key) {
        return digest("SHA-1", SubjectPublicKeyInfo.of(key).bits());
    }

    /** No secret depends on it: requesters choose the hash, and most choose SHA-1. */
    private static byte[] digest(String hash, byte[] value) {
        try {
            return MessageDigest.getInstance(hash).digest(value);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + hash, e);
        }
    }
}
