package dev.certkit.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.http.HttpCall;
import dev.certkit.http.HttpLimits;
import dev.certkit.http.HttpTransport;
import dev.certkit.http.UnreachableException;
import dev.certkit.http.UnreachableException.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that forgets to ask for the check of the server's name gets it all the same. */
@Timeout(120)
class ServerNameTest {
    private static final TestPki PKI = new TestPki("Name CA");
    private static final SSLContext CLIENT = TlsContext.trusting(PKI.anchors()).toSslContext();
    private static final SSLSocketFactory SOCKETS = CLIENT.getSocketFactory();

    private static final SSLContext RIGHT = TlsContext.presenting(PKI.server()).toSslContext();
    private static final SSLContext WRONG =
            TlsContext.presenting(PKI.issue(TestPki.ecKey(), "other.example")).toSslContext();
    private static TestServer right;
    private static TestServer wrong;

    @BeforeAll
    static void start() throws IOException {
        right = TestServer.Kind.HTTPS_SERVER.start(RIGHT);
        wrong = TestServer.Kind.HTTPS_SERVER.start(WRONG);
    }

    @AfterAll
    static void stop() {
        right.close();
        wrong.close();
    }

    private interface Dial {
        Socket dial(int port) throws IOException;
    }

    private static String get(Socket socket) throws IOException {
        try (socket) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static void reachesOnlyTheRightServer(Dial dial) throws IOException {
        assertTrue(get(dial.dial(right.port())).endsWith("hallo"));
        SSLException failure = assertThrows(SSLException.class, () -> get(dial.dial(wrong.port())));
        assertTrue(
                failure.getMessage().contains("127.0.0.1")
                        || failure.getMessage().contains("localhost"),
                failure.getMessage());
    }

    @Nested
    class OfARawSocket {
        @Test
        void isCheckedWhenConnectedByName() throws Exception {
            reachesOnlyTheRightServer(port -> SOCKETS.createSocket("localhost", port));
            reachesOnlyTheRightServer(port -> SOCKETS.createSocket("127.0.0.1", port));
            reachesOnlyTheRightServer(
                    port -> SOCKETS.createSocket("localhost", port, InetAddress.getLoopbackAddress(), 0));
        }

        @Test
        void isCheckedWhenConnectedByAddress() throws Exception {
            InetAddress address = InetAddress.getByName("127.0.0.1");
            reachesOnlyTheRightServer(port -> SOCKETS.createSocket(address, port));
            reachesOnlyTheRightServer(port -> SOCKETS.createSocket(address, port, address, 0));
        }

        @Test
        void isCheckedWhenConnectedLater() throws Exception {
            reachesOnlyTheRightServer(port -> {
                Socket socket = SOCKETS.createSocket();
                socket.connect(new InetSocketAddress("localhost", port));
                return socket;
            });
        }

        @Test
        void isCheckedWhenLayeredOverAnother() throws Exception {
            reachesOnlyTheRightServer(
                    port -> SOCKETS.createSocket(new Socket("127.0.0.1", port), "localhost", port, true));
        }

        @Test
        void isCheckedWhenAServersSocketTurnsClient() throws Exception {
            reachesOnlyTheRightServer(port -> {
                SSLSocket socket = (SSLSocket) SOCKETS.createSocket(new Socket("127.0.0.1", port), null, true);
                socket.setUseClientMode(true);
                return socket;
            });
        }

        @Test
        void isCheckedAlsoUnderParametersThatDoNotMentionIt() throws Exception {
            reachesOnlyTheRightServer(port -> {
                SSLSocket socket = (SSLSocket) SOCKETS.createSocket("localhost", port);
                socket.setSSLParameters(new SSLParameters());
                return socket;
            });
            reachesOnlyTheRightServer(port -> {
                SSLSocket socket = (SSLSocket) SOCKETS.createSocket("localhost", port);
                socket.setSSLParameters(CLIENT.getDefaultSSLParameters());
                return socket;
            });
        }

        @Test
        void isLeftUncheckedOnlyByTheEmptyAlgorithm() throws Exception {
            SSLSocket socket = (SSLSocket) SOCKETS.createSocket("localhost", wrong.port());
            SSLParameters parameters = new SSLParameters();
            parameters.setEndpointIdentificationAlgorithm("");
            socket.setSSLParameters(parameters);
            assertTrue(get(socket).endsWith("hallo"));
            // the session of the unchecked connection is not resumed by a checked one
            assertThrows(SSLException.class, () -> get(SOCKETS.createSocket("localhost", wrong.port())));
        }
    }

    @Nested
    class OfAnEngine {
        private SSLEngine server(SSLContext context) {
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(false);
            return engine;
        }

        private SSLEngine client(SSLEngine engine) {
            engine.setUseClientMode(true);
            return engine;
        }

        @Test
        void isChecked() throws Exception {
            new EnginePair(client(CLIENT.createSSLEngine("localhost", 1)), server(RIGHT)).talk();
            assertThrows(
                    SSLException.class,
                    () -> new EnginePair(client(CLIENT.createSSLEngine("localhost", 1)), server(WRONG)).talk());
        }

        @Test
        void thatKnowsNoHostIsRefused() {
            assertThrows(
                    SSLException.class, () -> new EnginePair(client(CLIENT.createSSLEngine()), server(RIGHT)).talk());
        }
    }

    @Nested
    class ByAWellKnownClient {
        @Test
        void isCheckedByTheJdksHttpClient() throws Exception {
            HttpClient http = HttpClient.newBuilder().sslContext(CLIENT).build();
            HttpRequest good = HttpRequest.newBuilder(uri(right)).build();
            HttpRequest bad = HttpRequest.newBuilder(uri(wrong)).build();
            assertEquals("hallo", http.send(good, BodyHandlers.ofString()).body());
            assertThrows(SSLHandshakeException.class, () -> http.send(bad, BodyHandlers.ofString()));
        }

        @Test
        void isCheckedByAnHttpsUrlConnection() throws Exception {
            assertEquals("hallo", new String(open(right).getInputStream().readAllBytes(), ISO_8859_1));
            assertThrows(SSLHandshakeException.class, () -> open(wrong).getInputStream());
        }

        @Test
        void isCheckedByAnHttpsUrlConnectionWhoseVerifierBelievesEverything() throws Exception {
            HttpsURLConnection connection = open(wrong);
            connection.setHostnameVerifier((host, session) -> true);
            assertThrows(SSLHandshakeException.class, connection::getInputStream);
        }

        @Test
        void isCheckedByTheHttpTransport() throws Exception {
            HttpTransport http = HttpTransport.standard(HttpLimits.standard(), CLIENT);
            assertEquals(
                    "hallo", new String(http.exchange(HttpCall.get(uri(right))).body(), ISO_8859_1));
            UnreachableException failure =
                    assertThrows(UnreachableException.class, () -> http.exchange(HttpCall.get(uri(wrong))));
            assertEquals(Phase.TLS, failure.phase());
            assertTrue(failure.getMessage().contains("localhost"), failure.getMessage());
        }

        private HttpsURLConnection open(TestServer server) throws IOException {
            HttpsURLConnection connection =
                    (HttpsURLConnection) uri(server).toURL().openConnection();
            connection.setSSLSocketFactory(SOCKETS);
            return connection;
        }

        private URI uri(TestServer server) {
            return URI.create("https://localhost:" + server.port() + "/");
        }
    }

    @Nested
    class AndTheChain {
        @Test
        void ofAnotherAuthorityIsRefused() {
            SSLContext elsewhere =
                    TlsContext.trusting(new TestPki("Other CA").anchors()).toSslContext();
            assertThrows(
                    SSLHandshakeException.class,
                    () -> get(elsewhere.getSocketFactory().createSocket("localhost", right.port())));
        }

        @Test
        void ofAPrivateAuthorityIsRefusedWithoutAnchorsBecauseTheSystemsCount() {
            SSLContext noAnchors = TlsContext.presenting(PKI.server()).toSslContext();
            assertThrows(
                    SSLHandshakeException.class,
                    () -> get(noAnchors.getSocketFactory().createSocket("localhost", right.port())));
        }

        @ParameterizedTest
        @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
        void isAcceptedUnderBothProtocols(String protocol) throws Exception {
            SSLSocket socket = (SSLSocket) SOCKETS.createSocket("localhost", right.port());
            socket.setEnabledProtocols(new String[] {protocol});
            assertTrue(get(socket).endsWith("hallo"));
        }
    }
}
