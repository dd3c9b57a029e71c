package dev.certkit.lint;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EllipticCurve;
import java.util.Arrays;
import java.util.Optional;

/** An encoded point of an elliptic curve over a prime field (SEC 1, 2.3.4), which invalid-curve attacks leave. */
final class CurvePoint {
    private static final int UNCOMPRESSED = 4;

    private CurvePoint() {}

    /** What is wrong with a point, if anything; a compressed one is on the curve if its x has a y. */
    static Optional<String> problem(String curveName, byte[] encoded) {
        Optional<EllipticCurve> known = curve(curveName);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        EllipticCurve curve = known.get();
        BigInteger prime = ((ECFieldFp) curve.getField()).getP();
        int length = (prime.bitLength() + 7) / Byte.SIZE;
        boolean compressed = encoded.length == length + 1 && (encoded[0] == 2 || encoded[0] == 3);
        if (!compressed && (encoded.length != 2 * length + 1 || encoded[0] != UNCOMPRESSED)) {
            return Optional.of("the point has " + encoded.length + " octets; on " + curveName + " it has "
                    + (2 * length + 1) + ", beginning with 4");
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(encoded, 1, length + 1));
        BigInteger square =
                x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB()).mod(prime);
        boolean onCurve = compressed
                ? hasRoot(square, prime)
                : y(encoded).pow(2).mod(prime).equals(square);
        if (x.compareTo(prime) >= 0 || (!compressed && y(encoded).compareTo(prime) >= 0) || !onCurve) {
            return Optional.of("the point is not on the curve " + curveName);
        }
        return Optional.empty();
    }

    private static BigInteger y(byte[] uncompressed) {
        return new BigInteger(1, Arrays.copyOfRange(uncompressed, 1 + uncompressed.length / 2, uncompressed.length));
    }

    /** Euler's criterion. */
    private static boolean hasRoot(BigInteger square, BigInteger prime) {
        return square.signum() == 0
                || square.modPow(prime.subtract(BigInteger.ONE).shiftRight(1), prime)
                        .equals(BigInteger.ONE);
    }

    private static Optional<EllipticCurve> curve(String name) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(name));
            return Optional.of(
                    parameters.getParameterSpec(ECParameterSpec.class).getCurve());
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
