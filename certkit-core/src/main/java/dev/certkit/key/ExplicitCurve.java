package dev.certkit.key;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parameters of an elliptic curve spelled out (SEC 1, C.2) instead of its name.
 *
 * <p>All of them are compared with the named curve, the base point, too: with a base point of one's own choice, anybody
 * knows a private key for somebody else's public one.
 */
record ExplicitCurve(BigInteger prime, BigInteger a, BigInteger b, String base, BigInteger order, BigInteger cofactor) {
    private static final String PRIME_FIELD = "1.2.840.10045.1.1";

    static Optional<ExplicitCurve> decode(DerValue parameters) throws DerException {
        DerReader fields = parameters.children();
        fields.next(Tag.INTEGER);
        DerReader field = fields.next(Tag.SEQUENCE).children();
        if (!field.next().oid().equals(PRIME_FIELD)) {
            return Optional.empty();
        }
        DerReader curve = fields.next(Tag.SEQUENCE).children();
        return Optional.of(new ExplicitCurve(
                field.next().integer(),
                new BigInteger(1, curve.next().octets()),
                new BigInteger(1, curve.next().octets()),
                HexFormat.of().formatHex(fields.next().octets()),
                fields.next().integer(),
                fields.hasNext() ? fields.next().integer() : BigInteger.ONE));
    }

    /** The kind of key whose curve has just these parameters. */
    Optional<KeyType> name() {
        return Stream.of(KeyType.EC_P256, KeyType.EC_P384, KeyType.EC_P521)
                .filter(type -> describes(named(type)))
                .findFirst();
    }

    private boolean describes(ECParameterSpec named) {
        return prime.equals(((ECFieldFp) named.getCurve().getField()).getP())
                && a.equals(named.getCurve().getA())
                && b.equals(named.getCurve().getB())
                && order.equals(named.getOrder())
                && cofactor.equals(BigInteger.valueOf(named.getCofactor()))
                && isBaseOf(named);
    }

    /** A point as SEC 1, 2.3.3 has it, with both coordinates or the first and a sign. */
    private boolean isBaseOf(ECParameterSpec named) {
        String x = fixed(named.getGenerator().getAffineX());
        BigInteger y = named.getGenerator().getAffineY();
        return base.equals("04" + x + fixed(y)) || base.equals((y.testBit(0) ? "03" : "02") + x);
    }

    private String fixed(BigInteger coordinate) {
        String digits = coordinate.toString(16);
        return "0".repeat(2 * ((prime.bitLength() + 7) / 8) - digits.length()) + digits;
    }

    private static ECParameterSpec named(KeyType type) {
        try {
            AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
            curve.init(type.parameters());
            return curve.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java does not know the curve of " + type, e);
        }
    }
}
