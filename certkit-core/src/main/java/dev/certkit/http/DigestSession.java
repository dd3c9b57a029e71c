package dev.certkit.http;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A challenge that is being answered, each time with another number (RFC 7616, section 3.4); thread safe. */
final class DigestSession {
    private final DigestChallenge challenge;
    private final DigestCredentials credentials;
    private final Nonces nonces;
    private final AtomicInteger count = new AtomicInteger();

    private DigestSession(DigestChallenge challenge, DigestCredentials credentials, Nonces nonces) {
        this.challenge = challenge;
        this.credentials = credentials;
        this.nonces = nonces;
    }

    /** The server's and ours; the session's secret stays bound to the first one of the server. */
    private record Nonces(String server, String first, String client) {}

    static DigestSession of(DigestChallenge challenge, DigestCredentials credentials, String clientNonce) {
        Nonces nonces = new Nonces(challenge.nonce(), challenge.nonce(), clientNonce);
        return new DigestSession(challenge, credentials, nonces);
    }

    /** The same with the server's next nonce (RFC 7616, section 3.5). */
    DigestSession next(String nonce) {
        return new DigestSession(challenge, credentials, new Nonces(nonce, nonces.first, nonces.client));
    }

    String nonce() {
        return nonces.server;
    }

    /** Whether the server said that its password is for this place, too. */
    boolean covers(URI origin, URI place) {
        List<String> domain = challenge.domain();
        return domain.isEmpty() || domain.stream().anyMatch(each -> isBelow(origin, each, place));
    }

    private static boolean isBelow(URI origin, String prefix, URI place) {
        try {
            URI whole = origin.resolve(prefix);
            String path = whole.getRawPath() == null ? "" : whole.getRawPath();
            return Origin.of(whole).equals(Origin.of(place))
                    && place.getRawPath().startsWith(path)
                    && (path.endsWith("/")
                            || place.getRawPath().length() == path.length()
                            || place.getRawPath().charAt(path.length()) == '/');
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The value of the Authorization header. */
    String authorization(String method, URI uri) {
        String target = TargetUri.originForm(uri);
        String number = String.format("%08x", count.incrementAndGet());
        StringBuilder header = new StringBuilder("Digest ");
        header.append(user()).append(", realm=").append(quoted(challenge.realm()));
        header.append(", uri=").append(quoted(target));
        challenge.algorithm().ifPresent(algorithm -> header.append(", algorithm=")
                .append(algorithm));
        header.append(", nonce=").append(quoted(nonces.server));
        if (challenge.hasQop()) {
            header.append(", nc=")
                    .append(number)
                    .append(", cnonce=")
                    .append(quoted(nonces.client))
                    .append(", qop=auth");
        } else if (challenge.isSession()) {
            header.append(", cnonce=").append(quoted(nonces.client));
        }
        header.append(", response=").append(quoted(response(method + ":" + target, number)));
        challenge.opaque().ifPresent(opaque -> header.append(", opaque=").append(quoted(opaque)));
        return challenge.wantsUserHash() ? header + ", userhash=true" : header.toString();
    }

    private String user() {
        if (challenge.wantsUserHash()) {
            return "username=" + quoted(credentials.userHash(challenge));
        }
        return credentials.isAscii()
                ? "username=" + quoted(credentials.user())
                : "username*=" + credentials.encodedUser();
    }

    private String response(String request, String number) {
        String secret = credentials.secret(challenge);
        if (challenge.isSession()) {
            secret = hash(secret + ":" + nonces.first + ":" + nonces.client);
        }
        String between =
                challenge.hasQop() ? nonces.server + ":" + number + ":" + nonces.client + ":auth" : nonces.server;
        return hash(secret + ":" + between + ":" + hash(request));
    }

    private String hash(String text) {
        return DigestCredentials.hash(challenge.hash(), text);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The nonce for the next call, where the server gives one with its answer. */
    static Optional<String> nextNonce(HttpAnswer answer) {
        // The same parameters as those of a challenge, without a scheme.
        return Challenges.in(List.of("x " + answer.header("authentication-info").orElse(""))).stream()
                .flatMap(info -> info.parameter("nextnonce").stream())
                .filter(Ascii::isFieldValue)
                .findFirst();
    }
}
