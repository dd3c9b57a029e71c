package dev.certkit.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.shelf.Endpoints;
import dev.certkit.shelf.Identities;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.RecordContent;
import dev.certkit.store.Shelf;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A running server presents what lies in the storage: renewed, rebound, and the last good one while that is broken. */
@Timeout(120)
class StoredKeyTest {
    private static final TestPki PKI = new TestPki("Stored CA");

    private final Storage storage = InMemoryStorage.empty();
    private final Identities identities = Identities.in(storage).unencrypted();
    private final Endpoints endpoints = Endpoints.of(identities);
    private final CertifiedKey first = PKI.server();
    private final CertifiedKey second = PKI.server();
    private final List<KeyChange> changes = new CopyOnWriteArrayList<>();

    @BeforeEach
    void install() throws IOException {
        identities.install("web", first);
        identities.install("other", second);
        endpoints.bind("https-5753", "web");
    }

    private SSLContext context() {
        return TlsContext.presenting(endpoints.live("https-5753"))
                .onKeyChange(changes::add)
                .toSslContext();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("dev.certkit.tls.RenewalFollowTest#kindsAndProtocols")
    @Tag("W11")
    void rebindingTakesEffectWithoutARestartAlsoForAClientThatResumes(TestServer.Kind kind, String protocol)
            throws Exception {
        try (TestServer server = kind.start(context())) {
            Visitor visitor = new Visitor(protocol);
            assertEquals(first.chain().leaf(), visitor.visit(server.port()).leaf());
            assertTrue(visitor.visit(server.port()).resumed());
            endpoints.rebind("https-5753", "other");
            assertEquals(second.chain().leaf(), visitor.visit(server.port()).leaf());
            CertifiedKey third = PKI.server();
            identities.install("other", third);
            assertEquals(third.chain().leaf(), visitor.visit(server.port()).leaf());
            assertEquals(2, changes.size(), changes::toString);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("dev.certkit.tls.RenewalFollowTest#kindsAndProtocols")
    @Tag("T9")
    void aHalfWrittenIdentityLeavesTheLastGoodOneWhichIsSaid(TestServer.Kind kind, String protocol) throws Exception {
        try (TestServer server = kind.start(context());
                LogCapture log = LogCapture.of(TlsContext.class)) {
            Visitor visitor = new Visitor(protocol);
            visitor.visit(server.port());
            StoredRecord whole =
                    storage.find(Shelf.of("identities").name("web")).orElseThrow();
            byte[] payload = whole.content().payload();
            StoredRecord half = storage.replace(
                    whole, RecordContent.of(Arrays.copyOf(payload, payload.length - payload.length / 3)));
            for (int i = 0; i < 5; i++) {
                assertEquals(first.chain().leaf(), visitor.visit(server.port()).leaf());
            }
            assertEquals(1, changes.size(), changes::toString);
            KeyChange.Kept kept = (KeyChange.Kept) changes.get(0);
            assertEquals(first.chain().fingerprint(), kept.presented());
            assertTrue(kept.cause().isPresent());
            assertEquals(1, log.warnings().size(), () -> log.warnings().toString());
            assertFalse(kept.toString().contains("PRIVATE"), kept::toString);

            storage.replace(half, whole.content());
            identities.install("web", second);
            assertEquals(second.chain().leaf(), visitor.visit(server.port()).leaf());
        }
    }
}
