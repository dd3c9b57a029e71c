package dev.certkit.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.format.PrivateKeys;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.peers.Peer;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustCode;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs of other houses, as strict clients of our servers and as servers of our clients. */
@Timeout(120)
class StrictPeersTest {
    private static final TestPki PKI = new TestPki("Peers CA");

    /** An OCSPResponse that says tryLater, without a body (RFC 6960, section 4.2.1). */
    private static final byte[] STAPLE = {0x30, 3, 0x0a, 1, 3};

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(directory.resolve("ca.pem"), Certificates.toPem(List.of(PKI.root())));
    }

    private void write(String name, CertifiedKey key) throws IOException {
        Files.writeString(directory.resolve(name + ".pem"), key.chain().toPem());
        Files.writeString(directory.resolve(name + ".key"), PrivateKeys.toUnencryptedPem(key.privateKey()));
    }

    @Nested
    class AsClients {
        private final CertifiedKey device = PKI.issue(TestPki.ecKey());
        private final SSLContext context =
                TlsContext.trusting(PKI.anchors()).presenting(PKI.server()).toSslContext();

        @Test
        void curlIsServedAndTakesNoOtherServer() throws Exception {
            Peer curl = Peer.require("curl");
            SSLContext wrong = TlsContext.presenting(PKI.issue(TestPki.ecKey(), "other.example"))
                    .toSslContext();
            try (TestServer good = TestServer.Kind.HTTPS_SERVER.start(context);
                    TestServer bad = TestServer.Kind.HTTPS_SERVER.start(wrong)) {
                String[] options = {"-sS", "--cacert", "ca.pem", "https://localhost:" + good.port() + "/"};
                assertEquals("hallo", curl.run(directory, options).succeeded().out());
                options[3] = "https://localhost:" + bad.port() + "/";
                curl.run(directory, options).failed();
            }
        }

        @Test
        void gnutlsIsServed() throws Exception {
            Peer gnutls = Peer.require("gnutls-cli");
            try (TestServer server = TestServer.Kind.SERVER_SOCKET.start(context)) {
                for (String version : List.of("VERS-TLS1.2", "VERS-TLS1.3")) {
                    Peer.Result result = gnutls.reading("GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII))
                            .run(
                                    directory,
                                    "--x509cafile=ca.pem",
                                    "--priority=NORMAL:-VERS-ALL:+" + version,
                                    "--port=" + server.port(),
                                    "localhost");
                    assertTrue(result.out().contains("The certificate is trusted"), result::toString);
                    assertTrue(result.out().contains("hallo"), result::toString);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"-tls1_2", "-tls1_3"})
        void opensslPresentsACertificateThatIsJudged(String protocol) throws Exception {
            write("device", device);
            write("stranger", new TestPki("Peers CA").issue(TestPki.ecKey()));
            Peer openssl = Peer.require("openssl").reading("GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
            try (TestServer server =
                    TestServer.Kind.SERVER_SOCKET.start(context, parameters -> parameters.setNeedClientAuth(true))) {
                for (String who : List.of("device", "stranger")) {
                    Peer.Result result = openssl.run(
                            directory,
                            "s_client",
                            "-ign_eof",
                            protocol,
                            "-CAfile",
                            "ca.pem",
                            "-verify_return_error",
                            "-cert",
                            who + ".pem",
                            "-key",
                            who + ".key",
                            "-connect",
                            "localhost:" + server.port());
                    assertEquals(who.equals("device"), result.out().contains("hallo"), result::toString);
                }
            }
        }
    }

    @Nested
    class AsServers {
        private final AtomicReference<PresentedChain> asked = new AtomicReference<>();
        private final TrustPolicy strict = TrustPolicy.pkix(PKI.anchors()).and(TrustPolicy.hostname());
        private final SSLContext client = TlsContext.trusting(presented -> {
                    asked.set(presented);
                    return strict.judge(presented);
                })
                .toSslContext();

        /** Served until the test is over; the port is chosen before, as the program does not tell its own. */
        private Process serve(String key, String protocol, int port) throws IOException {
            Files.write(directory.resolve("staple.der"), STAPLE);
            Process server = Peer.require("openssl")
                    .prepare(
                            directory,
                            "s_server",
                            "-www",
                            protocol,
                            "-accept",
                            "127.0.0.1:" + port,
                            "-status_file",
                            "staple.der",
                            "-cert",
                            key + ".pem",
                            "-key",
                            key + ".key")
                    .redirectErrorStream(true)
                    .start();
            BufferedReader said = server.inputReader();
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith("ACCEPT")) {
                    return server;
                }
            }
            throw new IOException("s_server ended with " + server.exitValue());
        }

        private X509Certificate connect(String key, String protocol) throws IOException {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            Process server = serve(key, protocol, port);
            try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("localhost", port)) {
                socket.setSoTimeout(20_000);
                socket.startHandshake();
                return (X509Certificate) socket.getSession().getPeerCertificates()[0];
            } finally {
                server.destroy();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"-tls1_2", "-tls1_3"})
        void opensslIsReachedIfItsCertificateIsTrusted(String protocol) throws Exception {
            CertifiedKey good = PKI.server();
            write("good", good);
            assertEquals(good.chain().leaf(), connect("good", protocol));
            assertArrayEquals(STAPLE, asked.get().stapled().orElseThrow(), "what was stapled has to reach the policy");
        }

        @ParameterizedTest
        @ValueSource(strings = {"-tls1_2", "-tls1_3"})
        void opensslIsRefusedWithEveryReason(String protocol) throws Exception {
            write(
                    "bad",
                    new TestPki("Nobody's CA")
                            .issue(TestPki.ecKey(), Duration.ofDays(-9), Duration.ofDays(-2), "other.example"));
            IOException failure = assertThrows(IOException.class, () -> connect("bad", protocol));
            UntrustedPeerException why =
                    UntrustedPeerException.in(failure).orElseThrow(() -> new AssertionError(failure));
            assertEquals(
                    Set.of(TrustCode.EXPIRED, TrustCode.WRONG_NAME, TrustCode.UNKNOWN_ISSUER),
                    why.verdict().reasons().stream().map(TrustReason::code).collect(Collectors.toSet()));
        }
    }
}
