package dev.certkit.revocation;

import dev.certkit.trust.TrustReason.RevocationUnknown.Cause;

/** A source gave no answer that may be believed; does not leave this package. */
final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Cause cause;

    UnusableException(Cause cause, String message) {
        super(message);
        this.cause = cause;
    }

    Status status(String source) {
        return new Status.Unknown(cause, source + ": " + getMessage());
    }
}
