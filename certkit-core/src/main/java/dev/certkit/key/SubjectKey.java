package dev.certkit.key;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import java.math.BigInteger;
import java.security.PublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a SubjectPublicKeyInfo (RFC 5280, 4.1.2.7) says of its key, read before any provider touches it. */
final class SubjectKey {
    static final String RSA_OID = "1.2.840.113549.1.1.1";
    static final String EC_OID = "1.2.840.10045.2.1";

    private final String algorithmOid;
    private final @Nullable String curveOid;
    private final BigInteger modulus;
    private final BigInteger exponent;

    private SubjectKey(String algorithmOid, @Nullable String curveOid, BigInteger modulus, BigInteger exponent) {
        this.algorithmOid = algorithmOid;
        this.curveOid = curveOid;
        this.modulus = modulus;
        this.exponent = exponent;
    }

    static Optional<SubjectKey> of(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(decode(encoded));
        } catch (DerException e) {
            return Optional.empty();
        }
    }

    static SubjectKey decode(byte[] spki) throws DerException {
        DerReader info = DerReader.single(spki, Tag.SEQUENCE).children();
        DerReader algorithm = info.next(Tag.SEQUENCE).children();
        String oid = algorithm.next(Tag.OID).oid();
        byte[] key = info.next(Tag.BIT_STRING).bits();
        info.end();
        if (oid.equals(EC_OID)) {
            return new SubjectKey(oid, namedCurve(algorithm), BigInteger.ZERO, BigInteger.ZERO);
        }
        if (oid.equals(RSA_OID)) {
            DerReader rsa = DerReader.single(key, Tag.SEQUENCE).children();
            return new SubjectKey(oid, null, rsa.next().integer(), rsa.next().integer());
        }
        return new SubjectKey(oid, null, BigInteger.ZERO, BigInteger.ZERO);
    }

    private static String namedCurve(DerReader algorithm) throws DerException {
        DerValue parameters = algorithm.next();
        if (!parameters.is(Tag.OID)) {
            throw new DerException("the elliptic curve is described by explicit parameters, which RFC 5480, 2.1.1"
                    + " forbids; use a named curve");
        }
        return parameters.oid();
    }

    String algorithmOid() {
        return algorithmOid;
    }

    Optional<String> curveOid() {
        return Optional.ofNullable(curveOid);
    }

    boolean isRsa() {
        return algorithmOid.equals(RSA_OID);
    }

    /** Bits of the RSA modulus, 0 for other keys. */
    int modulusBits() {
        return modulus.bitLength();
    }

    BigInteger modulus() {
        return modulus;
    }

    BigInteger exponent() {
        return exponent;
    }
}
