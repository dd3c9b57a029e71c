package dev.certkit.issue;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What went wrong when an authority was asked, as far as it decides what to do next.
 *
 * <p>Immutable and thread safe.
 *
 * @param kind whether asking again soon makes sense
 * @param httpStatus the status of the server's answer if that was what went wrong, 100 to 999; otherwise empty
 * @param retryAfter how long the server asks its clients to wait before they come again, zero or more; otherwise empty
 */
public record AuthorityFault(Kind kind, OptionalInt httpStatus, Optional<Duration> retryAfter) {
    /** Kinds of faults, by what follows from them. */
    public enum Kind {
        /** No complete answer came; the request may have arrived. Ask again. */
        UNREACHABLE,
        /** The server answered that it failed. Ask again much later, or have somebody look. */
        SERVER_FAILED,
        /** An answer came that must not be trusted, or cannot be understood. */
        UNACCEPTABLE
    }

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the time to wait is negative
     */
    public AuthorityFault {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(httpStatus, "httpStatus");
        if (retryAfter.filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException("retryAfter: " + retryAfter.get() + " is negative");
        }
    }

    /**
     * A fault without an HTTP status.
     *
     * @param kind not null
     */
    public static AuthorityFault of(Kind kind) {
        return new AuthorityFault(kind, OptionalInt.empty(), Optional.empty());
    }

    /**
     * The server answered with an HTTP status that is no success.
     *
     * @param httpStatus 100 to 999
     */
    public static AuthorityFault ofHttpStatus(int httpStatus) {
        return new AuthorityFault(Kind.SERVER_FAILED, OptionalInt.of(httpStatus), Optional.empty());
    }

    /**
     * The same fault, of a server that asks its clients to wait.
     *
     * @param wait zero or more; not null
     * @throws IllegalArgumentException if it is negative
     */
    public AuthorityFault retryAfter(Duration wait) {
        return new AuthorityFault(kind, httpStatus, Optional.of(wait));
    }
}
