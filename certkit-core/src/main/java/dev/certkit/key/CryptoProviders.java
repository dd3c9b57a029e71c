package dev.certkit.key;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
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
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * Which cryptographic provider does which job, and where randomness comes from.
 *
 * <p>Provider instances are handed over; nothing is registered in the process, and no provider is made before its first
 * use. A key of a {@link Pkcs11Token} is always used in its token, whatever is chosen here. Another private key that lives in a
 * token (its {@link Key#getFormat() format} is null) is used by the provider chosen with {@link #using(Provider)}, or
 * else by whatever registered provider understands it.
 *
 * <p>Immutable and thread safe.
 */
public final class CryptoProviders {
    private static final CryptoProviders STANDARD = new CryptoProviders(
            new KeyDecoder(StandardChoice::provider, KeyBounds.STANDARD), new SecureRandom(), false);

    private final KeyDecoder decoder;
    private final SecureRandom random;
    private final boolean alsoForTokens;

    private CryptoProviders(KeyDecoder decoder, SecureRandom random, boolean alsoForTokens) {
        this.decoder = decoder;
        this.random = random;
        this.alsoForTokens = alsoForTokens;
    }

    /**
     * The default choice, per key and JDK.
     *
     * <p>RSA goes to the JDK, all others to Bouncy Castle. Randomness comes from {@link SecureRandom#SecureRandom()}.
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
        Objects.requireNonNull(choice, "choice");
        return new CryptoProviders(new KeyDecoder(choice, KeyBounds.STANDARD), STANDARD.random, false);
    }

    /**
     * Gives every job with a key to one provider, for example a PKCS#11 token or a validated module.
     *
     * @param provider an instance, which need not be registered; not null
     */
    public CryptoProviders using(Provider provider) {
        Objects.requireNonNull(provider, "provider");
        return new CryptoProviders(new KeyDecoder(algorithm -> Optional.of(provider), decoder.bounds()), random, true);
    }

    /**
     * Takes randomness for keys, serial numbers and nonces from here.
     *
     * @param source must be thread safe; not null
     */
    public CryptoProviders random(SecureRandom source) {
        return new CryptoProviders(decoder, Objects.requireNonNull(source, "source"), alsoForTokens);
    }

    /**
     * Decodes old keys, too: RSA from 1024 bits, and explicit parameters that are those of a named curve.
     *
     * <p>Such a key is read, not made, and a key with parameters becomes one with the curve's name. RSA of 1024 bits is within
     * reach of a rich attacker: read what a device has, and give it a new key.
     */
    public CryptoProviders acceptingLegacyKeys() {
        return new CryptoProviders(new KeyDecoder(decoder.choice(), KeyBounds.LEGACY), random, alsoForTokens);
    }

    /** The source of randomness. */
    public SecureRandom random() {
        return random;
    }

    KeyPair generate(KeyType type) {
        try {
            Optional<Provider> provider = decoder.choice().apply(type.algorithm());
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
        if (key instanceof TokenKey token) {
            return token.signer(algorithm.jcaName(), null);
        }
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
        Optional<Provider> provider = key.getFormat() == null && !alsoForTokens
                ? Optional.empty()
                : decoder.choice().apply(algorithm.keyAlgorithm());
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
     * @throws InvalidKeySpecException naming the rule that the key breaks, and what to do
     */
    public PublicKey publicKey(byte[] spki) throws InvalidKeySpecException {
        return decoder.publicKey(spki);
    }

    /**
     * Decodes a PrivateKeyInfo (RFC 5958), the inside of PKCS#8, within the same bounds.
     *
     * <p>An ML-DSA key may have any form of RFC 9881, section 6; the seed, if it is there, is kept.
     *
     * @param pkcs8 the DER; not null
     * @throws InvalidKeySpecException naming the rule that the key breaks, never anything of the key
     */
    public PrivateKey privateKey(byte[] pkcs8) throws InvalidKeySpecException {
        return decoder.privateKey(pkcs8);
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
        Optional<Provider> provider = alsoForTokens ? decoder.choice().apply("RSA") : Optional.empty();
        if (provider.isPresent()
                && provider.get().getService("Cipher", transformation.split("/", 2)[0]) != null) {
            return Cipher.getInstance(transformation, provider.get());
        }
        return Cipher.getInstance(transformation);
    }

    /**
     * A cipher that decrypts with a private key, where that key lives.
     *
     * @param transformation for example {@code RSA/ECB/PKCS1Padding}; not null
     * @param key may live in a {@link Pkcs11Token}, which does not do OAEP; not null
     * @param parameters for OAEP; null if the transformation has none
     * @throws GeneralSecurityException if the key, its provider or its token does not do this
     * @throws ProviderException if the token failed
     */
    public Cipher decryption(String transformation, PrivateKey key, @Nullable AlgorithmParameterSpec parameters)
            throws GeneralSecurityException {
        if (key instanceof TokenKey token) {
            return token.decryption(transformation, parameters);
        }
        Cipher cipher = cipher(transformation);
        cipher.init(Cipher.DECRYPT_MODE, key, parameters, random);
        return cipher;
    }
}
