package dev.certkit.internal.der;

/** Values inside values inside values, beyond what a parser that recurses should see. */
public final class TooDeepException extends DerException {
    private static final long serialVersionUID = 1L;

    TooDeepException(int maxDepth, int octet) {
        super("values are nested deeper than " + maxDepth, octet);
    }
}
