package dev.certkit.internal.seal;

import dev.certkit.format.DecodingLimits;
import dev.certkit.format.MalformedEncodingException;
import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.Passphrase;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Octets encrypted under a passphrase.
 *
 * <p>No standard has a form for that: the DER of salt, rounds, nonce and AES-256-GCM, the key by PBKDF2 with HMAC-SHA256.
 */
public final class Sealed {
    private static final int ROUNDS = 100_000;
    private static final int SALT_OCTETS = 16;
    private static final int NONCE_OCTETS = 12;
    private static final int KEY_BITS = 256;
    private static final int TAG_BITS = 128;

    private Sealed() {}

    public static byte[] seal(byte[] clear, Passphrase passphrase) {
        SecureRandom random = CryptoProviders.standard().random();
        byte[] salt = new byte[SALT_OCTETS];
        byte[] nonce = new byte[NONCE_OCTETS];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key(passphrase, salt, ROUNDS), nonce)
                    .doFinal(clear);
            return Der.sequence(
                    Der.octetString(salt), Der.integer(ROUNDS), Der.octetString(nonce), Der.octetString(sealed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM or no PBKDF2", e);
        }
    }

    public static byte[] open(String what, byte[] der, Passphrase passphrase) throws MalformedEncodingException {
        try {
            DerReader fields = DerReader.single(der, Tag.SEQUENCE).children();
            byte[] salt = fields.next(Tag.OCTET_STRING).octets();
            int rounds = fields.next(Tag.INTEGER).smallInteger();
            byte[] nonce = fields.next(Tag.OCTET_STRING).octets();
            byte[] sealed = fields.next(Tag.OCTET_STRING).octets();
            if (salt.length == 0
                    || rounds < 1
                    || rounds > DecodingLimits.standard().maxIterations()) {
                throw new MalformedEncodingException(what, rounds + " rounds, or no salt; it is damaged");
            }
            return cipher(Cipher.DECRYPT_MODE, key(passphrase, salt, rounds), nonce)
                    .doFinal(sealed);
        } catch (AEADBadTagException e) {
            throw new MalformedEncodingException(what, "the passphrase is wrong, or it is damaged", e);
        } catch (DerException | GeneralSecurityException e) {
            throw new MalformedEncodingException(what, "it is damaged; restore it, or make it anew", e);
        }
    }

    private static SecretKeySpec key(Passphrase passphrase, byte[] salt, int rounds) throws GeneralSecurityException {
        PBEKeySpec spec = passphrase.use(chars -> new PBEKeySpec(chars, salt, rounds, KEY_BITS));
        try {
            return new SecretKeySpec(
                    SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(spec)
                            .getEncoded(),
                    "AES");
        } finally {
            spec.clearPassword();
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = CryptoProviders.standard().cipher("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
