package dev.certkit.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.certkit.scep.ScepRequest;
import dev.certkit.scep.ScepResponder;
import dev.certkit.scep.ScepResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** Puts a SCEP responder behind the JDK's HTTP server, on a free port of the loopback address. */
public final class ScepHttpServer implements AutoCloseable {
    private final HttpServer server;

    private ScepHttpServer(HttpServer server) {
        this.server = server;
    }

    public static ScepHttpServer start(ScepResponder responder) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/scep", exchange -> answer(responder, exchange));
        server.start();
        return new ScepHttpServer(server);
    }

    private static void answer(ScepResponder responder, HttpExchange exchange) throws IOException {
        try (exchange) {
            // One octet more than is answered, so that the responder sees that it is too much.
            byte[] body = exchange.getRequestBody().readNBytes(ScepRequest.MAX_BODY + 1);
            ScepResponse response = responder.handle(ScepRequest.of(exchange.getRequestMethod())
                    .query(exchange.getRequestURI().getRawQuery())
                    .body(body)
                    .remote(exchange.getRemoteAddress().getHostString()));
            exchange.getResponseHeaders().set("Content-Type", response.contentType());
            exchange.sendResponseHeaders(response.status(), response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/scep");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
