package dev.certkit.format;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.Passphrase;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** PBES2 (RFC 8018, 6.2). */
final class Pbes2 implements PassphraseCipher {
    static final String OID = "1.2.840.113549.1.5.13";
    private static final String AES_256_CBC = "2.16.840.1.101.3.4.1.42";
    private static final int SALT_LENGTH = 16;
    private static final Scheme AES_256 = new Scheme("AES", 32, 16);
    private static final Map<String, Scheme> SCHEMES = Map.of(
            "2.16.840.1.101.3.4.1.2",
            new Scheme("AES", 16, 16),
            "2.16.840.1.101.3.4.1.22",
            new Scheme("AES", 24, 16),
            AES_256_CBC,
            AES_256,
            "1.2.840.113549.3.7",
            new Scheme("DESede", 24, 8),
            "1.3.14.3.2.7",
            new Scheme("DES", 8, 8));

    private final DerivedKeys.Source derivation;
    private final Scheme scheme;
    private final byte[] iv;

    private Pbes2(DerivedKeys.Source derivation, Scheme scheme, byte[] iv) {
        this.derivation = derivation;
        this.scheme = scheme;
        this.iv = iv;
    }

    /** AES-256-CBC under PBKDF2 with HMAC-SHA256. */
    static SealedContent encrypt(byte[] plain, Passphrase passphrase, Rounds rounds) {
        return new Sealer(passphrase, rounds).seal(plain);
    }

    /** Seals all parts of one file: they share the salt and so one costly derivation, each has a vector of its own. */
    static final class Sealer {
        private final Passphrase passphrase;
        private final Rounds rounds;
        private final Pbkdf2 derivation;
        private @Nullable SecretKeySpec key;

        Sealer(Passphrase passphrase, Rounds rounds) {
            byte[] salt = new byte[SALT_LENGTH];
            rounds.random.nextBytes(salt);
            this.passphrase = passphrase;
            this.rounds = rounds;
            this.derivation = Pbkdf2.hmacSha256(salt, rounds.count);
        }

        SealedContent seal(byte[] plain) {
            byte[] iv = new byte[AES_256.ivLength];
            rounds.random.nextBytes(iv);
            byte[] cipher = Der.sequence(Der.oid(AES_256_CBC), Der.octetString(iv));
            byte[] algorithm = Der.sequence(Der.oid(OID), Der.sequence(derivation.encoded(), cipher));
            try {
                return new SealedContent(
                        algorithm,
                        AES_256.cipher(Cipher.ENCRYPT_MODE, key(), iv).doFinal(plain));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java lacks AES-256-CBC or PBKDF2 with HMAC-SHA256", e);
            }
        }

        private SecretKeySpec key() throws GeneralSecurityException {
            SecretKeySpec derived = key;
            if (derived == null) {
                derived = derivation.key(passphrase, AES_256.algorithm, AES_256.keyLength);
                key = derived;
            }
            return derived;
        }
    }

    static Pbes2 read(DerReader parameters, Decoding decoding) throws DerException, MalformedEncodingException {
        DerValue kdf = parameters.next(Tag.SEQUENCE);
        DerReader cipher = parameters.next(Tag.SEQUENCE).children();
        String oid = cipher.next().oid();
        Scheme scheme = SCHEMES.get(oid);
        if (scheme == null) {
            throw decoding.malformed("its cipher, " + oid + ", is not supported; encrypt it with AES-256-CBC");
        }
        byte[] iv = cipher.next(Tag.OCTET_STRING).octets();
        return new Pbes2(decoding.keys().source(kdf, scheme.keyLength, decoding), scheme, iv);
    }

    @Override
    public byte[] decrypt(byte[] encrypted, Passphrase passphrase) throws GeneralSecurityException {
        SecretKeySpec key = derivation.key(passphrase, scheme.algorithm);
        return scheme.cipher(Cipher.DECRYPT_MODE, key, iv).doFinal(encrypted);
    }

    /** How often the derivation hashes, and where salts come from. */
    record Rounds(int count, SecureRandom random) {}

    /** A cipher in CBC mode with its lengths in octets. */
    private record Scheme(String algorithm, int keyLength, int ivLength) {
        Cipher cipher(int mode, SecretKeySpec key, byte[] iv) throws GeneralSecurityException {
            Cipher cipher = Cipher.getInstance(algorithm + "/CBC/PKCS5Padding");
            cipher.init(mode, key, new IvParameterSpec(iv));
            return cipher;
        }
    }
}
