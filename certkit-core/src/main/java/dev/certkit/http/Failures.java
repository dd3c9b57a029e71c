package dev.certkit.http;

import dev.certkit.http.UnreachableException.Phase;
import dev.certkit.internal.text.ForeignText;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Says what a failure of the network means, and what to do about it. */
final class Failures {
    private Failures() {}

    static InterruptedIOException interrupted(HttpCall call) {
        return new InterruptedIOException(call + ": given up, because the calling thread was interrupted");
    }

    static UnreachableException timeUp(URI uri, Phase phase, Deadline hit, Deadline whole) {
        return phase == Phase.RECEIVE && !hit.equals(whole)
                ? UnreachableException.fellSilent(uri, hit.limit())
                : UnreachableException.timedOut(uri, phase, hit.limit());
    }

    /**
     * Explains a failure that is no time limit.
     *
     * @param phase how far the exchange came, where the failure itself does not tell
     */
    static UnreachableException explained(URI uri, Phase phase, HttpLimits limits, Throwable failure) {
        if (failure instanceof BoundedBody.TooLarge) {
            return UnreachableException.tooLarge(uri, limits.maxBodyBytes());
        }
        if (failure instanceof UnknownHostException || failure.getCause() instanceof UnresolvedAddressException) {
            return of(uri, Phase.RESOLVE, "the host name has no address; check its spelling and the DNS", failure);
        }
        if (failure instanceof ConnectException || phase == Phase.CONNECT) {
            return of(
                    uri,
                    Phase.CONNECT,
                    "no connection could be made; check that the host is up, its port, firewall and proxy",
                    failure);
        }
        if (failure instanceof SSLException) {
            return of(uri, Phase.TLS, "TLS failed; check that the server's certificate is trusted", failure);
        }
        return failure instanceof ProtocolException
                ? of(uri, phase, "the answer is no HTTP, or its headers are too large; check host and port", failure)
                : of(uri, phase, "the connection broke before the answer was complete; try again later", failure);
    }

    private static UnreachableException of(URI uri, Phase phase, String reason, Throwable cause) {
        String detail = cause.getMessage() == null ? "" : " (" + ForeignText.shownInAscii(cause.getMessage()) + ")";
        return UnreachableException.of(uri, phase, reason + detail, cause);
    }
}
