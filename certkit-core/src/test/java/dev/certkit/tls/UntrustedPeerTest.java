package dev.certkit.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.trust.Peer;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustCode;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustReason;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.ExtendedKeyUsage;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A policy decides about the peers of every client and server of the JDK, and what it says reaches the application. */
@Timeout(120)
class UntrustedPeerTest {
    private static final TestPki PKI = new TestPki("Policy CA");
    private static final CertifiedKey SERVER = PKI.server();
    private static final TrustPolicy STRICT = TrustPolicy.pkix(PKI.anchors()).and(TrustPolicy.hostname());

    static Stream<Arguments> callersAndProtocols() {
        return Stream.of(Caller.values())
                .flatMap(caller -> Stream.of(Arguments.of(caller, "TLSv1.2"), Arguments.of(caller, "TLSv1.3")));
    }

    private static Set<TrustCode> codes(UntrustedPeerException failure) {
        return failure.verdict().reasons().stream().map(TrustReason::code).collect(Collectors.toSet());
    }

    private static UntrustedPeerException refused(Throwable failure) {
        return UntrustedPeerException.in(failure).orElseThrow(() -> new AssertionError(failure));
    }

    private static SSLEngine client(SSLContext context, String host) {
        SSLEngine engine = context.createSSLEngine(host, 4711);
        engine.setUseClientMode(true);
        return engine;
    }

    private static SSLEngine server(SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        return engine;
    }

    @Nested
    class ByEveryClient {
        @ParameterizedTest(name = "{0} {1}")
        @MethodSource("dev.certkit.tls.UntrustedPeerTest#callersAndProtocols")
        void aServerThatIsTrustedIsReached(Caller caller, String protocol) throws Exception {
            SSLContext context = TlsContext.presenting(SERVER).toSslContext();
            try (TestServer server = TestServer.Kind.HTTPS_SERVER.start(context)) {
                caller.call(
                        TlsContext.trusting(STRICT).toSslContext(),
                        new Caller.Target(server, context, "localhost", protocol));
            }
        }

        @ParameterizedTest(name = "{0} {1}")
        @MethodSource("dev.certkit.tls.UntrustedPeerTest#callersAndProtocols")
        void everyReasonIsToldInWordsAndAsAVerdict(Caller caller, String protocol) throws Exception {
            CertifiedKey worn = PKI.issue(TestPki.ecKey(), Duration.ofDays(-9), Duration.ofDays(-2), "other.example");
            SSLContext context = TlsContext.presenting(worn).toSslContext();
            try (TestServer server = TestServer.Kind.HTTPS_SERVER.start(context)) {
                Caller.Target target = new Caller.Target(server, context, "localhost", protocol);
                IOException failure = assertThrows(
                        IOException.class,
                        () -> caller.call(TlsContext.trusting(STRICT).toSslContext(), target));
                UntrustedPeerException why = refused(failure);
                assertEquals(Set.of(TrustCode.EXPIRED, TrustCode.WRONG_NAME), codes(why));
                assertEquals("localhost", why.peer().map(Peer::host).orElse(""));
                for (TrustReason reason : why.verdict().reasons()) {
                    assertTrue(why.getMessage().contains(reason.text()), why.getMessage());
                }
                assertTrue(failure.getMessage().contains("other.example"), failure.getMessage());
            }
        }
    }

    @Nested
    class Names {
        private final SSLContext wrong = TlsContext.presenting(PKI.issue(TestPki.ecKey(), "other.example"))
                .toSslContext();

        private SSLParameters identification(String algorithm) {
            SSLParameters parameters = new SSLParameters();
            parameters.setEndpointIdentificationAlgorithm(algorithm);
            return parameters;
        }

        @Test
        void areCheckedForAPolicyThatDoesNotLookAtThem() {
            SSLContext context =
                    TlsContext.trusting(TrustPolicy.pkix(PKI.anchors())).toSslContext();
            SSLHandshakeException failure = assertThrows(
                    SSLHandshakeException.class,
                    () -> new EnginePair(client(context, "localhost"), server(wrong)).talk());
            assertEquals(Set.of(TrustCode.WRONG_NAME), codes(refused(failure)));
        }

        @Test
        void areLeftToAPolicyThatTakesThemOn() throws Exception {
            TrustPolicy waving = new TrustPolicy() {
                @Override
                public TrustVerdict judge(PresentedChain presented) {
                    return TrustPolicy.pkix(PKI.anchors()).judge(presented);
                }

                @Override
                public boolean judgesNames() {
                    return true;
                }
            };
            new EnginePair(client(TlsContext.trusting(waving).toSslContext(), "localhost"), server(wrong)).talk();
        }

        @Test
        void areCheckedByAPolicyAlsoWhereTheEngineDoesNotAsk() throws Exception {
            SSLEngine strict = client(TlsContext.trusting(STRICT).toSslContext(), "localhost");
            strict.setSSLParameters(identification(""));
            assertThrows(SSLHandshakeException.class, () -> new EnginePair(strict, server(wrong)).talk());
            SSLEngine loose =
                    client(TlsContext.trusting(TrustPolicy.pkix(PKI.anchors())).toSslContext(), "localhost");
            loose.setSSLParameters(identification(""));
            new EnginePair(loose, server(wrong)).talk();
        }

        @Test
        void areThoseOfTheServerNameIndicationFirst() throws Exception {
            SSLEngine engine = client(TlsContext.trusting(STRICT).toSslContext(), "127.0.0.1");
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName("other.example")));
            engine.setSSLParameters(parameters);
            new EnginePair(engine, server(wrong)).talk();
        }

        @Test
        void areNotCheckedByAManagerThatKnowsNoConnectionUnlessThePolicyDoes() throws Exception {
            X509Certificate[] chain = {SERVER.chain().leaf()};
            TlsContext.trusting(PKI.anchors()).toTrustManager().checkServerTrusted(chain, "ECDHE_ECDSA");
            X509ExtendedTrustManager strict = TlsContext.trusting(STRICT).toTrustManager();
            assertThrows(UntrustedPeerException.class, () -> strict.checkServerTrusted(chain, "ECDHE_ECDSA"));
        }
    }

    @Nested
    class AClient {
        private final SSLContext device = TlsContext.trusting(PKI.anchors())
                .presenting(PKI.issue(TestPki.ecKey()))
                .toSslContext();

        private void connect(SSLContext server) throws IOException {
            SSLEngine asking = server(server);
            asking.setNeedClientAuth(true);
            new EnginePair(client(device, "localhost"), asking).talk();
        }

        @Test
        void isJudgedForItsPurposeAndWithoutAHost() throws Exception {
            ChangingPolicy policy = new ChangingPolicy(PKI.anchors());
            connect(TlsContext.trusting(policy).presenting(SERVER).toSslContext());
            PresentedChain asked = policy.asked.remove();
            assertEquals(Optional.of(ExtendedKeyUsage.CLIENT_AUTH), asked.purpose());
            assertEquals(Optional.empty(), asked.peer());
        }

        @Test
        void isNotRefusedForTheNameThatItDoesNotHave() throws Exception {
            connect(TlsContext.trusting(STRICT).presenting(SERVER).toSslContext());
        }

        @Test
        void isRefusedWithTheReasonsOnTheServersSide() {
            TrustPolicy elsewhere = TrustPolicy.pkix(new TestPki("Elsewhere CA").anchors());
            SSLContext server =
                    TlsContext.trusting(elsewhere).presenting(SERVER).toSslContext();
            X509Certificate[] chain = {PKI.issue(TestPki.ecKey()).chain().leaf()};
            UntrustedPeerException failure = assertThrows(
                    UntrustedPeerException.class,
                    () -> TlsContext.trusting(elsewhere).toTrustManager().checkClientTrusted(chain, "EC"));
            assertEquals(Set.of(TrustCode.UNKNOWN_ISSUER), codes(failure));
            assertTrue(failure.getMessage().startsWith("the client is not trusted"), failure.getMessage());
            assertThrows(IOException.class, () -> connect(server));
        }
    }

    @Nested
    class WhateverHappens {
        private final X509Certificate[] chain = {SERVER.chain().leaf()};

        @Test
        void aPolicyThatFailsTrustsNobodyAndNothingUncheckedComesOut() {
            TrustPolicy broken = presented -> {
                throw new IllegalStateException("out of order");
            };
            X509ExtendedTrustManager trust = TlsContext.trusting(broken).toTrustManager();
            CertificateException failure =
                    assertThrows(CertificateException.class, () -> trust.checkServerTrusted(chain, "EC"));
            assertInstanceOf(IllegalStateException.class, failure.getCause());
            assertFalse(UntrustedPeerException.in(failure).isPresent());
            TrustPolicy endless = presented -> {
                throw new StackOverflowError();
            };
            assertThrows(
                    CertificateException.class,
                    () -> TlsContext.trusting(endless).toTrustManager().checkServerTrusted(chain, "EC"));
        }

        @Test
        void aChainThatIsNoneIsRefused() {
            X509ExtendedTrustManager trust = TlsContext.trusting(STRICT).toTrustManager();
            for (X509Certificate[] none : new X509Certificate[][] {null, {}}) {
                assertThrows(UntrustedPeerException.class, () -> trust.checkServerTrusted(none, "EC"));
                assertThrows(UntrustedPeerException.class, () -> trust.checkClientTrusted(none, "EC"));
            }
        }

        @ParameterizedTest
        @EnumSource(
                value = TrustCode.class,
                names = {"EXPIRED", "WRONG_NAME"})
        void anExceptionIsFoundAmongItsCauses(TrustCode code) {
            TrustReason reason = code == TrustCode.EXPIRED
                    ? new TrustReason.Expired(0, java.time.Instant.EPOCH, java.time.Instant.EPOCH)
                    : new TrustReason.WrongName("a", List.of());
            UntrustedPeerException failure = new UntrustedPeerException(
                    new TrustVerdict.Untrusted(List.of(reason)), Optional.of(new Peer("a", 1)));
            assertEquals(Optional.of(failure), UntrustedPeerException.in(new IOException(new IOException(failure))));
            assertEquals(Optional.empty(), UntrustedPeerException.in(new IOException("other")));
            assertTrue(failure.getMessage().startsWith("a:1 is not trusted: "), failure.getMessage());
        }
    }
}
