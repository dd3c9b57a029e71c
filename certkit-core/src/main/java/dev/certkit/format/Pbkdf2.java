package dev.certkit.format;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.Passphrase;
import java.security.GeneralSecurityException;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** A key derivation and its parameters (RFC 8018, 5.2). */
final class Pbkdf2 implements KeyDerivation {
    static final String OID = "1.2.840.113549.1.5.12";
    private static final String HMAC_SHA1 = "1.2.840.113549.2.7";
    private static final String HMAC_SHA256 = "1.2.840.113549.2.9";
    private static final Map<String, String> FUNCTIONS = Map.of(
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

    private static final int OCTETS_PER_ROUND = 32;

    private final String function;
    private final byte[] salt;
    private final int iterations;

    private final int keyLength;

    private Pbkdf2(String function, byte[] salt, Size size) {
        this.function = function;
        this.salt = salt;
        this.iterations = size.iterations;
        this.keyLength = size.keyLength;
    }

    /** Rounds, and octets of the key or 0 where the cipher knows better. */
    private record Size(int iterations, int keyLength) {}

    static Pbkdf2 hmacSha256(byte[] salt, int iterations) {
        return new Pbkdf2(HMAC_SHA256, salt, new Size(iterations, 0));
    }

    /** Reads the parameters, which follow the identifier. */
    static Pbkdf2 read(DerReader kdf, Decoding decoding) throws DerException, MalformedEncodingException {
        DerReader parameters = kdf.next(Tag.SEQUENCE).children();
        byte[] salt = parameters.next(Tag.OCTET_STRING).octets();
        int iterations = parameters.next().smallInteger();
        int keyLength = parameters.hasNext(Tag.INTEGER) ? parameters.next().smallInteger() : 0;
        String function = parameters.hasNext()
                ? parameters.next(Tag.SEQUENCE).children().next().oid()
                : HMAC_SHA1;
        if (!FUNCTIONS.containsKey(function)) {
            throw decoding.malformed("its PBKDF2 function, " + function + ", is not supported; use HMAC-SHA256");
        }
        return new Pbkdf2(function, salt, new Size(iterations, keyLength));
    }

    /** Octets of the key as the parameters say, 0 if they do not. */
    int keyLength() {
        return keyLength;
    }

    byte[] encoded() {
        return Der.sequence(
                Der.oid(OID),
                Der.sequence(
                        Der.octetString(salt),
                        Der.integer(iterations),
                        Der.sequence(Der.oid(function), Der.nullValue())));
    }

    /** Once for each 32 octets, which is what most functions give at a time. */
    @Override
    public long rounds(int length) {
        return (long) iterations * ((length + OCTETS_PER_ROUND - 1) / OCTETS_PER_ROUND);
    }

    @Override
    public SecretKeySpec key(Passphrase passphrase, String algorithm, int length) throws GeneralSecurityException {
        if (salt.length == 0) {
            throw new InvalidKeySpecException("no salt");
        }
        PBEKeySpec spec = passphrase.use(chars -> new PBEKeySpec(chars, salt, iterations, length * 8));
        byte[] derived = {};
        try {
            derived = SecretKeyFactory.getInstance(FUNCTIONS.get(function))
                    .generateSecret(spec)
                    .getEncoded();
            return new SecretKeySpec(derived, algorithm);
        } finally {
            spec.clearPassword();
            Arrays.fill(derived, (byte) 0);
        }
    }
}
