package dev.certkit.key;

import dev.certkit.internal.der.DerException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Cipher;

/**
 * Which cryptographic provider does which job, and where randomness comes from.
 *
 * <p>Provider instances are handed over; nothing is registered in the process, and no provider is made before its first
 * use. A private key that lives in a token (its {@link Key#getFormat() format} is null) is used by the provider chosen
 * with {@link #using(Provider)}, or else by whatever registered provider understands it.
 *
 * <p>Immutable and thread safe.
 */
public final class CryptoProviders {
    private static final String ML_DSA = "ML-DSA";
    private static final CryptoProviders STANDARD =
            new CryptoProviders(StandardChoice::provider, new SecureRandom(), false);

    private final Function<String, Optional<Provider>> choice;
    private final SecureRandom random;
    private final boolean alsoForTokens;

    private CryptoProviders(Function<String, Optional<Provider>> choice, SecureRandom random, boolean alsoForTokens) {
        this.choice = choice;
        this.random = random;
        this.alsoForTokens = alsoForTokens;
    }

    /**
     * The default choice, per key and JDK.
     *
     * <p>EC, Ed25519 and Ed448 go to Bouncy Castle, RSA to the JDK, ML-DSA to the JDK where it has it. Randomness comes from {@link SecureRandom#SecureRandom()}.
     */
    public static CryptoProviders standard() {
        return STANDARD;
    }

    /**
     * Chooses by the key's algorithm.
     *
     * @param choice from a JCA key algorithm ({@code RSA}, {@code EC}, {@code Ed25519}, {@code ML-DSA-65}...) to the
     *     provider, or empty to leave it to the providers registered in this process; called for each job, from any
     *     thread; not null
     */
    public static CryptoProviders choosing(Function<String, Optional<Provider>> choice) {
        return new CryptoProviders(Objects.requireNonNull(choice, "choice"), STANDARD.random, false);
    }

    /**
     * Gives every job with a key to one provider, for example a PKCS#11 token or a validated module.
     *
     * @param provider an instance, which need not be registered; not null
     */
    public CryptoProviders using(Provider provider) {
        Objects.requireNonNull(provider, "provider");
        return new CryptoProviders(algorithm -> Optional.of(provider), random, true);
    }

    /**
     * Takes randomness for keys, serial numbers and nonces from here.
     *
     * @param source must be thread safe; not null
     */
    public CryptoProviders random(SecureRandom source) {
        return new CryptoProviders(choice, Objects.requireNonNull(source, "source"), alsoForTokens);
    }

    /** The source of randomness. */
    public SecureRandom random() {
        return random;
    }

    KeyPair generate(KeyType type) {
        try {
            Optional<Provider> provider = choice.apply(type.algorithm());
            KeyPairGenerator generator = provider.isPresent()
                    ? KeyPairGenerator.getInstance(type.algorithm(), provider.get())
                    : KeyPairGenerator.getInstance(type.algorithm());
            generator.initialize(type.parameters(), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("type: no provider here makes a " + type + " key; choose another", e);
        }
    }

    /**
     * Signs.
     *
     * @param algorithm must fit the key; not null
     * @param key not null
     * @param data what is signed, not its digest; not null
     * @throws IllegalArgumentException if the key cannot be used with the algorithm
     * @throws ProviderException if the provider or token failed
     */
    public byte[] sign(SignatureAlgorithm algorithm, PrivateKey key, byte[] data) {
        try {
            Signature signature = signer(algorithm, key);
            signature.update(data);
            return signature.sign();
        } catch (InvalidKeyException | NoSuchAlgorithmException e) {
            throw new IllegalArgumentException(
                    "key: this " + key.getAlgorithm() + " key cannot sign with " + algorithm.jcaName(), e);
        } catch (SignatureException e) {
            throw new ProviderException("signing with " + algorithm.jcaName() + " failed in the provider or token", e);
        }
    }

    private Signature signer(SignatureAlgorithm algorithm, PrivateKey key)
            throws InvalidKeyException, NoSuchAlgorithmException {
        try {
            return initialised(algorithm, key);
        } catch (InvalidKeyException e) {
            // Some providers take only the key objects that they made themselves.
            byte[] encoded = key.getEncoded();
            if (encoded == null) {
                throw e;
            }
            return initialised(algorithm, decodedAgain(encoded, e));
        }
    }

    private Signature initialised(SignatureAlgorithm algorithm, PrivateKey key)
            throws InvalidKeyException, NoSuchAlgorithmException {
        Signature signature = signature(algorithm, key);
        signature.initSign(key, random);
        return signature;
    }

    private PrivateKey decodedAgain(byte[] encoded, InvalidKeyException refusal) throws InvalidKeyException {
        try {
            return privateKey(encoded);
        } catch (InvalidKeySpecException e) {
            throw refusal;
        }
    }

    /**
     * Checks a signature.
     *
     * @param algorithm not null
     * @param key not null
     * @param data what was signed; not null
     * @param signed the signature value; not null
     * @return false also if the key does not fit the algorithm, or the signature value is malformed
     */
    public boolean verify(SignatureAlgorithm algorithm, PublicKey key, byte[] data, byte[] signed) {
        try {
            Signature signature = signature(algorithm, key);
            signature.initVerify(key);
            signature.update(data);
            return signature.verify(signed);
        } catch (GeneralSecurityException | RuntimeException e) {
            // Providers answer hostile keys and signature values with whatever exception comes to them.
            return false;
        }
    }

    private Signature signature(SignatureAlgorithm algorithm, Key key) throws NoSuchAlgorithmException {
        Optional<Provider> provider =
                key.getFormat() == null && !alsoForTokens ? Optional.empty() : choice.apply(algorithm.keyAlgorithm());
        return provider.isPresent()
                ? Signature.getInstance(algorithm.jcaName(), provider.get())
                : Signature.getInstance(algorithm.jcaName());
    }

    /**
     * Decodes a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7).
     *
     * <p>Accepts RSA of 2048 to 8192 bits with an odd exponent of at most 33 bits, EC on the named curves P-256, P-384
     * and P-521, Ed25519, Ed448 and ML-DSA. The bounds are checked before a provider sees the key.
     *
     * @param spki the DER; not null
     * @throws InvalidKeySpecException naming what is wrong
     */
    public PublicKey publicKey(byte[] spki) throws InvalidKeySpecException {
        String algorithm = KeyBounds.algorithmOf(spki);
        try {
            return factory(algorithm).generatePublic(new X509EncodedKeySpec(spki));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new InvalidKeySpecException("the " + algorithm + " public key cannot be decoded", e);
        }
    }

    /**
     * Decodes a PrivateKeyInfo (RFC 5958), the inside of PKCS#8.
     *
     * @param pkcs8 the DER; not null
     * @throws InvalidKeySpecException naming what is wrong, never anything of the key
     */
    public PrivateKey privateKey(byte[] pkcs8) throws InvalidKeySpecException {
        String algorithm = KeyBounds.algorithmOfPrivate(pkcs8);
        try {
            return algorithm.startsWith(ML_DSA)
                    ? mlDsaPrivateKey(pkcs8, algorithm)
                    : factory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException | DerException | RuntimeException e) {
            // Without the cause: what a parser says of a key may quote it.
            throw new InvalidKeySpecException("the " + algorithm + " private key cannot be decoded");
        }
    }

    private PrivateKey mlDsaPrivateKey(byte[] pkcs8, String algorithm) throws GeneralSecurityException, DerException {
        try {
            return factory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (InvalidKeySpecException e) {
            byte[] expanded = MlDsaKeyForm.expanded(pkcs8, algorithm, StandardChoice.bouncyCastle());
            return factory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(expanded));
        }
    }

    private KeyFactory factory(String algorithm) throws NoSuchAlgorithmException {
        Optional<Provider> provider = choice.apply(algorithm);
        return provider.isPresent()
                ? KeyFactory.getInstance(algorithm, provider.get())
                : KeyFactory.getInstance(algorithm);
    }

    /**
     * A cipher, from the provider that has all jobs if there is one.
     *
     * <p>Otherwise the usual look-up finds it.
     *
     * @param transformation for example {@code AES/CBC/PKCS5Padding}; not null
     * @throws GeneralSecurityException if no provider has it
     */
    public Cipher cipher(String transformation) throws GeneralSecurityException {
        Optional<Provider> provider = alsoForTokens ? choice.apply("RSA") : Optional.empty();
        if (provider.isPresent()
                && provider.get().getService("Cipher", transformation.split("/", 2)[0]) != null) {
            return Cipher.getInstance(transformation, provider.get());
        }
        return Cipher.getInstance(transformation);
    }
}
