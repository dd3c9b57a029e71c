package dev.certkit.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions go on while nothing changes; what happens after a change is in {@link ReloadMatrixTest}. */
@Tag("T9")
@Timeout(120)
class RenewalFollowTest {
    private static final TestPki PKI = new TestPki("Follow CA");

    private final CertifiedKey first = PKI.server();
    private final AtomicReference<CertifiedKey> live = new AtomicReference<>(first);
    private final SSLContext context = TlsContext.presenting(live::get).toSslContext();

    static Stream<Arguments> kindsAndProtocols() {
        return Arrays.stream(TestServer.Kind.values())
                .flatMap(kind -> Stream.of(Arguments.of(kind, "TLSv1.2"), Arguments.of(kind, "TLSv1.3")));
    }

    private interface Door {
        Visitor.Visit open(Visitor visitor) throws IOException;
    }

    private void resumesWithoutChange(String protocol, Door door) throws IOException {
        Visitor visitor = new Visitor(protocol);
        Visitor.Visit one = door.open(visitor);
        Visitor.Visit two = door.open(visitor);
        assertFalse(one.resumed());
        assertTrue(two.resumed(), "without a change the second connection must resume, or these tests prove nothing");
        assertEquals(first.chain().leaf(), two.leaf());
        assertEquals(protocol, two.protocol());
    }

    @Nested
    class OverSockets {
        @ParameterizedTest(name = "{0} {1}")
        @MethodSource("dev.certkit.tls.RenewalFollowTest#kindsAndProtocols")
        void clientsResumeWhileNothingChanges(TestServer.Kind kind, String protocol) throws Exception {
            try (TestServer server = kind.start(context)) {
                resumesWithoutChange(protocol, visitor -> visitor.visit(server.port()));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
        void sessionsOfTheSameKeyAreKeptWhenTheSupplierGivesAnEqualOneAnew(String protocol) throws Exception {
            try (TestServer server = TestServer.Kind.SERVER_SOCKET.start(context)) {
                Visitor visitor = new Visitor(protocol);
                visitor.visit(server.port());
                live.set(CertifiedKey.of(first.privateKey(), first.chain()));
                assertTrue(visitor.visit(server.port()).resumed());
            }
        }
    }

    @Nested
    class OverEngines {
        private SSLEngine server() {
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(false);
            return engine;
        }

        @ParameterizedTest
        @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
        void clientsResumeWhileNothingChanges(String protocol) throws Exception {
            resumesWithoutChange(protocol, visitor -> visitor.visit(this::server));
        }
    }
}
