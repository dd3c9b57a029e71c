package dev.certkit.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.time.MovableClock;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustCode;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person decides counts from the next connection on; no session carries an old decision further. */
@Tag("G5")
@Tag("G6")
@Timeout(120)
class TrustChangeTest {
    private static final TestPki PKI = new TestPki("Change CA");

    private final CertifiedKey key = PKI.server();
    private final Fingerprint fingerprint = key.chain().fingerprint();
    private final SSLContext server = TlsContext.presenting(key).toSslContext();
    private final ChangingPolicy policy = new ChangingPolicy(PKI.anchors());
    private final SSLContext client = TlsContext.trusting(policy).toSslContext();

    static Stream<Arguments> callersAndProtocols() {
        return UntrustedPeerTest.callersAndProtocols();
    }

    private boolean isResumed(Caller caller, Caller.Target target) throws IOException {
        int before = policy.asked.size();
        caller.call(client, target);
        return policy.asked.size() == before;
    }

    @Nested
    class OfAClient {
        @ParameterizedTest(name = "{0} {1}")
        @MethodSource("dev.certkit.tls.TrustChangeTest#callersAndProtocols")
        void aRejectEndsTheNextConnectionAndAnAcceptBeginsIt(Caller caller, String protocol) throws Exception {
            try (TestServer running = TestServer.Kind.HTTPS_SERVER.start(server)) {
                Caller.Target target = new Caller.Target(running, server, "localhost", protocol);
                caller.call(client, target);
                assertTrue(isResumed(caller, target), "without resumption nothing is proved here");

                policy.reject(fingerprint);
                IOException failure = assertThrows(IOException.class, () -> caller.call(client, target));
                assertEquals(
                        TrustCode.REJECTED,
                        UntrustedPeerException.in(failure)
                                .orElseThrow()
                                .verdict()
                                .reasons()
                                .get(0)
                                .code());
                assertThrows(IOException.class, () -> caller.call(client, target));

                policy.allow(fingerprint);
                caller.call(client, target);
                assertTrue(isResumed(caller, target), "sessions must be resumed again");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
        void aSocketMadeBeforeTheRejectDoesNotResumeAfterIt(String protocol) throws Exception {
            try (TestServer running = TestServer.Kind.HTTPS_SERVER.start(server)) {
                Caller.Target target = new Caller.Target(running, server, "localhost", protocol);
                Caller.SOCKET.call(client, target);
                assertTrue(isResumed(Caller.SOCKET, target));
                try (SSLSocket early = (SSLSocket) client.getSocketFactory().createSocket()) {
                    early.setEnabledProtocols(new String[] {protocol});
                    policy.reject(fingerprint);
                    // Somebody has to look, or nobody knows of the change.
                    client.createSSLEngine();
                    early.connect(new InetSocketAddress("localhost", running.port()));
                    assertThrows(IOException.class, early::startHandshake);
                }
            }
        }
    }

    @Nested
    class OfAServer {
        private final CertifiedKey device = PKI.issue(TestPki.ecKey());
        private final SSLContext visitor =
                TlsContext.trusting(PKI.anchors()).presenting(device).toSslContext();
        private final SSLContext asking =
                TlsContext.trusting(policy).presenting(key).toSslContext();

        private boolean connect(String protocol) throws IOException {
            int before = policy.asked.size();
            SSLEngine engine = visitor.createSSLEngine("localhost", 4711);
            engine.setUseClientMode(true);
            engine.setEnabledProtocols(new String[] {protocol});
            SSLEngine other = asking.createSSLEngine();
            other.setUseClientMode(false);
            other.setNeedClientAuth(true);
            new EnginePair(engine, other).talk();
            return policy.asked.size() == before;
        }

        @ParameterizedTest
        @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
        void aRejectOfAClientEndsItsNextConnection(String protocol) throws Exception {
            connect(protocol);
            assertTrue(connect(protocol), "the client must resume, or nothing is proved here");
            policy.reject(device.chain().fingerprint());
            assertThrows(IOException.class, () -> connect(protocol));
            policy.allow(device.chain().fingerprint());
            connect(protocol);
            assertTrue(connect(protocol));
        }
    }

    @Nested
    class TheContext {
        private final MovableClock clock = MovableClock.at(Instant.now());

        private LiveContext live(TrustPolicy trust) {
            return new LiveContext(java.util.List.of(), new RealContexts(new PolicyTrust(trust, clock)));
        }

        @Test
        void isSwappedOncePerChangeAndNeverPerConnection() {
            LiveContext live = live(policy);
            Set<SSLContext> contexts = new HashSet<>();
            for (int change = 0; change < 5; change++) {
                policy.reject(fingerprint);
                for (int connection = 0; connection < 100; connection++) {
                    contexts.add(live.get());
                }
            }
            assertEquals(5, contexts.size());
        }

        @Test
        void isSwappedWhenACertificateThatWasTrustedHasExpired() throws Exception {
            CertifiedKey brief = PKI.issue(TestPki.ecKey(), Duration.ofDays(-1), Duration.ofHours(1), "localhost");
            PolicyTrust trust = new PolicyTrust(policy, clock);
            LiveContext live = new LiveContext(java.util.List.of(), new RealContexts(trust));
            Set<SSLContext> contexts = new HashSet<>(Set.of(live.get()));
            trust.checkServerTrusted(
                    brief.chain().certificates().toArray(java.security.cert.X509Certificate[]::new), "EC");
            clock.advance(Duration.ofMinutes(59));
            contexts.add(live.get());
            assertEquals(1, contexts.size(), "it is valid still");
            clock.advance(Duration.ofMinutes(2));
            for (int i = 0; i < 10; i++) {
                contexts.add(live.get());
            }
            assertEquals(2, contexts.size());
        }

        @Test
        void isNotSwappedForeverByACertificateThatWasAcceptedThoughItHadExpired() throws Exception {
            CertifiedKey worn = PKI.issue(TestPki.ecKey(), Duration.ofDays(-9), Duration.ofDays(-2), "localhost");
            PolicyTrust trust = new PolicyTrust(TrustPolicy.insecureAcceptAll(policy), clock);
            LiveContext live = new LiveContext(java.util.List.of(), new RealContexts(trust));
            SSLContext context = live.get();
            trust.checkServerTrusted(
                    worn.chain().certificates().toArray(java.security.cert.X509Certificate[]::new), "EC");
            assertEquals(context, live.get());
        }

        @Test
        void isSwappedOnceWhenThePolicyCannotSayWhetherItChanged() {
            boolean[] fails = {false};
            LiveContext live = live(new TrustPolicy() {
                @Override
                public TrustVerdict judge(PresentedChain presented) {
                    return policy.judge(presented);
                }

                @Override
                public long changeToken() {
                    if (fails[0]) {
                        throw new IllegalStateException("disk on fire");
                    }
                    return 7;
                }
            });
            SSLContext first = live.get();
            try (LogCapture log = LogCapture.of(TlsContext.class)) {
                fails[0] = true;
                Set<SSLContext> contexts = new HashSet<>();
                for (int i = 0; i < 10; i++) {
                    contexts.add(live.get());
                }
                assertEquals(1, contexts.size());
                contexts.add(first);
                assertEquals(2, contexts.size());
                assertEquals(1, log.warnings().size(), () -> log.warnings().toString());
                fails[0] = false;
                contexts.add(live.get());
                assertEquals(3, contexts.size(), "what changed meanwhile is not known");
            }
        }
    }
}
