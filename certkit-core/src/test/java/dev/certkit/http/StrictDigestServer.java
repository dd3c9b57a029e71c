package dev.certkit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that takes an answer only if every part of it is as RFC 7616 wants it, and counts what it saw. */
final class StrictDigestServer implements AutoCloseable {
    private static final Pattern PARAMETER =
            Pattern.compile("([a-z*]+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,\" ]+))(?:, |$)");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Settings settings;
    private final AtomicInteger nonces = new AtomicInteger();
    private final Map<String, Integer> lastNumbers = new HashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    /** How it asks: the names of the hashes in its order, and what else stands in the challenge. */
    record Settings(
            List<String> algorithms, String user, String password, Charset charset, String more, int usesOfNonce) {
        static Settings of(String... algorithms) {
            return new Settings(List.of(algorithms), "Mufasa", "Circle of Life", UTF_8, "", Integer.MAX_VALUE);
        }

        Settings user(String name, String secret) {
            return new Settings(algorithms, name, secret, charset, more, usesOfNonce);
        }

        Settings charset(Charset other) {
            return new Settings(algorithms, user, password, other, more, usesOfNonce);
        }

        Settings with(String parameters) {
            return new Settings(algorithms, user, password, charset, more + ", " + parameters, usesOfNonce);
        }

        Settings usesOfNonce(int most) {
            return new Settings(algorithms, user, password, charset, more, most);
        }
    }

    StrictDigestServer(Settings settings) throws IOException {
        this.settings = settings;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** One line for each request: path and what was decided. */
    List<String> log() {
        return List.copyOf(log);
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        String verdict = header == null ? "none" : verdict(header, exchange);
        log.add(exchange.getRequestURI() + " " + verdict);
        if (verdict.equals("good")) {
            byte[] body = "secret".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } else {
            for (String algorithm : settings.algorithms) {
                exchange.getResponseHeaders().add("WWW-Authenticate", challenge(algorithm, verdict.equals("stale")));
            }
            exchange.sendResponseHeaders(401, -1);
        }
        exchange.close();
    }

    private String challenge(String algorithm, boolean stale) {
        String nonce = algorithm + "/" + nonces.incrementAndGet();
        lastNumbers.put(nonce, 0);
        return "Digest realm=\"the \\\"realm\\\"\", nonce=\"" + nonce + "\", opaque=\"o,p\", algorithm=" + algorithm
                + ", qop=\"auth-int,auth\"" + (stale ? ", stale=true" : "") + settings.more;
    }

    private String verdict(String header, HttpExchange exchange) {
        Map<String, String> parts = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(header);
        int end = "Digest ".length();
        matcher.region(end, header.length());
        while (matcher.lookingAt()) {
            String value = matcher.group(2) == null
                    ? matcher.group(3)
                    : matcher.group(2).replaceAll("\\\\(.)", "$1");
            if (parts.put(matcher.group(1), value) != null) {
                return "doubled " + matcher.group(1);
            }
            end = matcher.end();
            matcher.region(end, header.length());
        }
        if (!header.startsWith("Digest ") || end != header.length()) {
            return "unreadable " + header;
        }
        return judged(parts, exchange);
    }

    private String judged(Map<String, String> parts, HttpExchange exchange) {
        String nonce = parts.getOrDefault("nonce", "");
        String algorithm = parts.getOrDefault("algorithm", "");
        if (!nonce.startsWith(algorithm + "/")) {
            return "nonce of another hash";
        }
        Integer last = lastNumbers.get(nonce);
        int number = Integer.parseInt(parts.getOrDefault("nc", "x"), 16);
        if (last == null || uses.merge(nonce, 1, Integer::sum) > settings.usesOfNonce) {
            return "stale";
        }
        if (number <= last || parts.get("nc").length() != 8) {
            return "replayed number " + number;
        }
        lastNumbers.put(nonce, number);
        boolean isSound = "the \"realm\"".equals(parts.get("realm"))
                && "o,p".equals(parts.get("opaque"))
                && "auth".equals(parts.get("qop"))
                && exchange.getRequestURI().toString().equals(parts.get("uri"))
                && parts.getOrDefault("cnonce", "").length() >= 16;
        if (!isSound) {
            return "unsound " + parts;
        }
        return response(algorithm, parts, exchange.getRequestMethod()).equals(parts.get("response"))
                        && isUser(parts, algorithm)
                ? "good"
                : "wrong";
    }

    private boolean isUser(Map<String, String> parts, String algorithm) {
        if (settings.more.contains("userhash=true")) {
            return "true".equals(parts.get("userhash"))
                    && hash(algorithm, settings.user + ":the \"realm\"").equals(parts.get("username"));
        }
        return settings.user.equals(parts.get("username")) || parts.containsKey("username*");
    }

    private String response(String algorithm, Map<String, String> parts, String method) {
        String secret = hash(algorithm, settings.user + ":the \"realm\":" + settings.password);
        if (algorithm.endsWith("-sess")) {
            secret = hash(algorithm, secret + ":" + parts.get("nonce") + ":" + parts.get("cnonce"));
        }
        return hash(
                algorithm,
                String.join(":", secret, parts.get("nonce"), parts.get("nc"), parts.get("cnonce"), "auth") + ":"
                        + hash(algorithm, method + ":" + parts.get("uri")));
    }

    private String hash(String algorithm, String text) {
        String name = algorithm.replace("-sess", "").replace("512-256", "512/256");
        try {
            byte[] hash = MessageDigest.getInstance(name).digest(text.getBytes(settings.charset));
            return String.format("%0" + 2 * hash.length + "x", new BigInteger(1, hash));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
