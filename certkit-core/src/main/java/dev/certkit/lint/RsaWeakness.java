package dev.certkit.lint;

import java.math.BigInteger;
import java.util.function.Consumer;

/** Moduli that can be factored, by tests that take some milliseconds at most. */
final class RsaWeakness {
    private static final int MAX_BITS = 8192;
    private static final int BOUND_OF_SMALL_FACTORS = 752;
    private static final int FERMAT_ROUNDS = 100;

    private static final BigInteger SMALL_PRIMES = productOfPrimesBelow(BOUND_OF_SMALL_FACTORS);

    /** Bit n is set if squares end in the six bits of n. */
    private static final long SQUARE_ENDINGS = 0x0202021202030213L;

    /** The primes for which the powers of 65537 are few, so that a chance hit of all takes one in 2^27 moduli. */
    private static final int[] ROCA_PRIMES = {11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157};

    private RsaWeakness() {}

    private static BigInteger productOfPrimesBelow(int bound) {
        BigInteger product = BigInteger.ONE;
        for (int number = 2; number < bound; number++) {
            BigInteger candidate = BigInteger.valueOf(number);
            if (product.gcd(candidate).equals(BigInteger.ONE)) {
                product = product.multiply(candidate);
            }
        }
        return product;
    }

    static void factors(SubjectKey.RsaNumbers key, Consumer<String> found) {
        BigInteger modulus = key.modulus();
        if (modulus.signum() <= 0 || modulus.bitLength() > MAX_BITS) {
            return;
        }
        if (!modulus.gcd(SMALL_PRIMES).equals(BigInteger.ONE)) {
            found.accept("the modulus has a factor below " + BOUND_OF_SMALL_FACTORS);
        } else if (hasCloseFactors(modulus)) {
            found.accept("the modulus has two factors that are close to each other");
        }
    }

    /** Fermat's method: n = a^2 - b^2 with a just above its square root. */
    private static boolean hasCloseFactors(BigInteger modulus) {
        BigInteger a = modulus.sqrt();
        if (a.multiply(a).compareTo(modulus) < 0) {
            a = a.add(BigInteger.ONE);
        }
        BigInteger rest = a.multiply(a).subtract(modulus);
        for (int round = 0; round < FERMAT_ROUNDS; round++) {
            if (isSquare(rest)) {
                return true;
            }
            rest = rest.add(a.shiftLeft(1)).add(BigInteger.ONE);
            a = a.add(BigInteger.ONE);
        }
        return false;
    }

    private static boolean isSquare(BigInteger number) {
        // Squares end in few of the patterns of six bits, which spares most of the roots.
        int end = number.intValue() & 0x3F;
        if (SQUARE_ENDINGS << (63 - end) >= 0) {
            return false;
        }
        BigInteger root = number.sqrt();
        return root.multiply(root).equals(number);
    }

    static void roca(SubjectKey.RsaNumbers key, Consumer<String> found) {
        if (key.modulus().signum() <= 0 || key.modulus().bitLength() > MAX_BITS) {
            return;
        }
        for (int prime : ROCA_PRIMES) {
            int rest = key.modulus().mod(BigInteger.valueOf(prime)).intValue();
            if (!isPowerOf65537(rest, prime)) {
                return;
            }
        }
        found.accept("the modulus has the mark of a chip whose keys can be factored");
    }

    private static boolean isPowerOf65537(int rest, int prime) {
        int power = 1;
        do {
            if (power == rest) {
                return true;
            }
            power = power * (65_537 % prime) % prime;
        } while (power != 1);
        return false;
    }
}
