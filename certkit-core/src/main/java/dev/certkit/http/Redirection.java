package dev.certkit.http;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Decides whether an answer's redirect may be followed: a GET, on the same host, and never from https to http. */
final class Redirection {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private Redirection() {}

    static Optional<HttpCall> after(HttpCall call, HttpAnswer answer) {
        if (!call.method().equals("GET") || !REDIRECTS.contains(answer.status())) {
            return Optional.empty();
        }
        return answer.header("location")
                .flatMap(location -> target(call.uri(), location))
                .filter(target -> staysAt(call.uri(), target))
                .map(target -> credentialsFor(call, target).to(target));
    }

    private static Optional<URI> target(URI from, String location) {
        try {
            return Optional.of(TargetUri.checked(from.resolve(location)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What proves a password stays with its origin, and an answer to a digest with its URI. */
    private static HttpCall credentialsFor(HttpCall call, URI target) {
        boolean isDigest = Ascii.lowerCase(call.headers().getOrDefault("authorization", ""))
                .startsWith("digest ");
        return isDigest || !Origin.of(call.uri()).equals(Origin.of(target)) ? call.without("authorization") : call;
    }

    private static boolean staysAt(URI from, URI target) {
        boolean upgrade = isPlain(from) && !isPlain(target);
        boolean sameScheme = isPlain(from) == isPlain(target);
        return from.getHost().equalsIgnoreCase(target.getHost())
                && (upgrade || sameScheme && port(from) == port(target));
    }

    private static boolean isPlain(URI uri) {
        return uri.getScheme().equalsIgnoreCase("http");
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : isPlain(uri) ? 80 : 443;
    }
}
