package dev.certkit.scep;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A responder behind the JDK's HTTP server, on a free port of 127.0.0.1. */
final class ScepHttpServer implements Closeable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final List<String> seen = new CopyOnWriteArrayList<>();

    private ScepHttpServer(HttpServer server) {
        this.server = server;
    }

    static ScepHttpServer start(ScepResponder responder) {
        return start(responder::handle);
    }

    /** With anything that answers in the responder's place. */
    static ScepHttpServer start(Function<ScepRequest, ScepResponse> responder) {
        try {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            ScepHttpServer started = new ScepHttpServer(HttpServer.create(new InetSocketAddress(loopback, 0), 0));
            started.server.createContext("/", exchange -> started.answer(exchange, responder));
            started.server.setExecutor(started.threads);
            started.server.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange, Function<ScepRequest, ScepResponse> responder) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getRawQuery();
            byte[] body = exchange.getRequestBody().readNBytes(ScepRequest.MAX_BODY + 1);
            ScepResponse response = responder.apply(ScepRequest.of(exchange.getRequestMethod())
                    .query(query)
                    .body(body)
                    .remote(exchange.getRemoteAddress().getAddress().getHostAddress()));
            seen.add(exchange.getRequestMethod() + " " + query + " -> " + response);
            exchange.getResponseHeaders().set("Content-Type", response.contentType());
            byte[] answer = response.body();
            exchange.sendResponseHeaders(response.status(), answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/scep");
    }

    /** A line for each exchange so far. */
    List<String> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
