package dev.certkit.key;

import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/**
 * The kinds of key that certkit makes.
 *
 * <p>Prefer {@link #EC_P256} where every peer can use it: it is made some 170 times faster than {@link #RSA_2048}. SCEP
 * needs RSA. ML-DSA (FIPS 204) is for private networks whose peers are known to verify it.
 */
public enum KeyType {
    /** RSA with a modulus of 2048 bits and the exponent 65537. */
    RSA_2048("RSA", rsa(2048), SubjectKey.RSA_OID),
    /** RSA with a modulus of 3072 bits and the exponent 65537. */
    RSA_3072("RSA", rsa(3072), SubjectKey.RSA_OID),
    /** RSA with a modulus of 4096 bits and the exponent 65537. */
    RSA_4096("RSA", rsa(4096), SubjectKey.RSA_OID),
    /** Elliptic curve P-256, secp256r1. */
    EC_P256("EC", new ECGenParameterSpec("secp256r1"), "1.2.840.10045.3.1.7"),
    /** Elliptic curve P-384, secp384r1. */
    EC_P384("EC", new ECGenParameterSpec("secp384r1"), "1.3.132.0.34"),
    /** Elliptic curve P-521, secp521r1. */
    EC_P521("EC", new ECGenParameterSpec("secp521r1"), "1.3.132.0.35"),
    /** Edwards curve 25519 (RFC 8032, RFC 8410). */
    ED25519("Ed25519", NamedParameterSpec.ED25519, "1.3.101.112"),
    /** Edwards curve 448 (RFC 8032, RFC 8410). */
    ED448("Ed448", NamedParameterSpec.ED448, "1.3.101.113"),
    /** ML-DSA-44 (FIPS 204). */
    ML_DSA_44("ML-DSA-44", new NamedParameterSpec("ML-DSA-44"), "2.16.840.1.101.3.4.3.17"),
    /** ML-DSA-65 (FIPS 204). */
    ML_DSA_65("ML-DSA-65", new NamedParameterSpec("ML-DSA-65"), "2.16.840.1.101.3.4.3.18"),
    /** ML-DSA-87 (FIPS 204). */
    ML_DSA_87("ML-DSA-87", new NamedParameterSpec("ML-DSA-87"), "2.16.840.1.101.3.4.3.19");

    private final String algorithm;
    private final AlgorithmParameterSpec parameters;
    private final String oid;

    KeyType(String algorithm, AlgorithmParameterSpec parameters, String oid) {
        this.algorithm = algorithm;
        this.parameters = parameters;
        this.oid = oid;
    }

    private static AlgorithmParameterSpec rsa(int bits) {
        return new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4);
    }

    /**
     * Makes a key pair with the {@linkplain CryptoProviders#standard() standard providers}.
     *
     * <p>RSA takes from a tenth of a second to several seconds, on a small device longer; the others take less than a
     * millisecond. An interruption is left pending and does not stop it: {@link #generateOn(Executor)} can be stopped.
     */
    public KeyPair generate() {
        return generate(CryptoProviders.standard());
    }

    /**
     * Makes a key pair with the providers and the randomness given.
     *
     * @param providers not null
     * @throws IllegalArgumentException if none of them makes this kind of key
     */
    public KeyPair generate(CryptoProviders providers) {
        return providers.generate(this);
    }

    /**
     * Makes a key pair on another thread, which can be told to stop.
     *
     * @param executor not null
     * @see #generateOn(Executor, CryptoProviders)
     */
    public Future<KeyPair> generateOn(Executor executor) {
        return generateOn(executor, CryptoProviders.standard());
    }

    /**
     * Makes a key pair on another thread, with the providers and the randomness given.
     *
     * <p>{@link Future#cancel}, with or without interruption, ends the search for primes at the next candidate, after some
     * milliseconds, and sets the thread free. So does an interruption of that thread, for example by
     * {@code shutdownNow()}; the cause of the {@link java.util.concurrent.ExecutionException} is then an
     * {@link InterruptedException}. A token cannot be stopped: its key is made and thrown away.
     *
     * @param executor not null
     * @param providers not null
     * @return completes with the pair, or fails with {@link IllegalArgumentException} if none of them makes this kind of key
     */
    public Future<KeyPair> generateOn(Executor executor, CryptoProviders providers) {
        return StoppableGeneration.start(this, providers, executor);
    }

    /**
     * Tells which kind a public key is.
     *
     * @param key not null
     * @return empty if it is a kind that certkit does not make, for example RSA with 2056 bits
     */
    public static Optional<KeyType> of(PublicKey key) {
        return SubjectKey.of(key).flatMap(KeyType::of);
    }

    static Optional<KeyType> of(SubjectKey key) {
        return Arrays.stream(values()).filter(type -> type.describes(key)).findFirst();
    }

    private boolean describes(SubjectKey key) {
        if (parameters instanceof RSAKeyGenParameterSpec rsa) {
            return key.algorithmOid().equals(SubjectKey.RSA_OID) && key.modulusBits() == rsa.getKeysize();
        }
        return oid.equals(key.curveOid().orElse(key.algorithmOid()));
    }

    /** The JCA name of the key's algorithm, for example {@code EC}. */
    String algorithm() {
        return algorithm;
    }

    /** The object identifier of the algorithm, of the curve for EC. */
    String oid() {
        return oid;
    }

    AlgorithmParameterSpec parameters() {
        return parameters;
    }
}
