package dev.certkit.key;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import java.math.BigInteger;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;

/** Refuses keys that are weak, or so large that using them is an attack, before a provider sees them. */
enum KeyBounds {
    STANDARD(2048),
    /** RSA from 1024 bits, and the parameters of a named curve in place of its name. */
    LEGACY(1024);

    private static final int STANDARD_RSA_BITS = 2048;
    private static final int LEGACY_RSA_BITS = 1024;
    private static final int MAX_RSA_BITS = 8192;
    private static final int MAX_EXPONENT_BITS = 33;
    private static final String DSA_OID = "1.2.840.10040.4.1";

    private final int minRsaBits;

    KeyBounds(int minRsaBits) {
        this.minRsaBits = minRsaBits;
    }

    /** A SubjectPublicKeyInfo within bounds, its curve named, with the JCA algorithm. */
    X509EncodedKeySpec publicKey(byte[] spki) throws InvalidKeySpecException {
        try {
            byte[] named = withNamedCurve(spki);
            SubjectKey key = SubjectKey.decode(named);
            if (key.isRsa()) {
                checkRsa(key.modulus(), key.exponent());
                return new X509EncodedKeySpec(named, "RSA");
            }
            return new X509EncodedKeySpec(named, algorithm(key.algorithmOid(), key.curveOid()));
        } catch (DerException e) {
            throw new InvalidKeySpecException("the public key is malformed: " + e.getMessage(), e);
        }
    }

    private byte[] withNamedCurve(byte[] spki) throws DerException, InvalidKeySpecException {
        DerReader info = DerReader.single(spki, Tag.SEQUENCE).children();
        DerReader algorithm = info.next(Tag.SEQUENCE).children();
        if (!algorithm.next(Tag.OID).oid().equals(SubjectKey.EC_OID) || algorithm.hasNext(Tag.OID)) {
            return spki;
        }
        byte[] named = namedCurve(algorithm);
        DerValue point = info.next(Tag.BIT_STRING);
        info.end();
        return Der.sequence(named, point.encoded());
    }

    /** The AlgorithmIdentifier (RFC 5480, 2.1.1) in place of one with parameters. */
    private byte[] namedCurve(DerReader parameters) throws DerException, InvalidKeySpecException {
        if (this == STANDARD || !parameters.hasNext(Tag.SEQUENCE)) {
            throw KeyRule.EXPLICIT_CURVE.brokenBy(
                    "the elliptic curve is given by explicit parameters, not by its name");
        }
        KeyType type = ExplicitCurve.decode(parameters.next())
                .flatMap(ExplicitCurve::name)
                .orElseThrow(() -> KeyRule.UNKNOWN_CURVE.brokenBy(
                        "the explicit parameters are not those of P-256, P-384 or P-521"));
        return Der.sequence(Der.oid(SubjectKey.EC_OID), Der.oid(type.oid()));
    }

    private void checkRsa(BigInteger modulus, BigInteger exponent) throws InvalidKeySpecException {
        int bits = modulus.signum() > 0 ? modulus.bitLength() : 0;
        if (bits < minRsaBits || bits > MAX_RSA_BITS) {
            KeyRule rule = this == STANDARD && bits >= LEGACY_RSA_BITS && bits < STANDARD_RSA_BITS
                    ? KeyRule.RSA_LEGACY_LENGTH
                    : KeyRule.RSA_LENGTH;
            throw rule.brokenBy("the RSA modulus has " + bits + " bits; " + minRsaBits + " to 8192 are accepted");
        }
        if (exponent.compareTo(BigInteger.valueOf(3)) < 0
                || !exponent.testBit(0)
                || exponent.bitLength() > MAX_EXPONENT_BITS) {
            throw KeyRule.RSA_EXPONENT.brokenBy("the RSA exponent is even, below 3 or longer than 33 bits");
        }
    }

    private static String algorithm(String oid, Optional<String> curve) throws InvalidKeySpecException {
        if (oid.equals(DSA_OID)) {
            throw KeyRule.DSA.brokenBy("it is a DSA key");
        }
        String wanted = curve.orElse(oid);
        Optional<KeyType> type = Arrays.stream(KeyType.values())
                .filter(each -> each.algorithm().equals("EC") == curve.isPresent()
                        && each.oid().equals(wanted))
                .findFirst();
        if (type.isPresent()) {
            return type.get().algorithm();
        }
        throw curve.isPresent()
                ? KeyRule.UNKNOWN_CURVE.brokenBy("the key's curve, " + wanted + ", is not supported")
                : KeyRule.UNKNOWN_ALGORITHM.brokenBy("the key's algorithm, " + wanted + ", is not supported");
    }

    /** The same for a PrivateKeyInfo (RFC 5958, 2); nothing of the key comes into a message. */
    PKCS8EncodedKeySpec privateKey(byte[] pkcs8) throws InvalidKeySpecException {
        try {
            DerReader info = DerReader.single(pkcs8, Tag.SEQUENCE).children();
            info.next(Tag.INTEGER);
            DerReader algorithm = info.next(Tag.SEQUENCE).children();
            String oid = algorithm.next(Tag.OID).oid();
            if (oid.equals(SubjectKey.RSA_OID)) {
                checkRsaPrivate(info.next(Tag.OCTET_STRING).octets());
                return new PKCS8EncodedKeySpec(pkcs8, "RSA");
            }
            if (oid.equals(SubjectKey.EC_OID)) {
                return ecPrivate(pkcs8, algorithm, info.next(Tag.OCTET_STRING).octets());
            }
            return new PKCS8EncodedKeySpec(pkcs8, algorithm(oid, Optional.empty()));
        } catch (DerException e) {
            // Without the cause: what a parser says of a key may quote it.
            throw new InvalidKeySpecException("the private key is damaged, or no PKCS#8 (RFC 5958, 2)");
        }
    }

    private void checkRsaPrivate(byte[] rsaPrivateKey) throws DerException, InvalidKeySpecException {
        DerReader fields = DerReader.single(rsaPrivateKey, Tag.SEQUENCE).children();
        fields.next(Tag.INTEGER);
        checkRsa(fields.next(Tag.INTEGER).integer(), fields.next(Tag.INTEGER).integer());
    }

    private PKCS8EncodedKeySpec ecPrivate(byte[] pkcs8, DerReader algorithm, byte[] ecPrivateKey)
            throws DerException, InvalidKeySpecException {
        if (algorithm.hasNext(Tag.OID)) {
            String curve = algorithm.next().oid();
            return new PKCS8EncodedKeySpec(pkcs8, algorithm(SubjectKey.EC_OID, Optional.of(curve)));
        }
        byte[] named = namedCurve(algorithm);
        byte[] key = Der.octetString(withoutParameters(ecPrivateKey));
        return new PKCS8EncodedKeySpec(Der.sequence(Der.integer(0), named, key), "EC");
    }

    /** An ECPrivateKey (RFC 5915, 3), in which the parameters stand a second time. */
    private static byte[] withoutParameters(byte[] ecPrivateKey) throws DerException {
        DerReader fields = DerReader.single(ecPrivateKey, Tag.SEQUENCE).children();
        byte[] version = fields.next(Tag.INTEGER).encoded();
        byte[] number = fields.next(Tag.OCTET_STRING).encoded();
        fields.nextIf(Tag.constructed(0));
        Optional<DerValue> point = fields.nextIf(Tag.constructed(1));
        return Der.sequence(version, number, point.map(DerValue::encoded).orElseGet(() -> new byte[0]));
    }
}
