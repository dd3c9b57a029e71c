package dev.certkit.key;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A PKCS#11 token could not be opened, or did not do what it was asked for.
 *
 * <p>The message names the token, says what to do, and never has the PIN in it.
 */
public final class TokenException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    TokenException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** What went wrong. */
    public Reason reason() {
        return reason;
    }

    /** What can go wrong with a token. */
    public enum Reason {
        /** The library file is missing or no PKCS#11 library for this machine, or this Java has no PKCS#11. */
        LIBRARY_UNUSABLE,
        /** There is no initialised token in that slot. */
        TOKEN_ABSENT,
        /** The token refused the PIN: wrong, locked, expired, or not set. */
        PIN_REFUSED,
        /** No key has this label. */
        LABEL_UNKNOWN,
        /** A key with this label is there already. */
        LABEL_TAKEN,
        /** The token did not make or keep the key, for example because it is full or write protected. */
        KEY_NOT_STORED,
        /** The token was removed, or the session with it has ended. */
        SESSION_LOST,
        /** Anything else; the cause has the token's own code. */
        FAILED
    }
}
