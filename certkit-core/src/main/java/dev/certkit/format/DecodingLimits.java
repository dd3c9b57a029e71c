package dev.certkit.format;

/**
 * How much of an untrusted input is looked at, checked before the work is done.
 *
 * @param maxBytes octets of one input
 * @param maxItems certificates, keys or other items in one input
 * @param maxDepth ASN.1 values inside values
 * @param maxIterations rounds of a key derivation, all of one input together
 */
public record DecodingLimits(int maxBytes, int maxItems, int maxDepth, int maxIterations) {
    private static final DecodingLimits STANDARD = new DecodingLimits(1 << 20, 256, 32, 1_000_000);

    /** Checks that each is positive. */
    public DecodingLimits {
        if (maxBytes < 1 || maxItems < 1 || maxDepth < 1 || maxIterations < 1) {
            throw new IllegalArgumentException("maxBytes, maxItems, maxDepth, maxIterations: each must be positive");
        }
    }

    /** 1 MiB, 256 items, 32 levels, 1,000,000 iterations. */
    public static DecodingLimits standard() {
        return STANDARD;
    }

    /**
     * The same with another number of octets.
     *
     * @param octets positive
     */
    public DecodingLimits maxBytes(int octets) {
        return new DecodingLimits(octets, maxItems, maxDepth, maxIterations);
    }

    /**
     * The same with another number of items.
     *
     * @param items positive
     */
    public DecodingLimits maxItems(int items) {
        return new DecodingLimits(maxBytes, items, maxDepth, maxIterations);
    }

    /**
     * The same with another number of iterations; a million takes about a third of a second.
     *
     * @param iterations positive
     */
    public DecodingLimits maxIterations(int iterations) {
        return new DecodingLimits(maxBytes, maxItems, maxDepth, iterations);
    }

    void checkSize(String what, int size) throws MalformedEncodingException {
        if (size > maxBytes) {
            throw new MalformedEncodingException(
                    what, size + " octets, more than the limit of " + maxBytes + "; raise DecodingLimits.maxBytes");
        }
    }
}
