package dev.certkit.revocation;

import dev.certkit.http.HttpAnswer;
import dev.certkit.http.HttpCall;
import dev.certkit.http.HttpTransport;
import dev.certkit.http.UnreachableException;
import dev.certkit.trust.TrustReason.RevocationUnknown.Cause;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The calls of one verdict: so many, within so much time, and none to a place that failed a moment ago. */
final class Calls {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final HttpTransport transport;
    private final Clock clock;
    private final Kept<URI, Instant> failures;
    private final Instant end;
    private int left;

    Calls(HttpTransport transport, Clock clock, Kept<URI, Instant> failures, RevocationPolicy.Limits limits) {
        this.transport = transport;
        this.clock = clock;
        this.failures = failures;
        this.left = limits.calls();
        this.end = clock.instant().plus(limits.time());
    }

    byte[] get(URI place) throws UnusableException {
        return body(place, HttpCall.get(place));
    }

    byte[] post(URI place, String type, byte[] body) throws UnusableException {
        return body(place, HttpCall.post(place, type, body));
    }

    private byte[] body(URI place, HttpCall call) throws UnusableException {
        Instant now = clock.instant();
        Optional<Instant> failed = failures.find(place);
        if (failed.filter(time -> Duration.between(time, now).abs().compareTo(PAUSE) < 0)
                .isPresent()) {
            throw new UnusableException(Cause.UNREACHABLE, "not called, since it failed less than a minute ago");
        }
        if (left == 0 || now.isAfter(end)) {
            throw new UnusableException(Cause.UNREACHABLE, "not called, since this verdict has called enough");
        }
        left--;
        try {
            HttpAnswer answer = transport.exchange(call);
            if (answer.isSuccess()) {
                return answer.body();
            }
            failures.put(place, now);
            throw new UnusableException(Cause.UNREACHABLE, "answered with the status " + answer.status());
        } catch (UnreachableException e) {
            failures.put(place, now);
            throw new UnusableException(
                    Cause.UNREACHABLE,
                    "no complete answer, ended at " + e.phase().name().toLowerCase(Locale.ROOT));
        } catch (IOException e) {
            // An interrupt stays set, and the place is not to blame for it.
            throw new UnusableException(Cause.UNREACHABLE, "the transport failed or was interrupted");
        }
    }
}
