package dev.certkit.x509;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** With which hash a certificate is signed, and whether with its own key. */
final class SignatureFacts {
    private static final String SHA_1 = "SHA-1";
    private static final String MD5 = "MD5";
    private static final String SHA_224 = "SHA-224";
    private static final String SHA_256 = "SHA-256";
    private static final String SHA_384 = "SHA-384";
    private static final String SHA_512 = "SHA-512";
    private static final String RSASSA_PSS = "1.2.840.113549.1.1.10";

    private static final Map<String, String> HASHES = Map.ofEntries(
            Map.entry("1.2.840.113549.1.1.2", "MD2"),
            Map.entry("1.2.840.113549.1.1.3", "MD4"),
            Map.entry("1.2.840.113549.1.1.4", MD5),
            Map.entry("1.2.840.113549.1.1.5", SHA_1),
            Map.entry("1.2.840.113549.1.1.11", SHA_256),
            Map.entry("1.2.840.113549.1.1.12", SHA_384),
            Map.entry("1.2.840.113549.1.1.13", SHA_512),
            Map.entry("1.2.840.113549.1.1.14", SHA_224),
            Map.entry("1.3.14.3.2.3", MD5),
            Map.entry("1.3.14.3.2.13", "SHA"),
            Map.entry("1.3.14.3.2.27", SHA_1),
            Map.entry("1.3.14.3.2.29", SHA_1),
            Map.entry("1.2.840.10040.4.3", SHA_1),
            Map.entry("2.16.840.1.101.3.4.3.1", SHA_224),
            Map.entry("2.16.840.1.101.3.4.3.2", SHA_256),
            Map.entry("1.2.840.10045.4.1", SHA_1),
            Map.entry("1.2.840.10045.4.3.1", SHA_224),
            Map.entry("1.2.840.10045.4.3.2", SHA_256),
            Map.entry("1.2.840.10045.4.3.3", SHA_384),
            Map.entry("1.2.840.10045.4.3.4", SHA_512),
            Map.entry("2.16.840.1.101.3.4.2.1", SHA_256),
            Map.entry("2.16.840.1.101.3.4.2.2", SHA_384),
            Map.entry("2.16.840.1.101.3.4.2.3", SHA_512),
            Map.entry("2.16.840.1.101.3.4.2.4", SHA_224),
            Map.entry("1.3.14.3.2.26", SHA_1));

    private SignatureFacts() {}

    static Optional<String> hash(DerValue algorithmIdentifier) {
        try {
            DerReader fields = algorithmIdentifier.children();
            String oid = fields.next(Tag.OID).oid();
            return oid.equals(RSASSA_PSS) ? pssHash(fields) : Optional.ofNullable(HASHES.get(oid));
        } catch (DerException e) {
            return Optional.empty();
        }
    }

    /** SHA-1 is the default (RFC 4055, 3.1). */
    private static Optional<String> pssHash(DerReader fields) throws DerException {
        DerReader parameters = fields.next(Tag.SEQUENCE).children();
        if (!parameters.hasNext(Tag.constructed(0))) {
            return Optional.of(SHA_1);
        }
        DerReader hash = parameters.next().children().next(Tag.SEQUENCE).children();
        return Optional.ofNullable(HASHES.get(hash.next(Tag.OID).oid()));
    }

    static boolean isSelfSigned(EncodedCertificate certificate) {
        return isSelfIssued(certificate) && verifies(certificate);
    }

    static boolean isSelfIssued(EncodedCertificate certificate) {
        DistinguishedName issuer = certificate.issuer();
        DistinguishedName subject = certificate.subject();
        return Arrays.equals(issuer.encoded(), subject.encoded()) || issuer.equals(subject);
    }

    private static boolean verifies(EncodedCertificate certificate) {
        byte[] key = certificate.subjectPublicKeyInfo();
        Optional<SignatureAlgorithm> algorithm = SignatureAlgorithm.ofOid(certificate.signatureAlgorithmOid());
        CryptoProviders providers = CryptoProviders.standard();
        try {
            if (algorithm.isPresent()) {
                return providers.verify(
                        algorithm.get(), providers.publicKey(key), certificate.toBeSigned(), certificate.signature());
            }
        } catch (InvalidKeySpecException e) {
            // A weak key, or one that is not among ours, may still have signed itself.
        }
        return ForeignSignature.verifies(certificate);
    }
}
