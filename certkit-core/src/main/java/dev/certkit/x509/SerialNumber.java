package dev.certkit.x509;

import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * The serial number of a certificate: positive, at most 20 octets (RFC 5280, section 4.1.2.2).
 *
 * @param value positive
 */
public record SerialNumber(BigInteger value) {
    private static final int RANDOM_BITS = 127;
    private static final int MAX_BITS = 159;

    /** Checks the range. */
    public SerialNumber {
        if (value.signum() <= 0 || value.bitLength() > MAX_BITS) {
            throw new IllegalArgumentException(
                    "value: a serial number is positive and has at most 159 bits (RFC 5280, section 4.1.2.2)");
        }
    }

    /**
     * Draws one with 126 random bits, so that no two are alike and none can be predicted.
     *
     * @param random not null
     */
    public static SerialNumber random(SecureRandom random) {
        // The highest bit is set so that all have the same length, 16 octets.
        return new SerialNumber(new BigInteger(RANDOM_BITS - 1, random).setBit(RANDOM_BITS - 1));
    }

    /** The number in lower-case hexadecimal, with an even number of digits. */
    public String hex() {
        String digits = value.toString(16);
        return digits.length() % 2 == 0 ? digits : "0" + digits;
    }

    /** The number in hexadecimal. */
    @Override
    public String toString() {
        return hex();
    }
}
