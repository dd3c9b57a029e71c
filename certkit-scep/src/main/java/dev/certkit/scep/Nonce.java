package dev.certkit.scep;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/** A nonce of RFC 8894, section 3.2.1.5. Sixteen bytes when it is ours; of a peer's, 1 to 64 are taken. */
final class Nonce {
    private static final int OUR_BYTES = 16;
    static final int MAX_BYTES = 64;

    private final byte[] value;

    private Nonce(byte[] value) {
        this.value = value;
    }

    static Nonce fresh(SecureRandom random) {
        byte[] value = new byte[OUR_BYTES];
        random.nextBytes(value);
        return new Nonce(value);
    }

    /** Takes a peer's nonce; the length must have been checked. */
    static Nonce of(byte[] value) {
        return new Nonce(value.clone());
    }

    byte[] bytes() {
        return value.clone();
    }

    /** In time that does not depend on where they differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Nonce nonce && MessageDigest.isEqual(value, nonce.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(value);
    }
}
