package dev.certkit.internal.der;

import java.io.IOException;
import java.util.OptionalInt;

/** Bytes that are not the DER that was expected; public decoders wrap it in their own exception. */
public final class DerException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int UNKNOWN = -1;

    private final String reason;
    private final int octet;
    private final boolean tooDeep;

    public DerException(String reason) {
        this(reason, UNKNOWN);
    }

    /** Says also how many octets stand before the place, in the array that was read. */
    public DerException(String reason, int octet) {
        this(reason, octet, false);
    }

    private DerException(String reason, int octet, boolean tooDeep) {
        super(reason);
        this.reason = reason;
        this.octet = octet;
        this.tooDeep = tooDeep;
    }

    static DerException tooDeep(int maxDepth, int octet) {
        return new DerException("values are nested deeper than " + maxDepth, octet, true);
    }

    /** Whether it is a matter of the bound and not of damage. */
    public boolean isTooDeep() {
        return tooDeep;
    }

    @Override
    public String getMessage() {
        return reason;
    }

    /** How many octets stand before the place, in the array that was read, if a place was given. */
    public OptionalInt octet() {
        return octet == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(octet);
    }
}
