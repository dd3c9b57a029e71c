package dev.certkit.scep;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A SCEP server on loopback that answers what a test tells it to, with nothing of the library's responder. */
final class ForeignServer implements AutoCloseable {
    /** Status, content type, body; a negative status closes the connection without an answer. */
    record Page(int status, String contentType, byte[] body, Map<String, String> more) {
        Page(int status, String contentType, byte[] body) {
            this(status, contentType, body, Map.of());
        }

        /** With another header. */
        Page with(String header, String value) {
            return new Page(status, contentType, body, Map.of(header, value));
        }

        static Page ok(String contentType, byte[] body) {
            return new Page(200, contentType, body);
        }

        /** The body is where to go. */
        static Page redirect(URI elsewhere) {
            return new Page(302, "text/plain", elsewhere.toString().getBytes(StandardCharsets.US_ASCII));
        }

        static Page closed() {
            return new Page(-1, "", new byte[0]);
        }
    }

    /** What came. */
    record Call(String method, URI uri, String contentType, byte[] body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile Page capabilities =
            Page.ok("text/plain", "SCEPStandard\nRenewal\n".getBytes(StandardCharsets.UTF_8));
    private volatile Page certificates = Page.closed();
    private volatile Page nextCertificates = new Page(404, "text/plain", new byte[0]);
    private volatile Function<byte[], Page> operation = message -> Page.closed();

    ForeignServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/scep");
    }

    ForeignServer capabilities(Page page) {
        capabilities = page;
        return this;
    }

    ForeignServer certificates(Page page) {
        certificates = page;
        return this;
    }

    ForeignServer nextCertificates(Page page) {
        nextCertificates = page;
        return this;
    }

    ForeignServer operation(Function<byte[], Page> answer) {
        operation = answer;
        return this;
    }

    /** The same answers to messages, with this HTTP status. */
    ForeignServer answersWithStatus(int status) {
        Function<byte[], Page> same = operation;
        operation = message -> {
            Page page = same.apply(message);
            return new Page(status, page.contentType(), page.body(), page.more());
        };
        return this;
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call = new Call(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                    exchange.getRequestBody().readAllBytes());
            calls.add(call);
            Page page = page(call);
            if (page.status() >= 0) {
                exchange.getResponseHeaders().set("Content-Type", page.contentType());
                page.more().forEach(exchange.getResponseHeaders()::set);
                if (page.status() == 302) {
                    exchange.getResponseHeaders().set("Location", new String(page.body(), StandardCharsets.US_ASCII));
                }
                exchange.sendResponseHeaders(page.status(), page.body().length == 0 ? -1 : page.body().length);
                if (page.body().length > 0) {
                    exchange.getResponseBody().write(page.body());
                }
            }
        }
    }

    private Page page(Call call) {
        String query = String.valueOf(call.uri().getRawQuery());
        if (query.contains("operation=GetCACaps")) {
            return capabilities;
        }
        if (query.contains("operation=GetNextCACert")) {
            return nextCertificates;
        }
        return query.contains("operation=GetCACert") ? certificates : operation.apply(message(call));
    }

    private static byte[] message(Call call) {
        if (call.method().equals("POST")) {
            return call.body();
        }
        String query = call.uri().getRawQuery();
        String base64 = query.substring(query.indexOf("message=") + "message=".length());
        return Base64.getDecoder().decode(URLDecoder.decode(base64, StandardCharsets.US_ASCII));
    }

    /** The operations so far, each with its method, for example {@code GET GetCACert}. */
    List<String> operations() {
        return calls.stream()
                .map(call -> call.method() + " "
                        + call.uri().getRawQuery().replaceAll("^operation=", "").replaceAll("&.*", ""))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
