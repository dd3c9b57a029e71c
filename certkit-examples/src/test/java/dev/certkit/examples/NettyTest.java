package dev.certkit.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.KeyType;
import dev.certkit.shelf.Endpoints;
import dev.certkit.shelf.Identities;
import dev.certkit.shelf.trust.TrustLists;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.Storage;
import dev.certkit.tls.TlsContext;
import dev.certkit.tls.UntrustedPeerException;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustCode;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustReason;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Netty on both sides, by its {@code JdkSslContext}: it makes an engine of our context for each connection. */
@Timeout(60)
class NettyTest {
    private final Storage storage = InMemoryStorage.empty();
    private final Identities identities = Identities.in(storage).unencrypted();
    private final Endpoints endpoints = Endpoints.of(identities);
    private final CertifiedKey web = key("web");
    private final CertifiedKey office = key("office");
    private final NettyEcho netty = new NettyEcho();

    private static CertifiedKey key(String name) {
        return CertifiedKey.selfSigned(DistinguishedName.cn(name))
                .san("localhost")
                .with(KeyType.EC_P256.generate());
    }

    @BeforeEach
    void bind() throws IOException {
        identities.install("web", web);
        identities.install("office", office);
        endpoints.bind("https", "web");
    }

    @AfterEach
    void stop() {
        netty.close();
    }

    private int serve() {
        return netty.serve(TlsContext.presenting(endpoints.live("https")).toSslContext());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @Tag("T9")
    @Tag("W11")
    void aRunningServerPresentsWhatIsReboundAndRenewedToAClientThatWouldResume(String protocol) throws Exception {
        int port = serve();
        SSLContext client = TlsContext.trusting(
                        TrustAnchors.of(web.chain().leaf(), office.chain().leaf()))
                .toSslContext();
        assertEquals(web.chain().leaf(), netty.ask(client, protocol, port));
        assertEquals(web.chain().leaf(), netty.ask(client, protocol, port));

        endpoints.rebind("https", "office");
        assertEquals(office.chain().leaf(), netty.ask(client, protocol, port));

        X509Certificate renewed = identities.renew("office").chain().leaf();
        SSLContext informed = TlsContext.trusting(TrustAnchors.of(renewed)).toSslContext();
        assertEquals(renewed, netty.ask(informed, protocol, port));
        assertEquals(renewed, netty.ask(informed, protocol, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @Tag("G4")
    @Tag("G5")
    @Tag("G6")
    void aClientIsToldEveryReasonAndFollowsAPersonsWordAtOnce(String protocol) throws Exception {
        int port = serve();
        TrustLists lists = TrustLists.in(storage).open();
        TrustPolicy policy = TrustPolicy.pkix(TrustAnchors.of(office.chain().leaf()))
                .and(TrustPolicy.hostname())
                .deferringTo(lists);
        SSLContext client = TlsContext.trusting(policy).toSslContext();
        assertEquals(List.of(TrustCode.SELF_SIGNED), refused(client, protocol, port));
        lists.accept(web.chain().fingerprint());
        assertEquals(web.chain().leaf(), netty.ask(client, protocol, port));
        assertEquals(web.chain().leaf(), netty.ask(client, protocol, port));
        lists.reject(web.chain().fingerprint());
        assertTrue(refused(client, protocol, port).contains(TrustCode.REJECTED));
    }

    private List<TrustCode> refused(SSLContext client, String protocol, int port) {
        CompletionException failure = assertThrows(CompletionException.class, () -> netty.ask(client, protocol, port));
        return UntrustedPeerException.in(failure).orElseThrow(() -> failure).verdict().reasons().stream()
                .map(TrustReason::code)
                .toList();
    }
}
