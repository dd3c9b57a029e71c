package dev.certkit.scep;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A SCEP server on loopback that answers what a test tells it to, with nothing of the library's responder. */
final class ForeignServer implements AutoCloseable {
    /** Status, content type, body; a negative status closes the connection without an answer. */
    record Page(int status, String contentType, byte[] body) {
        static Page ok(String contentType, byte[] body) {
            return new Page(200, contentType, body);
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

    ForeignServer operation(Function<byte[], Page> answer) {
        operation = answer;
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
        return query.contains("operation=GetCACert") ? certificates : operation.apply(call.body());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
