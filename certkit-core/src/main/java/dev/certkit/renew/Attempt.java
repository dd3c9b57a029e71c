package dev.certkit.renew;

import dev.certkit.internal.text.ForeignText;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One request in the history: begun, asked as often as it took, and ended.
 *
 * <p>Immutable and thread safe.
 *
 * @param name the name of the identity; escape it before you print it
 * @param kind who began it
 * @param begun when it was begun, by the renewer's clock
 * @param asked how often the authority was asked
 * @param outcome how it ended, or that it has not
 */
public record Attempt(String name, Kind kind, Instant begun, int asked, Outcome outcome) {
    /** Who began a request. */
    public enum Kind {
        /** The policy. */
        AUTOMATIC,
        /** A person. */
        MANUAL
    }

    /**
     * How a request ended.
     *
     * @param at when, empty while it goes on
     * @param error why it gave no certificate, empty if it did, and while it goes on
     */
    public record Outcome(Optional<Instant> at, Optional<RequestError> error) {
        static final Outcome NONE = new Outcome(Optional.empty(), Optional.empty());

        /** Checks for null. */
        public Outcome {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(error, "error");
        }

        /** Whether it gave a certificate that is in use. */
        public boolean isSuccess() {
            return at.isPresent() && error.isEmpty();
        }
    }

    /** Checks the parts. */
    public Attempt {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(begun, "begun");
        Objects.requireNonNull(outcome, "outcome");
    }

    static Attempt starting(String name, Kind kind, Instant begun) {
        return new Attempt(name, kind, begun, 0, Outcome.NONE);
    }

    Attempt askedAgain() {
        return new Attempt(name, kind, begun, asked + 1, outcome);
    }

    Attempt begunAt(Instant time) {
        return new Attempt(name, kind, time, asked, outcome);
    }

    Attempt succeeded(Instant at) {
        return new Attempt(name, kind, begun, asked, new Outcome(Optional.of(at), Optional.empty()));
    }

    Attempt failed(Instant at, RequestError error) {
        return new Attempt(name, kind, begun, asked, new Outcome(Optional.of(at), Optional.of(error)));
    }

    /** Whether it goes on. */
    public boolean isOpen() {
        return outcome.at().isEmpty();
    }

    /** One line for people, safe to print. */
    @Override
    public String toString() {
        String end = isOpen()
                ? "processing"
                : outcome.error().map(error -> "error, " + error).orElse("successful");
        return begun + " " + kind.name().toLowerCase(java.util.Locale.ROOT) + " " + ForeignText.shown(name) + ": " + end
                + outcome.at().map(at -> " at " + at).orElse("") + ", asked " + asked
                + (asked == 1 ? " time" : " times");
    }
}
