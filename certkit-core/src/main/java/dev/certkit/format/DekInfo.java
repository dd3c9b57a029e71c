package dev.certkit.format;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.Passphrase;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Keys that old OpenSSL encrypted inside the PEM block (RFC 1421, 4.6.1): one round of MD5, no checksum. */
final class DekInfo {
    private static final String HEADER = "DEK-Info";
    private static final int SALT_LENGTH = 8;
    private static final Map<String, Integer> KEY_LENGTHS =
            Map.of("AES-128-CBC", 16, "AES-192-CBC", 24, "AES-256-CBC", 32, "DES-EDE3-CBC", 24, "DES-CBC", 8);

    private DekInfo() {}

    static boolean isIn(PemBlock block) {
        return block.header(HEADER).isPresent();
    }

    static byte[] decrypted(PemBlock block, PassphraseCipher.Lock lock) throws MalformedEncodingException {
        String[] parts = block.header(HEADER).orElse("").split(",", -1);
        String cipher = parts[0].strip().toUpperCase(Locale.ROOT);
        Integer keyLength = KEY_LENGTHS.get(cipher);
        Optional<byte[]> iv = parts.length == 2 ? hex(parts[1].strip()) : Optional.empty();
        if (keyLength == null || iv.isEmpty()) {
            throw lock.decoding()
                    .malformed("its DEK-Info line names no cipher that is known here;"
                            + " convert it with: openssl pkcs8 -topk8");
        }
        if (lock.passphrase() == null) {
            throw lock.decoding().locked("it is encrypted; give its passphrase");
        }
        byte[] encrypted = block.decoded();
        try {
            byte[] plain = cipher(cipher, key(lock.passphrase(), iv.get(), keyLength), iv.get())
                    .doFinal(encrypted);
            DerReader.single(plain, Tag.SEQUENCE);
            return plain;
        } catch (GeneralSecurityException | DerException e) {
            throw lock.decoding().locked("the passphrase is wrong, or the encrypted key is damaged");
        }
    }

    private static Optional<byte[]> hex(String text) {
        try {
            byte[] octets = HexFormat.of().parseHex(text);
            return octets.length >= SALT_LENGTH ? Optional.of(octets) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(String name, byte[] key, byte[] iv) throws GeneralSecurityException {
        String algorithm = name.startsWith("AES") ? "AES" : name.startsWith("DES-EDE3") ? "DESede" : "DES";
        Cipher cipher = Cipher.getInstance(algorithm + "/CBC/PKCS5Padding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, algorithm), new IvParameterSpec(iv));
        return cipher;
    }

    /** OpenSSL's EVP_BytesToKey with MD5 and one round; the first octets of the IV are the salt. */
    private static byte[] key(Passphrase passphrase, byte[] iv, int length) throws GeneralSecurityException {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        byte[] text = passphrase.utf8();
        byte[] key = new byte[length];
        byte[] previous = {};
        for (int at = 0; at < length; at += previous.length) {
            md5.update(previous);
            md5.update(text);
            md5.update(iv, 0, SALT_LENGTH);
            previous = md5.digest();
            System.arraycopy(previous, 0, key, at, Math.min(previous.length, length - at));
        }
        Arrays.fill(text, (byte) 0);
        return key;
    }
}
