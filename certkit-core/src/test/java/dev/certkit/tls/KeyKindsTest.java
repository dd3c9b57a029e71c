package dev.certkit.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.x509.DistinguishedName;
import java.security.KeyManagementException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Security;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys of the JDK's classes and of Bouncy Castle's serve on both sides of both protocols. */
@Timeout(120)
class KeyKindsTest {
    private static final TestPki PKI = new TestPki("Kinds CA");
    private static final SSLContext PEER =
            TlsContext.trusting(PKI.anchors()).presenting(PKI.server()).toSslContext();

    /** Who makes the key. */
    enum Maker {
        STANDARD(CryptoProviders.standard()),
        JDK(CryptoProviders.choosing(algorithm -> Optional.empty())),
        BOUNCY_CASTLE(CryptoProviders.standard().using(new BouncyCastleProvider()));

        private final CryptoProviders providers;

        Maker(CryptoProviders providers) {
            this.providers = providers;
        }
    }

    static Stream<Arguments> kinds() {
        return Stream.of(KeyType.EC_P256, KeyType.EC_P384, KeyType.EC_P521, KeyType.ED25519, KeyType.RSA_2048)
                .flatMap(type -> Stream.of(Maker.values()).map(maker -> Arguments.of(type, maker)));
    }

    private static SSLContext context(CertifiedKey key) {
        return TlsContext.trusting(PKI.anchors()).presenting(key).toSslContext();
    }

    private static SSLEngine client(SSLContext context, String protocol) {
        SSLEngine engine = context.createSSLEngine("localhost", 1);
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {protocol});
        return engine;
    }

    private static SSLEngine server(SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        return engine;
    }

    @Nested
    class AKey {
        @ParameterizedTest(name = "{0} by {1}")
        @MethodSource("dev.certkit.tls.KeyKindsTest#kinds")
        void servesAsServerAndAsClient(KeyType type, Maker maker) throws Exception {
            KeyPair pair = type.generate(maker.providers);
            if (maker != Maker.STANDARD) {
                boolean castle = pair.getPrivate().getClass().getName().startsWith("org.bouncycastle");
                assertEquals(maker == Maker.BOUNCY_CASTLE, castle);
            }
            CertifiedKey key = PKI.issue(pair, "localhost");
            SSLContext context = context(key);
            for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
                SSLEngine visitor = client(PEER, protocol);
                new EnginePair(visitor, server(context)).talk();
                assertEquals(key.chain().leaf(), visitor.getSession().getPeerCertificates()[0]);
                assertEquals(protocol, visitor.getSession().getProtocol());

                SSLEngine asking = server(PEER);
                asking.setNeedClientAuth(true);
                new EnginePair(client(context, protocol), asking).talk();
                assertEquals(key.chain().leaf(), asking.getSession().getPeerCertificates()[0]);
            }
            assertNull(Security.getProvider("BC"), "nothing may be registered");
        }

        @Test
        void thatStaysInItsTokenIsHandedOnAsItIs() throws Exception {
            KeyPair pair = TestPki.ecKey();
            CertifiedKey key = PKI.issue(pair, "localhost");
            PrivateKey token = SampleKeys.inToken("EC");
            assertEquals(token, PresentedKey.forTheJdk(token, "EC"));
            assertArrayEquals(
                    pair.getPrivate().getEncoded(),
                    PresentedKey.forTheJdk(key.privateKey(), "EC").getEncoded());
        }
    }

    @Nested
    class AContext {
        @Test
        void speaksNothingOlderThanTls12() {
            for (SSLEngine engine : new SSLEngine[] {server(PEER), client(PEER, "TLSv1.2")}) {
                assertTrue(SafeDefaults.PROTOCOLS.containsAll(List.of(engine.getEnabledProtocols())));
            }
            assertArrayEquals(
                    new String[] {"TLSv1.3", "TLSv1.2"},
                    PEER.getDefaultSSLParameters().getProtocols());
            assertArrayEquals(
                    new String[] {"TLSv1.3", "TLSv1.2"},
                    PEER.getSupportedSSLParameters().getProtocols());
        }

        @Test
        void cannotBeInitialisedAgain() {
            assertThrows(KeyManagementException.class, () -> PEER.init(null, null, null));
        }

        @Test
        void withoutAKeyServesNobody() {
            SSLContext context = TlsContext.trusting(PKI.anchors()).toSslContext();
            assertThrows(SSLException.class, () -> new EnginePair(client(PEER, "TLSv1.3"), server(context)).talk());
        }

        @ParameterizedTest
        @EnumSource(Maker.class)
        void trustsASelfSignedDeviceThatIsItsOwnAnchor(Maker maker) throws Exception {
            CertifiedKey device = CertifiedKey.selfSigned(DistinguishedName.cn("printer-7"))
                    .san("localhost")
                    .with(KeyType.EC_P256.generate(maker.providers));
            SSLContext trusting =
                    TlsContext.trusting(TrustAnchors.of(device.chain().leaf())).toSslContext();
            SSLEngine client = client(trusting, "TLSv1.3");
            new EnginePair(client, server(context(device))).talk();
            assertEquals(device.chain().leaf(), client.getSession().getPeerCertificates()[0]);
        }
    }
}
