package dev.certkit.examples;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/** The printer's web page over HTTPS, on the loopback address. */
public final class StatusPage implements AutoCloseable {
    public static final String TEXT = "printer-7: ready";

    private final HttpsServer server;

    private StatusPage(HttpsServer server) {
        this.server = server;
    }

    /** On a free port. */
    public static StatusPage start(SSLContext context) throws IOException {
        return start(context, 0);
    }

    /** On this port, or a free one for 0. */
    static StatusPage start(SSLContext context, int port) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] page = TEXT.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
            }
        });
        server.start();
        return new StatusPage(server);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
