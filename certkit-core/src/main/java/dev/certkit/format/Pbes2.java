package dev.certkit.format;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.Passphrase;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** EncryptedPrivateKeyInfo (RFC 5958, 3) under PBES2 with PBKDF2 (RFC 8018, 6.2). */
final class Pbes2 {
    private static final String PBES2 = "1.2.840.113549.1.5.13";
    private static final String PBKDF2 = "1.2.840.113549.1.5.12";
    private static final String HMAC_SHA1 = "1.2.840.113549.2.7";
    private static final String HMAC_SHA256 = "1.2.840.113549.2.9";
    private static final String AES_256_CBC = "2.16.840.1.101.3.4.1.42";
    private static final int ITERATIONS = 100_000;
    private static final int SALT_LENGTH = 16;

    private static final Map<String, String> PRFS = Map.of(
            HMAC_SHA1,
            "PBKDF2WithHmacSHA1",
            "1.2.840.113549.2.8",
            "PBKDF2WithHmacSHA224",
            HMAC_SHA256,
            "PBKDF2WithHmacSHA256",
            "1.2.840.113549.2.10",
            "PBKDF2WithHmacSHA384",
            "1.2.840.113549.2.11",
            "PBKDF2WithHmacSHA512");
    private static final Map<String, Scheme> SCHEMES = Map.of(
            "2.16.840.1.101.3.4.1.2",
            new Scheme("AES", 16, 16),
            "2.16.840.1.101.3.4.1.22",
            new Scheme("AES", 24, 16),
            AES_256_CBC,
            new Scheme("AES", 32, 16),
            "1.2.840.113549.3.7",
            new Scheme("DESede", 24, 8));

    private final String what;
    private final DecodingLimits limits;

    Pbes2(String what, DecodingLimits limits) {
        this.what = what;
        this.limits = limits;
    }

    static byte[] encrypt(byte[] pkcs8, Passphrase passphrase, SecureRandom random) {
        if (passphrase.isEmpty()) {
            throw new IllegalArgumentException("passphrase: it is empty, which protects nothing");
        }
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        Scheme scheme = new Scheme("AES", 32, 16);
        byte[] iv = new byte[scheme.ivLength];
        random.nextBytes(iv);
        try {
            SecretKeySpec key = new Derivation("PBKDF2WithHmacSHA256", salt, ITERATIONS).key(passphrase, scheme);
            byte[] encrypted = scheme.cipher(Cipher.ENCRYPT_MODE, key, iv).doFinal(pkcs8);
            byte[] kdf = Der.sequence(
                    Der.oid(PBKDF2),
                    Der.sequence(
                            Der.octetString(salt),
                            Der.integer(ITERATIONS),
                            Der.sequence(Der.oid(HMAC_SHA256), Der.nullValue())));
            byte[] cipher = Der.sequence(Der.oid(AES_256_CBC), Der.octetString(iv));
            byte[] algorithm = Der.sequence(Der.oid(PBES2), Der.sequence(kdf, cipher));
            return Der.sequence(algorithm, Der.octetString(encrypted));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks AES-256-CBC or PBKDF2 with HMAC-SHA256", e);
        }
    }

    byte[] decrypt(DerReader encryptedKey, Passphrase passphrase) throws DerException, MalformedEncodingException {
        DerReader algorithm = encryptedKey.next(Tag.SEQUENCE).children();
        String oid = algorithm.next().oid();
        if (!oid.equals(PBES2)) {
            throw new MalformedEncodingException(
                    what,
                    "its encryption scheme, " + oid + ", is not supported; convert it with: openssl pkcs8 -topk8");
        }
        DerReader parameters = algorithm.next(Tag.SEQUENCE).children();
        DerReader kdf = parameters.next(Tag.SEQUENCE).children();
        DerReader cipher = parameters.next(Tag.SEQUENCE).children();
        Scheme scheme = supported(SCHEMES, cipher.next().oid(), "cipher");
        Derivation derivation = derivation(kdf);
        byte[] iv = cipher.next(Tag.OCTET_STRING).octets();
        byte[] encrypted = encryptedKey.next(Tag.OCTET_STRING).octets();
        try {
            SecretKeySpec key = derivation.key(passphrase, scheme);
            byte[] pkcs8 = scheme.cipher(Cipher.DECRYPT_MODE, key, iv).doFinal(encrypted);
            DerReader.single(pkcs8, Tag.SEQUENCE);
            return pkcs8;
        } catch (GeneralSecurityException | DerException e) {
            throw new MalformedEncodingException(what, "the passphrase is wrong, or the encrypted key is damaged");
        }
    }

    private Derivation derivation(DerReader kdf) throws DerException, MalformedEncodingException {
        String oid = kdf.next().oid();
        if (!oid.equals(PBKDF2)) {
            throw new MalformedEncodingException(what, "its key derivation, " + oid + ", is not supported; use PBKDF2");
        }
        DerReader parameters = kdf.next(Tag.SEQUENCE).children();
        byte[] salt = parameters.next(Tag.OCTET_STRING).octets();
        int iterations = parameters.next().smallInteger();
        if (iterations < 1 || iterations > limits.maxIterations()) {
            throw new MalformedEncodingException(
                    what,
                    iterations + " PBKDF2 iterations, where 1 to " + limits.maxIterations()
                            + " are accepted; raise DecodingLimits.maxIterations if you trust the file");
        }
        parameters.nextIf(Tag.INTEGER);
        String prf = parameters.hasNext()
                ? parameters.next(Tag.SEQUENCE).children().next().oid()
                : HMAC_SHA1;
        return new Derivation(supported(PRFS, prf, "PBKDF2 function"), salt, iterations);
    }

    private <T> T supported(Map<String, T> known, String oid, String kind) throws MalformedEncodingException {
        T found = known.get(oid);
        if (found == null) {
            throw new MalformedEncodingException(
                    what, "its " + kind + ", " + oid + ", is not supported; encrypt it with AES-256-CBC");
        }
        return found;
    }

    /** A cipher in CBC mode with its lengths in octets. */
    private record Scheme(String algorithm, int keyLength, int ivLength) {
        Cipher cipher(int mode, SecretKeySpec key, byte[] iv) throws GeneralSecurityException {
            Cipher cipher = Cipher.getInstance(algorithm + "/CBC/PKCS5Padding");
            cipher.init(mode, key, new IvParameterSpec(iv));
            return cipher;
        }
    }

    private static final class Derivation {
        private final String algorithm;
        private final byte[] salt;
        private final int iterations;

        private Derivation(String algorithm, byte[] salt, int iterations) {
            this.algorithm = algorithm;
            this.salt = salt;
            this.iterations = iterations;
        }

        SecretKeySpec key(Passphrase passphrase, Scheme scheme) throws GeneralSecurityException {
            if (salt.length == 0) {
                throw new InvalidKeySpecException("no salt");
            }
            PBEKeySpec spec = passphrase.use(chars -> new PBEKeySpec(chars, salt, iterations, scheme.keyLength * 8));
            byte[] derived = {};
            try {
                derived = SecretKeyFactory.getInstance(algorithm)
                        .generateSecret(spec)
                        .getEncoded();
                return new SecretKeySpec(derived, scheme.algorithm);
            } finally {
                spec.clearPassword();
                Arrays.fill(derived, (byte) 0);
            }
        }
    }
}
