package dev.certkit.internal.der;

import java.io.IOException;

/** Bytes that are not the DER that was expected; public decoders wrap it in their own exception. */
public final class DerException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public DerException(String reason) {
        super(reason);
        this.reason = reason;
    }

    @Override
    public String getMessage() {
        return reason;
    }
}
