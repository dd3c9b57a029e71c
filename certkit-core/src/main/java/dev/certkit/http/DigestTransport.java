package dev.certkit.http;

import dev.certkit.key.CryptoProviders;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Answers the challenges of one origin; calls to others pass as they are. */
final class DigestTransport implements HttpTransport {
    private static final int UNAUTHORIZED = 401;
    private static final int NONCE_OCTETS = 24;
    /** One without or with an old nonce, one with a new one, and one more if that is stale already. */
    private static final int MOST_EXCHANGES = 3;

    private final HttpTransport transport;
    private final DigestCredentials credentials;
    private final CryptoProviders providers;
    private final AtomicReference<@Nullable Origin> origin = new AtomicReference<>();
    private final AtomicReference<@Nullable DigestSession> session = new AtomicReference<>();

    DigestTransport(
            HttpTransport transport, DigestCredentials credentials, CryptoProviders providers, @Nullable URI place) {
        this.transport = transport;
        this.credentials = credentials;
        this.providers = Objects.requireNonNull(providers, "providers");
        if (place != null) {
            origin.set(Origin.of(place));
        }
    }

    @Override
    public HttpAnswer exchange(HttpCall call) throws IOException {
        Origin called = Origin.of(call.uri());
        origin.compareAndSet(null, called);
        if (!called.equals(origin.get()) || call.headers().containsKey("authorization")) {
            return transport.exchange(call);
        }
        DigestSession current = session.get();
        DigestSession used = current != null && current.covers(call.uri(), call.uri()) ? current : null;
        HttpAnswer answer = transport.exchange(used == null ? call : answered(call, used));
        for (int exchanges = 1; answer.status() == UNAUTHORIZED && exchanges < MOST_EXCHANGES; exchanges++) {
            Optional<DigestChallenge> challenge = DigestChallenge.best(answer);
            if (challenge.isEmpty() || isRefusal(challenge.get(), used, exchanges)) {
                break;
            }
            used = DigestSession.of(challenge.get(), credentials, clientNonce());
            answer = transport.exchange(answered(call, used));
        }
        remember(answer, current, used);
        return answer;
    }

    /** Not the nonce is wrong but the user, the password, or the right to see this. */
    private static boolean isRefusal(DigestChallenge challenge, @Nullable DigestSession used, int exchanges) {
        boolean isSameNonce = used != null && used.nonce().equals(challenge.nonce());
        return !challenge.isStale() && used != null && (isSameNonce || exchanges > 1);
    }

    /** A new nonce is for other calls only after its first answer: servers want its numbers in their order. */
    private void remember(HttpAnswer answer, @Nullable DigestSession before, @Nullable DigestSession used) {
        if (used == null) {
            return;
        }
        if (answer.status() == UNAUTHORIZED) {
            session.compareAndSet(before, null);
        } else {
            DigestSession next = DigestSession.nextNonce(answer).map(used::next).orElse(used);
            if (next != before) {
                session.set(next);
            }
        }
    }

    private static HttpCall answered(HttpCall call, DigestSession session) {
        return call.header("authorization", session.authorization(call.method(), call.uri()));
    }

    private String clientNonce() {
        byte[] octets = new byte[NONCE_OCTETS];
        providers.random().nextBytes(octets);
        return Base64.getEncoder().encodeToString(octets);
    }
}
