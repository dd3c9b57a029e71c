package dev.certkit.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** A provisioning server over HTTPS, whose file is for one user (RFC 7616); {@code /open} is for everybody. */
final class DigestPage implements AutoCloseable {
    static final String FILE = "provisioning data";

    private static final String CHALLENGE =
            "Digest realm=\"prov\", qop=\"auth\", algorithm=SHA-256, nonce=\"of the server\"";

    private final HttpsServer server;
    private final String secret;

    DigestPage(SSLContext context, String user, String password) throws IOException {
        secret = sha256(user + ":prov:" + password);
        server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", this::serve);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            boolean isOpen = exchange.getRequestURI().getPath().equals("/open");
            if (isOpen
                    || (given != null && isRight(given, exchange.getRequestURI().toString()))) {
                byte[] body = FILE.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            } else {
                exchange.getResponseHeaders().set("WWW-Authenticate", CHALLENGE);
                exchange.sendResponseHeaders(401, -1);
            }
        }
    }

    private boolean isRight(String given, String uri) {
        String proof = field(given, "nonce") + ":" + field(given, "nc") + ":" + field(given, "cnonce") + ":auth:"
                + sha256("GET:" + uri);
        return field(given, "response").equals(sha256(secret + ":" + proof));
    }

    private static String field(String header, String name) {
        Matcher found = Pattern.compile("[ ,]" + name + "=\"?([^\",]*)").matcher(header);
        return found.find() ? found.group(1) : "";
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
