package dev.certkit.trust;

/**
 * How much work one verdict may take; what exceeds it is not trusted, and the verdict names the limit.
 *
 * <p>Immutable and thread safe.
 *
 * @param signatures signature checks, 1 or more; 100 by default
 * @param steps certificates and policies looked at while searching, 1 or more; 10,000 by default
 * @param intermediates between the peer's certificate and the anchor, 0 to 30; 8 by default
 * @param nameComparisons names held against name constraints, 1 or more; 250,000 by default
 */
public record TrustLimits(int signatures, int steps, int intermediates, int nameComparisons) {
    private static final TrustLimits STANDARD = new TrustLimits(100, 10_000, 8, 250_000);
    private static final int DEEPEST = 30;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public TrustLimits {
        if (signatures < 1 || steps < 1 || nameComparisons < 1) {
            throw new IllegalArgumentException("signatures, steps, nameComparisons: each must be 1 or more");
        }
        if (intermediates < 0 || intermediates > DEEPEST) {
            throw new IllegalArgumentException("intermediates: " + intermediates + " is not 0 to " + DEEPEST);
        }
    }

    /** The defaults. */
    public static TrustLimits standard() {
        return STANDARD;
    }
}
