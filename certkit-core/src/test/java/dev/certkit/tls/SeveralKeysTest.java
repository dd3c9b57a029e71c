package dev.certkit.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.KeyType;
import dev.certkit.peers.Peer;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server with RSA and EC keys for several names shows each client the one that suits it. */
@Tag("T9")
@Timeout(120)
class SeveralKeysTest {
    private static final TestPki PKI = new TestPki("Several CA");
    private static final CertifiedKey WEB_RSA = PKI.issue(KeyType.RSA_2048.generate(), "web.example");
    private static final CertifiedKey WEB_EC = PKI.issue(TestPki.ecKey(), "web.example", "www.web.example");
    private static final CertifiedKey MAIL_RSA = PKI.issue(KeyType.RSA_2048.generate(), "mail.example");
    private static final CertifiedKey WILD_EC = PKI.issue(TestPki.ecKey(), "*.wild.example");
    private static final Map<Fingerprint, String> NAMES = Map.of(
            WEB_RSA.chain().fingerprint(), "WEB_RSA",
            WEB_EC.chain().fingerprint(), "WEB_EC",
            MAIL_RSA.chain().fingerprint(), "MAIL_RSA",
            WILD_EC.chain().fingerprint(), "WILD_EC");
    private static final SSLContext SERVER = TlsContext.presenting(WEB_RSA)
            .alsoPresenting(WEB_EC)
            .alsoPresenting(MAIL_RSA)
            .alsoPresenting(WILD_EC)
            .toSslContext();

    private static String name(X509Certificate leaf) {
        return NAMES.get(Fingerprint.sha256(encoded(leaf)));
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    @Nested
    class AClientOfTheJdk {
        private final Visitor visitor = new Visitor("TLSv1.3");

        private String shown(SSLContext client, String host, String protocol) throws Exception {
            SSLEngine engine = client.createSSLEngine(host, 4711);
            engine.setUseClientMode(true);
            engine.setEnabledProtocols(new String[] {protocol});
            SSLEngine server = SERVER.createSSLEngine();
            server.setUseClientMode(false);
            new EnginePair(engine, server).talk();
            return name((X509Certificate) engine.getSession().getPeerCertificates()[0]);
        }

        @ParameterizedTest
        @CsvSource({
            "web.example, TLSv1.3, WEB_EC",
            "WEB.example, TLSv1.2, WEB_EC",
            "www.web.example, TLSv1.2, WEB_EC",
            "mail.example, TLSv1.3, MAIL_RSA",
            "mail.example, TLSv1.2, MAIL_RSA",
            "a.wild.example, TLSv1.3, WILD_EC",
            "a.wild.example, TLSv1.2, WILD_EC"
        })
        void getsTheKeyForTheNameThatItAsksFor(String host, String protocol, String expected) throws Exception {
            assertEquals(expected, shown(TlsContext.trusting(PKI.anchors()).toSslContext(), host, protocol));
        }

        @ParameterizedTest
        @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
        void getsTheDefaultOneOrItsPairIfItAsksForNoneOrForAnUnknownOne(String protocol) throws Exception {
            SSLContext any = visitor.context();
            for (String host : List.of("127.0.0.1", "unknown.example", "a.b.wild.example", "wild.example")) {
                assertEquals("WEB_EC", shown(any, host, protocol), host);
            }
        }
    }

    @Nested
    class AnotherPeer {
        @TempDir
        private Path directory;

        private Peer.Result connected(TestServer server, String... arguments) {
            List<String> command = new ArrayList<>(
                    List.of("s_client", "-ign_eof", "-showcerts", "-connect", "127.0.0.1:" + server.port()));
            command.addAll(List.of(arguments));
            return Peer.require("openssl")
                    .reading("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                    .run(directory, command.toArray(String[]::new));
        }

        private String shown(TestServer server, String... arguments) throws IOException {
            Peer.Result result = connected(server, arguments);
            String pem = result.out();
            int start = pem.indexOf("-----BEGIN CERTIFICATE-----");
            assertTrue(start >= 0, result::toString);
            return name(Certificates.parse(pem.substring(start, pem.indexOf("-----END CERTIFICATE-----") + 25))
                    .get(0));
        }

        @Test
        void opensslGetsTheKeyForItsServerNameAndItsSignatures() throws Exception {
            try (TestServer server = TestServer.Kind.SERVER_SOCKET.start(SERVER)) {
                for (String protocol : List.of("-tls1_2", "-tls1_3")) {
                    assertEquals("WEB_EC", shown(server, protocol, "-servername", "web.example"));
                    assertEquals("MAIL_RSA", shown(server, protocol, "-servername", "mail.example"));
                    assertEquals("WILD_EC", shown(server, protocol, "-servername", "x.wild.example"));
                    assertEquals(
                            "WEB_RSA",
                            shown(
                                    server,
                                    protocol,
                                    "-servername",
                                    "web.example",
                                    "-sigalgs",
                                    "RSA-PSS+SHA256:RSA+SHA256"));
                    assertEquals(
                            "WEB_EC", shown(server, protocol, "-noservername", "-sigalgs", "ECDSA+SHA256:RSA+SHA256"));
                    assertEquals(
                            "WEB_RSA", shown(server, protocol, "-noservername", "-sigalgs", "rsa_pss_rsae_sha256"));
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"-tls1_2", "-tls1_3"})
        void opensslResumesForTheSameNameOnly(String protocol) throws Exception {
            try (TestServer server = TestServer.Kind.SERVER_SOCKET.start(SERVER)) {
                shown(server, protocol, "-servername", "web.example", "-sess_out", "session");
                assertTrue(isResumed(server, protocol, "-servername", "web.example", "-sess_in", "session"));
                assertFalse(isResumed(server, protocol, "-servername", "x.wild.example", "-sess_in", "session"));
            }
        }

        private boolean isResumed(TestServer server, String... arguments) {
            return connected(server, arguments).out().contains("Reused, TLS");
        }

        @Test
        void opensslThatCannotCheckTheRightKeyIsShownAnotherRatherThanNothing() throws Exception {
            try (TestServer server = TestServer.Kind.SERVER_SOCKET.start(SERVER)) {
                assertEquals(
                        "WEB_RSA",
                        shown(server, "-servername", "x.wild.example", "-sigalgs", "RSA-PSS+SHA256:RSA+SHA256"));
            }
        }

        @Test
        void gnutlsChoosesByItsPriorities() throws Exception {
            Peer gnutls = Peer.require("gnutls-cli");
            try (TestServer server = TestServer.Kind.SERVER_SOCKET.start(SERVER)) {
                Map<String, String> wanted = Map.of(
                        "NORMAL:-SIGN-ALL:+SIGN-RSA-PSS-RSAE-SHA256:+SIGN-RSA-SHA256", "RSA key",
                        "NORMAL:-SIGN-ALL:+SIGN-ECDSA-SECP256R1-SHA256:+SIGN-ECDSA-SHA256", "EC/ECDSA key");
                for (Map.Entry<String, String> entry : wanted.entrySet()) {
                    Peer.Result result = gnutls.run(
                            directory,
                            "--insecure",
                            "--priority=" + entry.getKey(),
                            "--sni-hostname=web.example",
                            "--port=" + server.port(),
                            "127.0.0.1");
                    assertTrue(result.out().contains(entry.getValue()), result::toString);
                }
            }
        }
    }

    @Nested
    class EachKey {
        private final AtomicReference<CertifiedKey> mail = new AtomicReference<>(MAIL_RSA);
        private final List<KeyChange> changes = new ArrayList<>();
        private final SSLContext server = TlsContext.presenting(WEB_EC)
                .alsoPresenting(mail::get)
                .onKeyChange(changes::add)
                .toSslContext();

        private X509Certificate shown(String host) throws Exception {
            SSLEngine engine = new Visitor("TLSv1.3").context().createSSLEngine(host, 4711);
            engine.setUseClientMode(true);
            SSLEngine other = server.createSSLEngine();
            other.setUseClientMode(false);
            new EnginePair(engine, other).talk();
            return (X509Certificate) engine.getSession().getPeerCertificates()[0];
        }

        @Test
        void followsItsOwnRenewal() throws Exception {
            CertifiedKey renewed = PKI.issue(TestPki.ecKey(), "mail.example");
            assertEquals(MAIL_RSA.chain().leaf(), shown("mail.example"));
            mail.set(renewed);
            assertEquals(renewed.chain().leaf(), shown("mail.example"));
            assertEquals(WEB_EC.chain().leaf(), shown("web.example"));
            assertEquals(
                    List.of(new KeyChange.Followed(
                            renewed.chain().fingerprint(), MAIL_RSA.chain().fingerprint())),
                    changes);
        }

        @Test
        void thatIsMissingAtTheStartIsNamed() {
            assertThrows(IllegalStateException.class, () -> TlsContext.presenting(WEB_EC)
                    .alsoPresenting(() -> {
                        throw new IllegalStateException("nothing installed");
                    })
                    .toSslContext());
        }
    }

    @Nested
    class TheParameters {
        @Test
        void areWhatAServerAndAClientNeed() throws Exception {
            SSLParameters parameters = SERVER.getDefaultSSLParameters();
            assertArrayEquals(new String[] {"TLSv1.3", "TLSv1.2"}, parameters.getProtocols());
            assertEquals("HTTPS", parameters.getEndpointIdentificationAlgorithm());
            assertTrue(parameters.getUseCipherSuitesOrder());
            assertFalse(Arrays.stream(parameters.getCipherSuites())
                    .anyMatch(suite -> suite.matches(".*(NULL|anon|EXPORT|RC4|3DES|MD5).*")));
        }

        @Test
        void letTheServersOrderOfSuitesWin() throws Exception {
            List<String> suites = Stream.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384")
                    .toList();
            List<String> reverse = List.of(suites.get(1), suites.get(0));
            SSLEngine client = new Visitor("TLSv1.3").context().createSSLEngine("web.example", 1);
            client.setUseClientMode(true);
            client.setEnabledCipherSuites(suites.toArray(String[]::new));
            SSLEngine server = SERVER.createSSLEngine();
            server.setUseClientMode(false);
            SSLParameters parameters = SERVER.getDefaultSSLParameters();
            parameters.setCipherSuites(reverse.toArray(String[]::new));
            server.setSSLParameters(parameters);
            new EnginePair(client, server).talk();
            assertEquals(reverse.get(0), client.getSession().getCipherSuite());
        }

        @Test
        void refuseWhatIsOlderThanTls12() {
            SSLEngine client = new Visitor("TLSv1.3").context().createSSLEngine("web.example", 1);
            client.setUseClientMode(true);
            client.setEnabledProtocols(new String[] {"TLSv1.1"});
            SSLEngine server = SERVER.createSSLEngine();
            server.setUseClientMode(false);
            assertThrows(SSLException.class, () -> new EnginePair(client, server).talk());
        }
    }
}
