package dev.certkit.format;

import dev.certkit.internal.der.Der;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypted keys with any number of iterations, written without the code under test. */
final class Pbes2Samples {
    private static final byte[] SALT = new byte[16];
    private static final byte[] IV = new byte[16];

    private Pbes2Samples() {}

    /** Claims a number of iterations; what is encrypted is nothing. */
    static byte[] withIterations(int iterations) {
        return container(SALT, iterations, new byte[16]);
    }

    /** The same with a salt of its own, so that no other key can share its derivation. */
    static byte[] withIterations(int iterations, int salt) {
        byte[] own = SALT.clone();
        own[0] ^= (byte) salt;
        return container(own, iterations, new byte[16]);
    }

    static byte[] encrypted(PrivateKey key, String passphrase, int iterations) {
        try {
            byte[] derived = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(passphrase.toCharArray(), SALT, iterations, 256))
                    .getEncoded();
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(derived, "AES"), new IvParameterSpec(IV));
            return container(SALT, iterations, cipher.doFinal(key.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] container(byte[] salt, int iterations, byte[] encrypted) {
        byte[] prf = Der.sequence(Der.oid("1.2.840.113549.2.9"), Der.nullValue());
        byte[] kdf = Der.sequence(
                Der.oid("1.2.840.113549.1.5.12"), Der.sequence(Der.octetString(salt), Der.integer(iterations), prf));
        byte[] cipher = Der.sequence(Der.oid("2.16.840.1.101.3.4.1.42"), Der.octetString(IV));
        return Der.sequence(
                Der.sequence(Der.oid("1.2.840.113549.1.5.13"), Der.sequence(kdf, cipher)), Der.octetString(encrypted));
    }
}
