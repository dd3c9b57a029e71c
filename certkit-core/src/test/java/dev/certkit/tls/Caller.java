package dev.certkit.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** The ways in which a client of the JDK uses a context; each call is a connection of its own. */
enum Caller {
    SOCKET {
        @Override
        void call(SSLContext client, Target target) throws IOException {
            try (SSLSocket socket =
                    (SSLSocket) client.getSocketFactory().createSocket(target.host, target.server.port())) {
                socket.setSoTimeout(20_000);
                socket.setEnabledProtocols(new String[] {target.protocol});
                socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(ISO_8859_1));
                greeted(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
            }
        }
    },
    ENGINE {
        @Override
        void call(SSLContext client, Target target) throws IOException {
            SSLEngine engine = client.createSSLEngine(target.host, 4711);
            engine.setUseClientMode(true);
            engine.setEnabledProtocols(new String[] {target.protocol});
            SSLEngine server = target.context.createSSLEngine();
            server.setUseClientMode(false);
            new EnginePair(engine, server).talk();
        }
    },
    HTTP_CLIENT {
        @Override
        void call(SSLContext client, Target target) throws IOException {
            SSLParameters parameters = new SSLParameters();
            parameters.setProtocols(new String[] {target.protocol});
            HttpClient http = HttpClient.newBuilder()
                    .sslContext(client)
                    .sslParameters(parameters)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            HttpRequest get = HttpRequest.newBuilder(target.uri()).build();
            try {
                greeted(http.send(get, BodyHandlers.ofString()).body());
            } catch (InterruptedException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }
    },
    URL_CONNECTION {
        @Override
        void call(SSLContext client, Target target) throws IOException {
            HttpsURLConnection connection =
                    (HttpsURLConnection) target.uri().toURL().openConnection();
            connection.setSSLSocketFactory(client.getSocketFactory());
            try {
                greeted(new String(connection.getInputStream().readAllBytes(), ISO_8859_1));
            } finally {
                ((HttpURLConnection) connection).disconnect();
            }
        }
    };

    /** Whom to call, by which name and protocol. */
    record Target(TestServer server, SSLContext context, String host, String protocol) {
        URI uri() {
            return URI.create("https://" + host + ":" + server.port() + "/");
        }
    }

    /** Throws what a client would see. */
    abstract void call(SSLContext client, Target target) throws IOException;

    private static void greeted(String answer) throws IOException {
        if (!answer.endsWith("hallo")) {
            throw new IOException("the server said: " + answer);
        }
    }
}
