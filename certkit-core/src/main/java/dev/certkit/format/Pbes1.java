package dev.certkit.format;

import dev.certkit.format.Pkcs12Derivation.Purpose;
import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.Passphrase;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.RC2ParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The schemes before PBES2: PBES1 (RFC 8018, 6.1) and those of PKCS#12 (RFC 7292, C). */
final class Pbes1 implements PassphraseCipher {
    private static final String TRIPLE_DES = "1.2.840.113549.1.12.1.3";
    private static final int SALT_LENGTH = 8;
    private static final int IV_LENGTH = 8;
    private static final Map<String, Scheme> SCHEMES = Map.of(
            TRIPLE_DES,
            new Scheme("DESede", 24, ""),
            "1.2.840.113549.1.12.1.4",
            new Scheme("DESede", 16, ""),
            "1.2.840.113549.1.12.1.5",
            new Scheme("RC2", 16, ""),
            "1.2.840.113549.1.12.1.6",
            new Scheme("RC2", 5, ""),
            "1.2.840.113549.1.5.3",
            new Scheme("DES", 8, "MD5"),
            "1.2.840.113549.1.5.6",
            new Scheme("RC2", 8, "MD5"),
            "1.2.840.113549.1.5.10",
            new Scheme("DES", 8, "SHA-1"),
            "1.2.840.113549.1.5.11",
            new Scheme("RC2", 8, "SHA-1"));

    private final Scheme scheme;
    private final byte[] salt;
    private final int iterations;

    private Pbes1(Scheme scheme, byte[] salt, int iterations) {
        this.scheme = scheme;
        this.salt = salt;
        this.iterations = iterations;
    }

    /** Three-key triple DES under PKCS#12's own derivation with SHA-1, for readers that know nothing newer. */
    static SealedContent encryptLegacy(byte[] plain, Passphrase passphrase, Pbes2.Rounds rounds) {
        byte[] salt = new byte[SALT_LENGTH];
        rounds.random().nextBytes(salt);
        byte[] algorithm =
                Der.sequence(Der.oid(TRIPLE_DES), Der.sequence(Der.octetString(salt), Der.integer(rounds.count())));
        try {
            Pbes1 cipher = new Pbes1(new Scheme("DESede", 24, ""), salt, rounds.count());
            return new SealedContent(algorithm, cipher.run(Cipher.ENCRYPT_MODE, plain, passphrase));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks triple DES or SHA-1", e);
        }
    }

    static Pbes1 read(String oid, DerReader parameters, Decoding decoding)
            throws DerException, MalformedEncodingException {
        Scheme scheme = SCHEMES.get(oid);
        if (scheme == null) {
            throw decoding.malformed("its encryption scheme, " + oid
                    + ", is not supported; convert it with: openssl pkcs8 -topk8, or export it with AES-256");
        }
        byte[] salt = parameters.next(Tag.OCTET_STRING).octets();
        int iterations = parameters.next().smallInteger();
        decoding.spend(iterations);
        return new Pbes1(scheme, salt, iterations);
    }

    @Override
    public byte[] decrypt(byte[] encrypted, Passphrase passphrase) throws GeneralSecurityException {
        return run(Cipher.DECRYPT_MODE, encrypted, passphrase);
    }

    private byte[] run(int mode, byte[] input, Passphrase passphrase) throws GeneralSecurityException {
        byte[] key;
        byte[] iv;
        if (scheme.digest.isEmpty()) {
            Pkcs12Derivation derivation = new Pkcs12Derivation("SHA-1", salt, iterations);
            key = derivation.derive(Purpose.KEY, scheme.keyLength, passphrase);
            iv = derivation.derive(Purpose.IV, IV_LENGTH, passphrase);
        } else {
            byte[] derived = pbkdf1(passphrase);
            key = Arrays.copyOf(derived, scheme.keyLength);
            iv = Arrays.copyOfRange(derived, scheme.keyLength, scheme.keyLength + IV_LENGTH);
        }
        try {
            return scheme.cipher(mode, key, iv).doFinal(input);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** RFC 8018, 5.1. */
    private byte[] pbkdf1(Passphrase passphrase) throws GeneralSecurityException {
        MessageDigest hash = MessageDigest.getInstance(scheme.digest);
        byte[] text = passphrase.utf8();
        hash.update(text);
        Arrays.fill(text, (byte) 0);
        byte[] value = hash.digest(salt);
        for (int i = 1; i < iterations; i++) {
            value = hash.digest(value);
        }
        return value;
    }

    /** A cipher in CBC mode; PBES1 names a digest, PKCS#12 derives with SHA-1 in its own way. */
    private record Scheme(String algorithm, int keyLength, String digest) {
        Cipher cipher(int mode, byte[] key, byte[] iv) throws GeneralSecurityException {
            byte[] whole = key;
            if (algorithm.equals("DESede") && key.length == 16) {
                whole = Arrays.copyOf(key, 24);
                System.arraycopy(key, 0, whole, 16, 8);
            }
            AlgorithmParameterSpec parameters =
                    algorithm.equals("RC2") ? new RC2ParameterSpec(8 * keyLength, iv) : new IvParameterSpec(iv);
            Cipher cipher = Cipher.getInstance(algorithm + "/CBC/PKCS5Padding");
            cipher.init(mode, new SecretKeySpec(whole, algorithm), parameters);
            return cipher;
        }
    }
}
