package dev.certkit.format;

import dev.certkit.format.Pkcs12Derivation.Purpose;
import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.Passphrase;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The checksum over a PKCS#12 file's content (RFC 7292, 4 and appendix A; PBMAC1: RFC 9579). */
final class Pkcs12Mac {
    private static final String PBMAC1 = "1.2.840.113549.1.5.14";
    private static final String SHA1 = "1.3.14.3.2.26";
    private static final String SHA256 = "2.16.840.1.101.3.4.2.1";
    private static final int SALT_LENGTH = 16;
    private static final int MIN_KEY = 16;
    private static final int MAX_KEY = 128;
    private static final Map<String, String> DIGESTS = Map.of(
            SHA1,
            "SHA-1",
            "2.16.840.1.101.3.4.2.4",
            "SHA-224",
            SHA256,
            "SHA-256",
            "2.16.840.1.101.3.4.2.2",
            "SHA-384",
            "2.16.840.1.101.3.4.2.3",
            "SHA-512");
    private static final Map<String, String> HMACS = Map.of(
            "1.2.840.113549.2.7",
            "HmacSHA1",
            "1.2.840.113549.2.8",
            "HmacSHA224",
            "1.2.840.113549.2.9",
            "HmacSHA256",
            "1.2.840.113549.2.10",
            "HmacSHA384",
            "1.2.840.113549.2.11",
            "HmacSHA512");

    private final String algorithm;
    private final KeySource key;
    private final long rounds;
    private final byte[] expected;

    private Pkcs12Mac(String algorithm, KeySource key, long rounds, byte[] expected) {
        this.algorithm = algorithm;
        this.key = key;
        this.rounds = rounds;
        this.expected = expected;
    }

    private interface KeySource {
        byte[] derive(Passphrase passphrase) throws GeneralSecurityException;
    }

    /** Reads MacData. */
    static Pkcs12Mac read(DerReader macData, Decoding decoding) throws DerException, MalformedEncodingException {
        DerReader digestInfo = macData.next(Tag.SEQUENCE).children();
        DerReader algorithm = digestInfo.next(Tag.SEQUENCE).children();
        byte[] expected = digestInfo.next(Tag.OCTET_STRING).octets();
        byte[] salt = macData.next(Tag.OCTET_STRING).octets();
        String oid = algorithm.next().oid();
        if (oid.equals(PBMAC1)) {
            return pbmac1(algorithm.next(Tag.SEQUENCE).children(), expected, decoding);
        }
        String digest = DIGESTS.get(oid);
        if (digest == null) {
            throw decoding.malformed("its checksum, " + oid + ", is not supported; export it with SHA-256");
        }
        int iterations = macData.hasNext() ? macData.next().smallInteger() : 1;
        Pkcs12Derivation derivation = new Pkcs12Derivation(digest, salt, iterations);
        int length = lengthOf(digest);
        return new Pkcs12Mac(
                "Hmac" + digest.replace("-", ""),
                passphrase -> derivation.derive(Purpose.MAC, length, passphrase),
                iterations,
                expected);
    }

    private static Pkcs12Mac pbmac1(DerReader parameters, byte[] expected, Decoding decoding)
            throws DerException, MalformedEncodingException {
        DerReader kdf = parameters.next(Tag.SEQUENCE).children();
        String oid = parameters.next(Tag.SEQUENCE).children().next().oid();
        String hmac = HMACS.get(oid);
        if (hmac == null) {
            throw decoding.malformed("its checksum, " + oid + ", is not supported; export it with SHA-256");
        }
        if (!kdf.next().oid().equals(Pbkdf2.OID)) {
            throw decoding.malformed("its checksum does not use PBKDF2 (RFC 9579, 5); export it with SHA-256");
        }
        Pbkdf2 derivation = Pbkdf2.read(kdf, decoding);
        int length = derivation.keyLength();
        if (length < MIN_KEY || length > MAX_KEY) {
            throw decoding.malformed("its checksum has a key of " + length + " octets; 16 to 128 are accepted");
        }
        return new Pkcs12Mac(
                hmac,
                passphrase -> derivation.key(passphrase, hmac, length).getEncoded(),
                derivation.rounds(length),
                expected);
    }

    /** Pays for its rounds each time. */
    boolean matches(byte[] content, Passphrase passphrase, Decoding decoding) throws MalformedEncodingException {
        decoding.spend(rounds);
        try {
            return MessageDigest.isEqual(expected, of(content, algorithm, key.derive(passphrase)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] of(byte[] content, String algorithm, byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key, algorithm));
        Arrays.fill(key, (byte) 0);
        return mac.doFinal(content);
    }

    private static int lengthOf(String digest) {
        return digest.equals("SHA-1") ? 20 : Integer.parseInt(digest.substring(4)) / 8;
    }

    /** MacData over a content. */
    static byte[] write(byte[] content, Passphrase passphrase, Strength strength) {
        byte[] salt = new byte[SALT_LENGTH];
        strength.random.nextBytes(salt);
        String oid = strength.profile.isLegacy() ? SHA1 : SHA256;
        String digest = strength.profile.isLegacy() ? "SHA-1" : "SHA-256";
        try {
            byte[] key = new Pkcs12Derivation(digest, salt, strength.profile.rounds())
                    .derive(Purpose.MAC, lengthOf(digest), passphrase);
            byte[] value = of(content, "Hmac" + digest.replace("-", ""), key);
            byte[] algorithm = Der.sequence(Der.oid(oid), Der.nullValue());
            return Der.sequence(
                    Der.sequence(algorithm, Der.octetString(value)),
                    Der.octetString(salt),
                    Der.integer(strength.profile.rounds()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks " + digest, e);
        }
    }

    /** Which digest and how many rounds, and where salts come from. */
    record Strength(Pkcs12Profile profile, SecureRandom random) {}
}
