package dev.certkit.issue;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * What went wrong when an authority was asked, as far as it decides what to do next.
 *
 * <p>Immutable and thread safe.
 *
 * @param kind whether asking again soon makes sense
 * @param httpStatus the status of the server's answer if that was what went wrong, 100 to 999; otherwise empty
 */
public record AuthorityFault(Kind kind, OptionalInt httpStatus) {
    /** Kinds of faults, by what follows from them. */
    public enum Kind {
        /** No complete answer came; the request may have arrived. Ask again. */
        UNREACHABLE,
        /** The server answered that it failed. Ask again much later, or have somebody look. */
        SERVER_FAILED,
        /** An answer came that must not be trusted, or cannot be understood. */
        UNACCEPTABLE
    }

    /** Checks for null. */
    public AuthorityFault {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(httpStatus, "httpStatus");
    }

    /**
     * A fault without an HTTP status.
     *
     * @param kind not null
     */
    public static AuthorityFault of(Kind kind) {
        return new AuthorityFault(kind, OptionalInt.empty());
    }

    /**
     * The server answered with an HTTP status that is no success.
     *
     * @param httpStatus 100 to 999
     */
    public static AuthorityFault ofHttpStatus(int httpStatus) {
        return new AuthorityFault(Kind.SERVER_FAILED, OptionalInt.of(httpStatus));
    }
}
