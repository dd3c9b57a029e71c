package dev.certkit.internal.der;

/** Bounds how deep values stand inside values, before a parser that recurses sees them. */
public final class Nesting {
    private static final int CONSTRUCTED = 0x20;

    private Nesting() {}

    /**
     * Walks through every constructed value without recursion.
     *
     * @throws DerException if a length is indefinite or out of range, or values are nested deeper than allowed
     */
    public static void check(byte[] der, int maxDepth) throws DerException {
        DerReader[] open = new DerReader[maxDepth + 1];
        open[0] = DerReader.of(der);
        int depth = 0;
        while (depth >= 0) {
            if (!open[depth].hasNext()) {
                depth--;
                continue;
            }
            DerValue value = open[depth].next();
            if ((value.tag() & CONSTRUCTED) == 0) {
                continue;
            }
            if (depth == maxDepth) {
                throw new DerException("values are nested deeper than " + maxDepth);
            }
            open[++depth] = value.children();
        }
    }
}
