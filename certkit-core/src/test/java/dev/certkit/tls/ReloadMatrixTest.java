package dev.certkit.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every cell of Java × protocol × client × server: the certificate of after a renewal is what the next connection gets.
 *
 * <p>Each server is set up before the renewal and knows nothing of it. Java is the one that runs the test.
 */
@Tag("T9")
@Timeout(120)
class ReloadMatrixTest {
    private static final TestPki PKI = new TestPki("Matrix CA");

    private final CertifiedKey first = PKI.server();
    private final CertifiedKey second = PKI.server();
    private final AtomicReference<CertifiedKey> live = new AtomicReference<>(first);
    private final SSLContext context = TlsContext.presenting(live::get).toSslContext();

    private enum Client {
        NEW,
        RESUMING
    }

    private enum Server {
        SERVER_SOCKET_MADE_BEFORE,
        SOCKET_WRAPPED_AFTER_ACCEPTING,
        HTTPS_SERVER_STARTED_BEFORE,
        ENGINE_PER_CONNECTION
    }

    private record Cell(Client client, String protocol, Server server) {
        @Override
        public String toString() {
            String words = client + " client, " + server.name().replace('_', ' ');
            return "Java " + Runtime.version().feature() + ", " + protocol + ", " + words.toLowerCase(Locale.ROOT);
        }
    }

    static Stream<Cell> cells() {
        return Stream.of(Server.values()).flatMap(server -> Stream.of("TLSv1.2", "TLSv1.3")
                .flatMap(protocol -> Stream.of(Client.values()).map(client -> new Cell(client, protocol, server))));
    }

    /** A way into the server that stays the same over the renewal. */
    private interface Door extends AutoCloseable {
        Visitor.Visit open(Visitor visitor) throws IOException;

        @Override
        default void close() {}
    }

    private Door door(Server server) throws IOException {
        return switch (server) {
            case SERVER_SOCKET_MADE_BEFORE -> door(TestServer.Kind.SERVER_SOCKET.start(context));
            case SOCKET_WRAPPED_AFTER_ACCEPTING -> door(TestServer.Kind.WRAPPED_SOCKET.start(context));
            case HTTPS_SERVER_STARTED_BEFORE -> door(TestServer.Kind.HTTPS_SERVER.start(context));
            case ENGINE_PER_CONNECTION -> visitor -> visitor.visit(this::engine);
        };
    }

    private static Door door(TestServer server) {
        return new Door() {
            @Override
            public Visitor.Visit open(Visitor visitor) throws IOException {
                return visitor.visit(server.port());
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    private SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        return engine;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void theNextConnectionGetsTheRenewedCertificate(Cell cell) throws Exception {
        try (Door door = door(cell.server())) {
            Visitor known = new Visitor(cell.protocol());
            assertEquals(first.chain().leaf(), door.open(known).leaf());
            assertTrue(door.open(known).resumed(), "without a change it must resume, or this proves nothing");

            live.set(second);

            Visitor next = cell.client() == Client.RESUMING ? known : new Visitor(cell.protocol());
            Visitor.Visit after = door.open(next);
            assertEquals(second.chain().leaf(), after.leaf(), "it sees the old certificate");
            assertEquals(cell.protocol(), after.protocol());
            assertFalse(after.resumed());
            Visitor.Visit again = door.open(next);
            assertEquals(second.chain().leaf(), again.leaf());
            assertTrue(again.resumed(), "after the change, sessions must be resumed as before");
        }
    }
}
