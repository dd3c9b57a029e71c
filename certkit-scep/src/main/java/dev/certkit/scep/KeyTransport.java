package dev.certkit.scep;

import dev.certkit.key.CryptoProviders;
import dev.certkit.scep.ScepException.Check;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.Mac;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * RSA key transport (RFC 3370, section 4.2.1) that is no oracle.
 *
 * <p>Opening always yields a key of the length asked for. If the block is bad, it is a key that nobody knows, and the same
 * one each time the block comes again; the content then fails to open as if it had been damaged itself. Thread safe.
 */
final class KeyTransport {
    private static final String MAC = "HmacSHA256";
    private static final int SECRET_BYTES = 32;

    private final PrivateKey privateKey;
    private final BigInteger modulus;
    private final CryptoProviders crypto;
    private final SecretKeySpec rejectionSecret;

    /**
     * Opens what was encrypted to one key.
     *
     * @param key an RSA key; it may live in a token that offers {@code RSA/ECB/NoPadding}
     * @throws IllegalArgumentException if it is no RSA key
     */
    KeyTransport(MessageKey key, CryptoProviders crypto) {
        if (!(key.certificate().getPublicKey() instanceof RSAPublicKey rsa)) {
            throw new IllegalArgumentException("key: must be an RSA key to open SCEP envelopes, not "
                    + key.certificate().getPublicKey().getAlgorithm());
        }
        this.privateKey = key.privateKey();
        this.modulus = rsa.getModulus();
        this.crypto = crypto;
        byte[] secret = new byte[SECRET_BYTES];
        crypto.random().nextBytes(secret);
        this.rejectionSecret = new SecretKeySpec(secret, MAC);
    }

    /** Encrypts a content key to an RSA key with PKCS#1 v1.5. */
    static byte[] wrap(byte[] contentKey, PublicKey recipient, CryptoProviders crypto) {
        try {
            Cipher rsa = crypto.cipher("RSA/ECB/PKCS1Padding");
            rsa.init(Cipher.ENCRYPT_MODE, recipient, crypto.random());
            return rsa.doFinal(contentKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "recipient: its " + recipient.getAlgorithm() + " key cannot encrypt; SCEP needs an RSA key here",
                    e);
        }
    }

    /**
     * Opens a key block.
     *
     * @param keyBytes the length of the content key
     * @return always a key, see the class
     * @throws ScepException {@link Check#ALGORITHM} if neither PKCS#1 v1.5 nor OAEP was used; {@link Check#PRIVATE_KEY}
     */
    byte[] unwrap(AlgorithmIdentifier algorithm, byte[] block, int keyBytes) throws ScepException {
        byte[] fallback = fallback(block, keyBytes);
        if (PKCSObjectIdentifiers.id_RSAES_OAEP.equals(algorithm.getAlgorithm())) {
            OAEPParameterSpec parameters = OaepParameters.of(algorithm);
            return decrypt(block, Optional.of(parameters))
                    .filter(key -> key.length == keyBytes)
                    .orElse(fallback);
        }
        if (PKCSObjectIdentifiers.rsaEncryption.equals(algorithm.getAlgorithm())) {
            return decrypt(block, Optional.empty())
                    .map(padded -> Pkcs1Padding.remove(toModulusLength(padded), fallback))
                    .orElse(fallback);
        }
        throw ScepException.of(
                Check.ALGORITHM,
                "The content key of the SCEP message is encrypted with " + algorithm.getAlgorithm()
                        + "; only RSA with PKCS#1 v1.5 or OAEP padding is read");
    }

    /** Empty only for what anybody can see to be no ciphertext of this key, or for bad OAEP. */
    private Optional<byte[]> decrypt(byte[] block, Optional<OAEPParameterSpec> oaep) throws ScepException {
        if (new BigInteger(1, block).compareTo(modulus) >= 0) {
            return Optional.empty();
        }
        try {
            String transformation = oaep.isPresent() ? "RSA/ECB/OAEPPadding" : "RSA/ECB/NoPadding";
            Cipher rsa = crypto.decryption(transformation, privateKey, oaep.orElse(null));
            return Optional.of(rsa.doFinal(block));
        } catch (BadPaddingException | IllegalBlockSizeException e) {
            return Optional.empty();
        } catch (GeneralSecurityException | ProviderException e) {
            throw ScepException.of(
                    Check.PRIVATE_KEY,
                    "The private key cannot be used to open SCEP envelopes; check that it is an RSA key whose provider or"
                            + " token offers decryption without padding",
                    e);
        }
    }

    /** Some providers drop leading zeros. */
    private byte[] toModulusLength(byte[] padded) {
        int length = (modulus.bitLength() + 7) / 8;
        byte[] full = new byte[length];
        System.arraycopy(padded, 0, full, length - padded.length, padded.length);
        return full;
    }

    private byte[] fallback(byte[] block, int keyBytes) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(rejectionSecret);
            return Arrays.copyOf(mac.doFinal(block), keyBytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(MAC + " is missing from this Java runtime", e);
        }
    }
}
