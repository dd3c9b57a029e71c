package dev.certkit.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** An HTTPS client that remembers its TLS sessions: its second visit resumes the first, if the server lets it. */
public final class Visitor {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final SSLContext context;

    public Visitor(SSLContext context) {
        this.context = context;
    }

    /** What a visit saw. */
    public record Visit(X509Certificate certificate, String page, boolean resumed) {}

    /** Gets the page over a new connection; the host is checked against the certificate. */
    public Visit visit(String host, int port) throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(host, port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            long before = System.currentTimeMillis();
            socket.startHandshake();
            SSLSession session = socket.getSession();
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Visit(
                    (X509Certificate) session.getPeerCertificates()[0],
                    answer.substring(answer.indexOf("\r\n\r\n") + 4),
                    session.getCreationTime() < before);
        }
    }
}
