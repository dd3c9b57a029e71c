package dev.certkit.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A client of the JDK that goes on with its sessions. A resumed handshake shows no certificate to the trust manager, so the
 * count of looks tells for sure whether a connection was resumed.
 */
final class Visitor {
    /** What one connection was like. */
    record Visit(X509Certificate leaf, String protocol, boolean resumed) {}

    private final AtomicInteger looks = new AtomicInteger();
    private final SSLContext context;
    private final String protocol;

    Visitor(String protocol) {
        this.protocol = protocol;
        try {
            context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Looking()}, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Trusts everybody. */
    SSLContext context() {
        return context;
    }

    /** Connects, sends a line, reads until the server closes: under TLS 1.3 the ticket comes after the handshake. */
    Visit visit(int port) throws IOException {
        int before = looks.get();
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.setTcpNoDelay(true);
            socket.setEnabledProtocols(new String[] {protocol});
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            if (!answer.contains("hallo")) {
                throw new IOException("the server said: " + answer);
            }
            return visit(socket.getSession(), before);
        }
    }

    Visit visit(EnginePair.ServerEngines engines) throws IOException {
        int before = looks.get();
        SSLEngine client = context.createSSLEngine("engine.example", 4711);
        client.setUseClientMode(true);
        client.setEnabledProtocols(new String[] {protocol});
        EnginePair pair = new EnginePair(client, engines.next());
        pair.talk();
        return visit(client.getSession(), before);
    }

    private Visit visit(SSLSession session, int before) throws IOException {
        X509Certificate leaf = (X509Certificate) session.getPeerCertificates()[0];
        return new Visit(leaf, session.getProtocol(), looks.get() == before);
    }

    private final class Looking extends X509ExtendedTrustManager {
        private void look() {
            looks.incrementAndGet();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
            look();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            look();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            look();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("no server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
