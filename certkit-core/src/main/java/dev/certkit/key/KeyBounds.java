package dev.certkit.key;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import java.math.BigInteger;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;

/** Refuses keys that are weak, or so large that using them is an attack, before a provider sees them. */
final class KeyBounds {
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;
    private static final int MAX_EXPONENT_BITS = 33;

    private KeyBounds() {}

    /** The JCA algorithm of the key in a SubjectPublicKeyInfo that is within bounds. */
    static String algorithmOf(byte[] spki) throws InvalidKeySpecException {
        SubjectKey key;
        try {
            key = SubjectKey.decode(spki);
        } catch (DerException e) {
            throw new InvalidKeySpecException("the public key is malformed: " + e.getMessage(), e);
        }
        if (key.isRsa()) {
            checkRsa(key);
            return "RSA";
        }
        return KeyType.of(key)
                .map(KeyType::algorithm)
                .orElseThrow(() -> new InvalidKeySpecException(
                        "the public key's algorithm or curve, " + key.curveOid().orElse(key.algorithmOid())
                                + ", is not supported; use RSA, P-256, P-384, P-521, Ed25519, Ed448 or ML-DSA"));
    }

    private static void checkRsa(SubjectKey key) throws InvalidKeySpecException {
        int bits = key.modulusBits();
        if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
            throw new InvalidKeySpecException("the RSA modulus has " + bits + " bits; 2048 to 8192 are accepted");
        }
        BigInteger exponent = key.exponent();
        if (exponent.compareTo(BigInteger.valueOf(3)) < 0
                || !exponent.testBit(0)
                || exponent.bitLength() > MAX_EXPONENT_BITS) {
            throw new InvalidKeySpecException("the RSA exponent is even, below 3 or longer than 33 bits");
        }
    }

    /** The JCA algorithm of a PrivateKeyInfo (RFC 5958, 2). */
    static String algorithmOfPrivate(byte[] pkcs8) throws InvalidKeySpecException {
        try {
            DerReader info = DerReader.single(pkcs8, Tag.SEQUENCE).children();
            info.next(Tag.INTEGER);
            return privateAlgorithm(info.next(Tag.SEQUENCE).children());
        } catch (DerException e) {
            throw new InvalidKeySpecException("the private key is no PKCS#8: " + e.getMessage(), e);
        }
    }

    private static String privateAlgorithm(DerReader algorithm) throws DerException, InvalidKeySpecException {
        String oid = algorithm.next(Tag.OID).oid();
        if (oid.equals(SubjectKey.RSA_OID)) {
            return "RSA";
        }
        if (oid.equals(SubjectKey.EC_OID)) {
            if (!algorithm.hasNext(Tag.OID)) {
                throw new InvalidKeySpecException(
                        "the private key's curve is given by explicit parameters; convert it to a named curve");
            }
            return "EC";
        }
        return Arrays.stream(KeyType.values())
                .filter(candidate -> candidate.oid().equals(oid))
                .findFirst()
                .map(KeyType::algorithm)
                .orElseThrow(() -> new InvalidKeySpecException("the private key's algorithm, " + oid
                        + ", is not supported; use RSA, EC, Ed25519, Ed448 or ML-DSA"));
    }
}
