package dev.certkit.internal.der;

import java.io.IOException;
import java.util.OptionalInt;

/** Bytes that are not the DER that was expected; public decoders wrap it in their own exception. */
public class DerException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int UNKNOWN = -1;

    private final String reason;
    private final int octet;

    public DerException(String reason) {
        this(reason, UNKNOWN);
    }

    /** Says also how many octets stand before the place, in the array that was read. */
    public DerException(String reason, int octet) {
        super(reason);
        this.reason = reason;
        this.octet = octet;
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
