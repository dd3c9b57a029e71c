package dev.certkit.internal.der;

/** Bounds how deep values stand inside values, and how many there are, before a parser that recurses sees them. */
public final class Nesting {
    private Nesting() {}

    /**
     * Walks through every constructed value without recursion.
     *
     * @throws DerException if a length is indefinite or out of range, or values are nested deeper than allowed
     */
    public static void check(byte[] der, int maxDepth) throws DerException {
        BerWalk walk = new BerWalk(der, BerWalk.Rules.DER, maxDepth);
        while (walk.next()) {
            // The walk itself is the check.
        }
    }

    /**
     * The same for one value in BER, for a parser that reads indefinite lengths and tags of several octets.
     *
     * @throws DerException if it is no BER, something follows it, or a bound is exceeded
     */
    public static void checkBer(byte[] ber, int maxDepth, int maxValues) throws DerException {
        BerWalk walk = new BerWalk(ber, BerWalk.Rules.BER_WITH_LONG_TAGS, maxDepth);
        int values = 0;
        while (walk.next()) {
            if (values > 0 && walk.depth() == 0) {
                throw new DerException((ber.length - walk.start()) + " more octets follow the value", walk.start());
            }
            if (++values > maxValues) {
                throw new DerException("there are more than " + maxValues + " values", walk.start());
            }
        }
        if (values == 0) {
            throw new DerException("the encoding ends inside a value", 0);
        }
    }
}
