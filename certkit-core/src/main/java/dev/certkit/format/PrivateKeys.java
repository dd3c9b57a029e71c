package dev.certkit.format;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.Passphrase;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads private keys in all usual forms, and writes them as PKCS#8.
 *
 * <p>Read are PKCS#8 plain and encrypted (RFC 5958, RFC 8018), PKCS#1 (RFC 8017), SEC 1 (RFC 5915), and the key encryption of
 * old OpenSSL, which PEM header lines announce (RFC 1421).
 *
 * <p>The form is told by the content. Stateless and thread safe.
 */
public final class PrivateKeys {
    private static final int ITERATIONS = 100_000;

    private PrivateKeys() {}

    /**
     * Reads the one unencrypted private key of a text.
     *
     * @param text PEM blocks with anything around them; certificates are passed over; not null
     * @throws MalformedEncodingException if there is no key, more than one, or it is damaged or encrypted
     */
    public static PrivateKey parse(String text) throws MalformedEncodingException {
        return parse(text, null, DecodingLimits.standard());
    }

    /**
     * Reads the one private key of a text, decrypting it if it is encrypted.
     *
     * @param text PEM blocks with anything around them; certificates are passed over; not null
     * @param passphrase not used if the key is not encrypted; stays open; not null
     * @throws MalformedEncodingException if there is no key, more than one, it is damaged, or the passphrase is wrong
     */
    public static PrivateKey parse(String text, Passphrase passphrase) throws MalformedEncodingException {
        return parse(text, Objects.requireNonNull(passphrase, "passphrase"), DecodingLimits.standard());
    }

    private static PrivateKey parse(String text, @Nullable Passphrase passphrase, DecodingLimits limits)
            throws MalformedEncodingException {
        List<PemBlock> keys = new ArrayList<>();
        for (PemBlock block : PemBlock.split(text, limits)) {
            if (block.isAbout("PRIVATE KEY")) {
                keys.add(block);
            }
        }
        if (keys.size() != 1) {
            throw new MalformedEncodingException(
                    "text",
                    keys.isEmpty()
                            ? "no private key in it; give PEM text with BEGIN PRIVATE KEY"
                            : keys.size() + " private keys in it; leave the one that belongs to the certificate");
        }
        PemBlock key = keys.get(0);
        return new PrivateKeyDecoder(Decoding.of(key.where(), limits), passphrase).decode(key);
    }

    /**
     * Reads a private key from a file's bytes.
     *
     * @param bytes PEM text or DER; not null
     * @throws MalformedEncodingException if there is no key, more than one, or it is damaged or encrypted
     */
    public static PrivateKey decode(byte[] bytes) throws MalformedEncodingException {
        return decode(bytes, null, DecodingLimits.standard());
    }

    /**
     * Reads a private key from a file's bytes, decrypting it if it is encrypted.
     *
     * @param bytes PEM text or DER; not null
     * @param passphrase not used if the key is not encrypted; stays open; not null
     * @throws MalformedEncodingException if there is no key, more than one, it is damaged, or the passphrase is wrong
     */
    public static PrivateKey decode(byte[] bytes, Passphrase passphrase) throws MalformedEncodingException {
        return decode(bytes, Objects.requireNonNull(passphrase, "passphrase"), DecodingLimits.standard());
    }

    /**
     * Reads a private key from a file's bytes within given limits.
     *
     * @param bytes PEM text or DER; not null
     * @param passphrase null if the key must not be encrypted; stays open
     * @param limits not null
     * @throws MalformedEncodingException if there is no key, more than one, it is damaged, the passphrase is missing or
     *     wrong, or a limit is exceeded
     */
    public static PrivateKey decode(byte[] bytes, @Nullable Passphrase passphrase, DecodingLimits limits)
            throws MalformedEncodingException {
        limits.checkSize("private key", bytes.length);
        if (PemBlock.isText(bytes)) {
            return parse(PemBlock.text(bytes), passphrase, limits);
        }
        return new PrivateKeyDecoder(Decoding.of("private key", limits), passphrase).decode(bytes);
    }

    /**
     * Writes a key as encrypted PKCS#8 in PEM: PBES2 with PBKDF2, HMAC-SHA256, 100,000 iterations, AES-256-CBC.
     *
     * @param key not null
     * @param passphrase not empty; stays open; not null
     * @throws IllegalArgumentException if the key cannot leave its token, or the passphrase is empty
     */
    public static String toPem(PrivateKey key, Passphrase passphrase) {
        if (passphrase.isEmpty()) {
            throw new IllegalArgumentException("passphrase: it is empty, which protects nothing");
        }
        byte[] pkcs8 = PrivateKeyInfo.of(key);
        try {
            Pbes2.Rounds rounds =
                    new Pbes2.Rounds(ITERATIONS, CryptoProviders.standard().random());
            return PemBlock.encode(
                    "ENCRYPTED PRIVATE KEY",
                    Pbes2.encrypt(pkcs8, passphrase, rounds).asKeyInfo());
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    /**
     * Writes a key as plain PKCS#8 in PEM: whoever reads the text has the key.
     *
     * @param key not null
     * @throws IllegalArgumentException if the key cannot leave its token
     */
    public static String toUnencryptedPem(PrivateKey key) {
        byte[] pkcs8 = PrivateKeyInfo.of(key);
        try {
            return PemBlock.encode("PRIVATE KEY", pkcs8);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }
}
