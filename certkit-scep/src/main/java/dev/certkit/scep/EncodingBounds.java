package dev.certkit.scep;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.Nesting;
import dev.certkit.scep.ScepException.Check;

/**
 * Refuses what is too large, too deep or too many, before Bouncy Castle sees it.
 *
 * <p>Nothing is judged beyond the framing.
 */
final class EncodingBounds {
    static final int MAX_BYTES = 256 * 1024;
    static final int MAX_DEPTH = 32;
    /** A message holds some hundred values; each certificate or list entry a few more. */
    static final int MAX_VALUES = 20_000;

    private EncodingBounds() {}

    static void check(byte[] source, String what) throws ScepException {
        if (source.length > MAX_BYTES) {
            throw ScepException.of(
                    Check.SIZE,
                    "The " + what + " has " + source.length + " bytes, more than the " + MAX_BYTES + " that are read");
        }
        try {
            Nesting.checkBer(source, MAX_DEPTH, MAX_VALUES);
        } catch (DerException e) {
            throw ScepException.of(
                    Check.ENCODING,
                    "The " + what + " is no well-formed ASN.1: " + e.getMessage() + "; the peer is broken");
        }
    }
}
