package dev.certkit.renew;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the request of an identity stands, in the words of a device's display.
 *
 * <p>Immutable and thread safe.
 *
 * @param state the word
 * @param since since when: the begin of processing, the error, or the issue; empty if nothing was requested yet
 * @param next when something is done next: the next request, or the next time that the authority is asked; empty for never
 * @param why the reason for that time, for people
 * @param error the error, in the state error; while processing, what went wrong last
 */
public record RequestStatus(
        State state, Optional<Instant> since, Optional<Instant> next, String why, Optional<RequestError> error) {
    /** The states of a request. */
    public enum State {
        /** Nothing was requested yet; the time of the first request is known, or there is none. */
        TO_BE_PROCESSED("to be processed"),
        /** A request is under way. */
        PROCESSING("processing"),
        /** The last request gave no certificate. */
        ERROR("error"),
        /** The last request gave a certificate, and it is in use. */
        SUCCESSFUL("successful");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** The words, for example {@code to be processed}. */
        @Override
        public String toString() {
            return words;
        }
    }

    /** Checks for null. */
    public RequestStatus {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(next, "next");
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(error, "error");
    }

    /** One line for people, safe to print. */
    @Override
    public String toString() {
        return state
                + since.map(at -> " since " + at).orElse("")
                + error.map(reason -> ", " + reason).orElse("")
                + next.map(at -> "; next " + at).orElse("; nothing planned")
                + (why.isEmpty() ? "" : " (" + why + ")");
    }
}
