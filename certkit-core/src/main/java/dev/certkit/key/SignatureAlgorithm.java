package dev.certkit.key;

import dev.certkit.internal.der.Der;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;

/**
 * The signature algorithms that certkit signs with and accepts by default.
 *
 * <p>MD5 and SHA-1 are not among them. Immutable and thread safe.
 */
public enum SignatureAlgorithm {
    /** RSASSA-PKCS1-v1_5 with SHA-256 (RFC 4055). */
    SHA256_WITH_RSA("SHA256withRSA", "1.2.840.113549.1.1.11", "RSA"),
    /** RSASSA-PKCS1-v1_5 with SHA-384 (RFC 4055). */
    SHA384_WITH_RSA("SHA384withRSA", "1.2.840.113549.1.1.12", "RSA"),
    /** RSASSA-PKCS1-v1_5 with SHA-512 (RFC 4055). */
    SHA512_WITH_RSA("SHA512withRSA", "1.2.840.113549.1.1.13", "RSA"),
    /** ECDSA with SHA-256 (RFC 5758). */
    SHA256_WITH_ECDSA("SHA256withECDSA", "1.2.840.10045.4.3.2", "EC"),
    /** ECDSA with SHA-384 (RFC 5758). */
    SHA384_WITH_ECDSA("SHA384withECDSA", "1.2.840.10045.4.3.3", "EC"),
    /** ECDSA with SHA-512 (RFC 5758). */
    SHA512_WITH_ECDSA("SHA512withECDSA", "1.2.840.10045.4.3.4", "EC"),
    /** Ed25519 (RFC 8410). */
    ED25519("Ed25519", "1.3.101.112", "Ed25519"),
    /** Ed448 (RFC 8410). */
    ED448("Ed448", "1.3.101.113", "Ed448"),
    /** ML-DSA-44 (FIPS 204, RFC 9881). */
    ML_DSA_44("ML-DSA-44", "2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
    /** ML-DSA-65 (FIPS 204, RFC 9881). */
    ML_DSA_65("ML-DSA-65", "2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
    /** ML-DSA-87 (FIPS 204, RFC 9881). */
    ML_DSA_87("ML-DSA-87", "2.16.840.1.101.3.4.3.19", "ML-DSA-87");

    private final String jcaName;
    private final String oid;
    private final String keyAlgorithm;
    private final byte[] identifier;

    SignatureAlgorithm(String jcaName, String oid, String keyAlgorithm) {
        this.jcaName = jcaName;
        this.oid = oid;
        this.keyAlgorithm = keyAlgorithm;
        // RFC 4055, 5: NULL for RSA; RFC 5758, RFC 8410, RFC 9881: absent for the others.
        this.identifier =
                keyAlgorithm.equals("RSA") ? Der.sequence(Der.oid(oid), Der.nullValue()) : Der.sequence(Der.oid(oid));
    }

    /**
     * The algorithm whose hash fits the key: SHA-256 for RSA, the curve's own size for EC.
     *
     * @param key not null
     * @throws IllegalArgumentException if no algorithm here signs with such a key
     */
    public static SignatureAlgorithm defaultFor(PublicKey key) {
        return SubjectKey.of(key)
                .flatMap(SignatureAlgorithm::defaultFor)
                .orElseThrow(() -> new IllegalArgumentException("key: " + key.getAlgorithm()
                        + " of this size or curve cannot sign certificates here; use one of the KeyTypes"));
    }

    private static Optional<SignatureAlgorithm> defaultFor(SubjectKey key) {
        if (key.isRsa()) {
            return Optional.of(SHA256_WITH_RSA);
        }
        return KeyType.of(key).map(type -> switch (type) {
            case EC_P256 -> SHA256_WITH_ECDSA;
            case EC_P384 -> SHA384_WITH_ECDSA;
            case EC_P521 -> SHA512_WITH_ECDSA;
            default -> valueOf(type.name());
        });
    }

    /**
     * Finds an algorithm by its object identifier.
     *
     * @param oid in dotted form; not null
     * @return empty if it is unknown or too weak to be listed here
     */
    public static Optional<SignatureAlgorithm> ofOid(String oid) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.oid.equals(oid))
                .findFirst();
    }

    /** The name for {@link java.security.Signature#getInstance(String)}. */
    public String jcaName() {
        return jcaName;
    }

    /** The object identifier in dotted form. */
    public String oid() {
        return oid;
    }

    /** The DER of the AlgorithmIdentifier (RFC 5280, 4.1.1.2), a copy. */
    public byte[] algorithmIdentifier() {
        return identifier.clone();
    }

    /** The JCA name of the kind of key that signs with it. */
    String keyAlgorithm() {
        return keyAlgorithm;
    }
}
