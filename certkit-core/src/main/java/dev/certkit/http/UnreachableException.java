package dev.certkit.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * No complete answer came: the server was not found, not reached, too slow, too talkative, or not an HTTP server.
 *
 * <p>The message names the host and the reason itself, and what to do next. It shows the URI without its query, and what
 * the server sent only as printable ASCII.
 */
public final class UnreachableException extends IOException {
    private static final long serialVersionUID = 1L;

    /** How far an exchange came, as far as the transport can tell. */
    public enum Phase {
        /** The host name has no address. */
        RESOLVE,
        /** The connection was refused, or did not come to stand in time, over https with its TLS handshake. */
        CONNECT,
        /** The TLS handshake failed. */
        TLS,
        /** The call was being sent. */
        SEND,
        /** The call was sent; the answer did not begin, broke off, was no HTTP, or was too large. */
        RECEIVE
    }

    private final URI uri;
    private final Phase phase;
    private final @Nullable Duration deadline;
    private final int bodyLimit;

    private UnreachableException(Facts facts, String text) {
        super(text);
        this.uri = facts.uri;
        this.phase = facts.phase;
        this.deadline = facts.deadline;
        this.bodyLimit = facts.bodyLimit;
    }

    private record Facts(URI uri, Phase phase, @Nullable Duration deadline, int bodyLimit) {}

    /**
     * The exchange failed.
     *
     * @param uri where the call went; not null
     * @param phase how far it came; not null
     * @param reason one clause, without the URI: what happened and what to do next; not null
     * @param cause null if there is none
     */
    public static UnreachableException of(URI uri, Phase phase, String reason, @Nullable Throwable cause) {
        Facts facts = new Facts(TargetUri.checked(uri), Objects.requireNonNull(phase, "phase"), null, -1);
        UnreachableException failure =
                new UnreachableException(facts, TargetUri.shown(uri) + ": " + Objects.requireNonNull(reason, "reason"));
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }

    /**
     * The time was up.
     *
     * @param uri where the call went; not null
     * @param phase how far it came; {@link Phase#CONNECT} if the time was that for connecting; not null
     * @param deadline the limit that was hit; not null
     */
    public static UnreachableException timedOut(URI uri, Phase phase, Duration deadline) {
        String what =
                switch (phase) {
                    case RESOLVE, CONNECT -> "no connection";
                    case TLS -> "the TLS handshake was not complete";
                    case SEND -> "the call could not be sent";
                    case RECEIVE -> "no complete answer";
                };
        return new UnreachableException(
                new Facts(TargetUri.checked(uri), phase, deadline, -1),
                TargetUri.shown(uri) + ": " + what + " within " + deadline.toMillis()
                        + " ms; check host, port and proxy, or allow more time in HttpLimits");
    }

    /**
     * The server sent nothing for too long, at first or in the middle of its answer.
     *
     * @param uri where the call went; not null
     * @param silence the limit that was hit; not null
     */
    public static UnreachableException fellSilent(URI uri, Duration silence) {
        return new UnreachableException(
                new Facts(TargetUri.checked(uri), Phase.RECEIVE, silence, -1),
                TargetUri.shown(uri) + ": the server sent nothing for " + silence.toMillis()
                        + " ms; try again later, or allow more time in HttpLimits.readWithin");
    }

    /**
     * The answer's body was larger than allowed, and the rest was not read.
     *
     * @param uri where the call went; not null
     * @param maxBodyBytes the limit that was hit, in bytes
     */
    public static UnreachableException tooLarge(URI uri, int maxBodyBytes) {
        return new UnreachableException(
                new Facts(TargetUri.checked(uri), Phase.RECEIVE, null, maxBodyBytes),
                TargetUri.shown(uri) + ": the answer is larger than " + maxBodyBytes
                        + " bytes; check that this is the right address, or allow more in HttpLimits");
    }

    /** Where the call went, with its query. */
    public URI uri() {
        return uri;
    }

    /** How far the exchange came. */
    public Phase phase() {
        return phase;
    }

    /** The time limit that was hit; empty if it was none. */
    public Optional<Duration> deadline() {
        return Optional.ofNullable(deadline);
    }

    /** The limit of the body in bytes that was hit; empty if it was none. */
    public OptionalInt bodyLimit() {
        return bodyLimit < 0 ? OptionalInt.empty() : OptionalInt.of(bodyLimit);
    }
}
