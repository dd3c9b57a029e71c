package dev.certkit.identity;

/**
 * How much of a leaf's life an issuer covers; a chain has no clock, so the leaf's own dates are the time that counts.
 *
 * @param rank 2 for all of it, 1 for a part, 0 for nothing
 * @param seconds how long both are valid, negative if they never are
 */
record Coverage(int rank, long seconds) {
    private static final int WHOLE = 2;

    /** Of a leaf by itself. */
    static Coverage whole() {
        return new Coverage(WHOLE, Long.MAX_VALUE);
    }

    static Coverage of(LinkFields leaf, LinkFields issuer) {
        long seconds = Math.min(leaf.notAfter(), issuer.notAfter()) - Math.max(leaf.notBefore(), issuer.notBefore());
        if (seconds < 0) {
            return new Coverage(0, seconds);
        }
        boolean isWhole = issuer.notBefore() <= leaf.notBefore() && leaf.notAfter() <= issuer.notAfter();
        return new Coverage(isWhole ? WHOLE : 1, seconds);
    }

    /** Of a leaf by two issuers above each other. */
    Coverage and(Coverage other) {
        return new Coverage(Math.min(rank, other.rank), Math.min(seconds, other.seconds));
    }

    boolean isWhole() {
        return rank == WHOLE;
    }
}
