package dev.certkit.format;

import dev.certkit.format.DecodingLimits.Bound;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.Passphrase;
import java.math.BigInteger;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/** The memory-hard derivation of RFC 7914, whose parameters stand in the file (section 7). */
final class Scrypt implements KeyDerivation {
    static final String OID = "1.3.6.1.4.1.11591.4.11";
    private static final int LONGEST_FACTOR = 31;

    private final byte[] salt;
    private final Cost cost;

    private Scrypt(byte[] salt, Cost cost) {
        this.salt = salt;
        this.cost = cost;
    }

    /** N, r and p, each below 2^31; a block has 128 times r octets. */
    private record Cost(long cost, long blockSize, long parallelization) {
        /** Capped, since the product may exceed 64 bits. */
        long octets() {
            return Math.min(blockSize, Integer.MAX_VALUE >> 7) * 128 * (cost + parallelization);
        }

        /** RFC 7914, 6; with one block, N has less than 16 bits. */
        boolean isPossible() {
            return cost > 1
                    && Long.bitCount(cost) == 1
                    && blockSize > 0
                    && parallelization > 0
                    && (blockSize > 1 || cost < 1 << 16);
        }
    }

    static Scrypt read(DerReader algorithm, Decoding decoding) throws DerException, MalformedEncodingException {
        DerReader parameters = algorithm.next(Tag.SEQUENCE).children();
        byte[] salt = parameters.next(Tag.OCTET_STRING).octets();
        Cost cost = new Cost(factor(parameters.next()), factor(parameters.next()), factor(parameters.next()));
        if (!cost.isPossible()) {
            throw decoding.malformed("its scrypt parameters, " + cost.cost + ", " + cost.blockSize + " and "
                    + cost.parallelization + ", are out of range (RFC 7914, 6); encrypt it again");
        }
        decoding.limits().check(Bound.SCRYPT_BYTES, decoding.what(), cost.octets(), "octets of memory for scrypt");
        return new Scrypt(salt, cost);
    }

    private static long factor(DerValue integer) throws DerException {
        BigInteger value = integer.contentLength() <= 8 ? integer.integer() : BigInteger.ZERO;
        if (value.signum() <= 0 || value.bitLength() > LONGEST_FACTOR) {
            throw new DerException("a parameter of scrypt is out of range", integer.start());
        }
        return value.longValue();
    }

    /** A step of it takes about as long as a round of PBKDF2; the product is small, since the memory was bounded. */
    @Override
    public long rounds(int length) {
        return cost.cost * cost.blockSize * cost.parallelization;
    }

    @Override
    public SecretKeySpec key(Passphrase passphrase, String algorithm, int length) {
        byte[] text = passphrase.utf8();
        byte[] derived = {};
        try {
            derived = SCrypt.generate(
                    text, salt, (int) cost.cost, (int) cost.blockSize, (int) cost.parallelization, length);
            return new SecretKeySpec(derived, algorithm);
        } finally {
            Arrays.fill(text, (byte) 0);
            Arrays.fill(derived, (byte) 0);
        }
    }
}
