package dev.certkit.format;

import dev.certkit.key.CryptoProviders;

/**
 * How much of an untrusted input is looked at, checked before the work is done.
 *
 * <p>Immutable and thread safe. Each method that changes a limit throws {@link IllegalArgumentException} if it is not
 * positive.
 */
public final class DecodingLimits {
    private static final DecodingLimits STANDARD = new DecodingLimits(new Limits(1 << 20, 256, 32, 1_000_000), false);

    private final Limits limits;
    private final boolean legacyKeys;

    private DecodingLimits(Limits limits, boolean legacyKeys) {
        this.limits = limits;
        this.legacyKeys = legacyKeys;
    }

    private record Limits(int bytes, int items, int depth, int iterations) {
        private Limits {
            if (bytes < 1 || items < 1 || iterations < 1) {
                throw new IllegalArgumentException("octets, items, iterations: a limit must be positive");
            }
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
        return new DecodingLimits(new Limits(octets, limits.items, limits.depth, limits.iterations), legacyKeys);
    }

    /**
     * The same with another number of items.
     *
     * @param items positive
     */
    public DecodingLimits maxItems(int items) {
        return new DecodingLimits(new Limits(limits.bytes, items, limits.depth, limits.iterations), legacyKeys);
    }

    /**
     * The same with another number of iterations in one input; a million takes about a third of a second.
     *
     * @param iterations positive
     */
    public DecodingLimits maxIterations(int iterations) {
        return new DecodingLimits(new Limits(limits.bytes, limits.items, limits.depth, iterations), legacyKeys);
    }

    /**
     * The same, but taking private keys as {@link CryptoProviders#acceptingLegacyKeys()} does.
     *
     * <p>RSA from 1024 bits, and EC keys that spell out the parameters of a named curve; nothing else.
     */
    public DecodingLimits acceptingLegacyKeys() {
        return new DecodingLimits(limits, true);
    }

    /** What decodes the keys. */
    CryptoProviders keys() {
        CryptoProviders standard = CryptoProviders.standard();
        return legacyKeys ? standard.acceptingLegacyKeys() : standard;
    }

    /** Octets of one input. */
    public int maxBytes() {
        return limits.bytes;
    }

    /** Certificates, keys or other items in one input. */
    public int maxItems() {
        return limits.items;
    }

    /** ASN.1 values inside values. */
    public int maxDepth() {
        return limits.depth;
    }

    /** Rounds of key derivation in one input, all its keys and its checksum together. */
    public int maxIterations() {
        return limits.iterations;
    }

    void checkSize(String what, int size) throws MalformedEncodingException {
        if (size > limits.bytes) {
            throw new MalformedEncodingException(
                    what, size + " octets, more than the limit of " + limits.bytes + "; raise DecodingLimits.maxBytes");
        }
    }
}
