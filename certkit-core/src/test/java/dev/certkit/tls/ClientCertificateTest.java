package dev.certkit.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.trust.TrustAnchors;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that asks for client certificates checks them against its anchors, and never against the client's address. */
@Timeout(120)
class ClientCertificateTest {
    private static final TestPki SERVERS = new TestPki("Server CA");
    private static final TestPki DEVICES = new TestPki("Device CA");
    private static final SSLContext SERVER =
            TlsContext.trusting(DEVICES.anchors()).presenting(SERVERS.server()).toSslContext();

    /** Its certificate has no name at all that could be compared with an address. */
    private static final CertifiedKey DEVICE = DEVICES.issue(TestPki.ecKey());

    static Stream<Arguments> kindsAndProtocols() {
        return RenewalFollowTest.kindsAndProtocols();
    }

    private static SSLContext client(CertifiedKey key) {
        return TlsContext.trusting(SERVERS.anchors()).presenting(key).toSslContext();
    }

    private static SSLContext client() {
        return TlsContext.trusting(SERVERS.anchors()).toSslContext();
    }

    private static boolean isServed(SSLContext client, TestServer server, String protocol) throws IOException {
        try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("localhost", server.port())) {
            socket.setSoTimeout(20_000);
            socket.setEnabledProtocols(new String[] {protocol});
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes());
            return new String(socket.getInputStream().readAllBytes()).endsWith("hallo");
        } catch (IOException e) {
            return false;
        }
    }

    @Nested
    class ThatIsNeeded {
        @ParameterizedTest(name = "{0} {1}")
        @MethodSource("dev.certkit.tls.ClientCertificateTest#kindsAndProtocols")
        void isTakenFromTheAnchorsOnlyAndWithoutANameCheck(TestServer.Kind kind, String protocol) throws Exception {
            try (TestServer server = kind.start(SERVER, parameters -> parameters.setNeedClientAuth(true))) {
                SSLContext device = client(DEVICE);
                assertTrue(isServed(device, server, protocol));
                assertTrue(isServed(device, server, protocol), "resuming");
                assertFalse(isServed(client(), server, protocol), "without a certificate");
                SSLContext stranger = client(new TestPki("Device CA").issue(TestPki.ecKey()));
                assertFalse(isServed(stranger, server, protocol), "of another CA with the same name");
                assertFalse(isServed(client(SERVERS.server()), server, protocol), "of another CA");
            }
        }

        @ParameterizedTest(name = "{0} {1}")
        @MethodSource("dev.certkit.tls.ClientCertificateTest#kindsAndProtocols")
        void isNeverTakenWithoutAnchors(TestServer.Kind kind, String protocol) throws Exception {
            SSLContext open = TlsContext.presenting(SERVERS.server()).toSslContext();
            try (TestServer server = kind.start(open, parameters -> parameters.setNeedClientAuth(true))) {
                assertFalse(isServed(client(DEVICE), server, protocol));
                assertFalse(isServed(client(), server, protocol));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
        void isRenewedForTheNextConnectionOfAResumingClient(String protocol) throws Exception {
            CertifiedKey renewed = DEVICES.issue(TestPki.ecKey());
            AtomicReference<CertifiedKey> live = new AtomicReference<>(DEVICE);
            SSLContext client =
                    TlsContext.trusting(SERVERS.anchors()).presenting(live::get).toSslContext();
            assertEquals(DEVICE.chain().leaf(), seenByTheServer(client, protocol));
            assertEquals(DEVICE.chain().leaf(), seenByTheServer(client, protocol));
            live.set(renewed);
            assertEquals(renewed.chain().leaf(), seenByTheServer(client, protocol));
        }

        private Object seenByTheServer(SSLContext context, String protocol) throws Exception {
            SSLEngine client = context.createSSLEngine("localhost", 4711);
            client.setUseClientMode(true);
            client.setEnabledProtocols(new String[] {protocol});
            SSLEngine server = SERVER.createSSLEngine();
            server.setUseClientMode(false);
            server.setNeedClientAuth(true);
            new EnginePair(client, server).talk();
            assertTrue(server.getNeedClientAuth());
            assertEquals("HTTPS", server.getSSLParameters().getEndpointIdentificationAlgorithm());
            return server.getSession().getPeerCertificates()[0];
        }
    }

    @Nested
    class ThatIsWanted {
        @Test
        void isLeftOutWhenTheServerNamesOtherAuthorities() throws Exception {
            try (TestServer server =
                    TestServer.Kind.SERVER_SOCKET.start(SERVER, parameters -> parameters.setWantClientAuth(true))) {
                assertTrue(isServed(client(), server, "TLSv1.2"));
                assertTrue(isServed(client(DEVICE), server, "TLSv1.2"));
                assertTrue(
                        isServed(client(SERVERS.server()), server, "TLSv1.2"), "sent a certificate nobody asked for");
            }
        }
    }

    @Nested
    class ThatNobodyAskedFor {
        @Test
        void isNotSent() throws Exception {
            SSLEngine client = client(DEVICE).createSSLEngine("localhost", 1);
            client.setUseClientMode(true);
            SSLEngine server = SERVER.createSSLEngine();
            server.setUseClientMode(false);
            new EnginePair(client, server).talk();
            assertThrows(
                    SSLPeerUnverifiedException.class, () -> server.getSession().getPeerCertificates());
            assertNotNull(client.getSession().getPeerCertificates());
        }
    }

    @Nested
    class TheManagers {
        @Test
        void doNotMixUpServersAndClientsWithoutASession() throws Exception {
            X509ExtendedTrustManager trust =
                    TlsContext.trusting(TrustAnchors.of(DEVICES.root())).toTrustManager();
            X509Certificate[] chain = {DEVICE.chain().leaf()};
            trust.checkClientTrusted(chain, "EC");
            trust.checkClientTrusted(chain, "EC", (Socket) null);
            trust.checkServerTrusted(chain, "ECDHE_ECDSA");
            X509Certificate[] other = {SERVERS.server().chain().leaf()};
            assertThrows(UntrustedPeerException.class, () -> trust.checkClientTrusted(other, "EC"));
            assertThrows(UntrustedPeerException.class, () -> trust.checkServerTrusted(other, "ECDHE_ECDSA"));
            assertEquals(Arrays.asList(DEVICES.root()), Arrays.asList(trust.getAcceptedIssuers()));
        }

        @Test
        void presentTheirKeyUnderOneAliasOnly() {
            PresentedKeys key = PresentedKeys.of(List.of(DEVICE));
            assertEquals(null, key.getPrivateKey("other"));
            assertEquals(null, key.getCertificateChain("other"));
            assertEquals(null, key.chooseServerAlias("RSA", null, null));
            assertEquals(0, key.getServerAliases("RSA", null).length);
            assertEquals(0, key.getClientAliases("RSA", null).length);
            String alias = key.chooseServerAlias("EC", null, null);
            assertEquals(alias, key.chooseClientAlias(new String[] {"RSA", "EC"}, null, null));
            assertEquals(alias, key.getServerAliases("EC", null)[0]);
            assertEquals(alias, key.getClientAliases("EC", null)[0]);
            assertEquals(DEVICE.chain().leaf(), key.getCertificateChain(alias)[0]);
        }
    }
}
