package dev.certkit.renew;

import dev.certkit.internal.text.ForeignText;
import dev.certkit.issue.AuthorityFault;
import dev.certkit.issue.Enrolment;
import dev.certkit.issue.FailInfo;
import java.util.Objects;

/**
 * Why a request did not give a certificate, in the words of a device's display.
 *
 * <p>Immutable and thread safe.
 *
 * @param kind what went wrong
 * @param number the HTTP status or the failInfo as it was sent, -1 if there is none
 * @param text more for people, perhaps empty; made safe to print, at most 200 characters
 */
public record RequestError(Kind kind, int number, String text) {
    private static final int NONE = -1;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    /** What can go wrong. */
    public enum Kind {
        /** The authority still waits for somebody's decision, and was asked as often as was set. */
        DEFERRED("deferred"),
        /** The device keeps as many keys as it may; no key was made. */
        KEY_LIMIT("key and certificate registration limit"),
        /** The authority could not be reached, and was asked as often as was set. */
        TCP("TCP error"),
        /** The server answered with an HTTP status other than success. */
        HTTP_STATUS("TCP error, HTTP status"),
        /** The authority refused, and said why by a number of RFC 8894, section 3.2.1.4. */
        FAIL_INFO("failInfo"),
        /** The authority refused otherwise. */
        REFUSED("refused"),
        /** The answer must not be trusted, or cannot be understood. */
        UNACCEPTABLE("answer not acceptable"),
        /** The device itself could not make or keep what was needed. */
        DEVICE("device error"),
        /** The request was withdrawn, or was interrupted before it was made. */
        WITHDRAWN("withdrawn");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** The words, for example {@code TCP error}. */
        @Override
        public String toString() {
            return words;
        }
    }

    /** Makes the text safe to print. */
    public RequestError {
        Objects.requireNonNull(kind, "kind");
        text = ForeignText.shownAtLength(text);
    }

    static RequestError of(Kind kind, String text) {
        return new RequestError(kind, NONE, text);
    }

    static RequestError of(Enrolment.Refused refused) {
        return refused.failInfo().isPresent()
                ? new RequestError(Kind.FAIL_INFO, refused.number(), refused.text())
                : new RequestError(Kind.REFUSED, refused.number(), refused.text());
    }

    static RequestError of(AuthorityFault fault, String text) {
        if (fault.httpStatus().isPresent()) {
            return new RequestError(Kind.HTTP_STATUS, fault.httpStatus().getAsInt(), text);
        }
        return switch (fault.kind()) {
            case UNREACHABLE -> of(Kind.TCP, text);
            case SERVER_FAILED, UNACCEPTABLE -> of(Kind.UNACCEPTABLE, text);
        };
    }

    /** Whether the next answer may well be another: nobody was reached, somebody decides, or the server is busy. */
    boolean isPassing() {
        boolean isBusy = kind == Kind.HTTP_STATUS && (number == TOO_MANY_REQUESTS || number == UNAVAILABLE);
        return kind == Kind.TCP || kind == Kind.DEFERRED || isBusy;
    }

    /** The kind, the number with its name, and the text, for example {@code failInfo 2 (badRequest): unknown device}. */
    @Override
    public String toString() {
        String name = kind == Kind.FAIL_INFO
                ? FailInfo.of(number).map(info -> " (" + info.rfcName() + ")").orElse("")
                : "";
        return kind + (number == NONE ? "" : " " + number) + name + (text.isEmpty() ? "" : ": " + text);
    }
}
