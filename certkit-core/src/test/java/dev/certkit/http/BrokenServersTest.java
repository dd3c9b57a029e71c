package dev.certkit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.http.UnreachableException.Phase;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BrokenServersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static UnreachableException failure(FaultyServer server, HttpLimits limits) {
        return failure(HttpCall.get(server.uri()), limits);
    }

    private static UnreachableException failure(HttpCall call, HttpLimits limits) {
        return assertTimeoutPreemptively(
                PATIENCE,
                () -> assertThrows(UnreachableException.class, () -> HttpTransport.standard(limits)
                        .exchange(call)));
    }

    @Nested
    @Tag("S11")
    class ABrokenServer {
        private UnreachableException received(FaultyServer faulty) {
            try (FaultyServer server = faulty) {
                UnreachableException failure = failure(server, HttpLimits.standard());
                assertEquals(Phase.RECEIVE, failure.phase());
                assertEquals(server.uri(), failure.uri());
                assertEquals(Optional.empty(), failure.deadline());
                assertEquals(OptionalInt.empty(), failure.bodyLimit());
                assertNotNull(failure.getCause());
                assertTrue(failure.getMessage().startsWith(server.uri() + ": "), failure.getMessage());
                return failure;
            }
        }

        @Test
        void thatClosesWithoutAnAnswerIsUnreachable() {
            assertTrue(received(FaultyServer.closesAtOnce()).getMessage().contains("broke before"));
        }

        @Test
        void thatClosesInTheBodyIsUnreachable() {
            assertTrue(received(FaultyServer.closesEarly()).getMessage().contains("bytes received: 3"));
        }

        @Test
        void thatResetsIsUnreachable() {
            received(FaultyServer.resets());
            received(FaultyServer.resetsInTheBody());
        }

        @Test
        void thatSendsHugeHeadersIsUnreachable() {
            assertTrue(received(FaultyServer.hugeHeaders()).getMessage().contains("headers are too large"));
        }

        @Test
        void thatSendsBrokenChunksIsUnreachable() {
            received(FaultyServer.brokenChunks());
            received(FaultyServer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\nabc"));
            received(FaultyServer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nabc"));
        }

        @Test
        void thatSendsAnImpossibleLengthIsUnreachable() {
            received(FaultyServer.raw("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc"));
            received(FaultyServer.raw("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nabc"));
            received(FaultyServer.raw("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nabc"));
        }

        @Test
        void thatIsNoHttpServerIsUnreachableAndItsBytesAreNotPrinted() {
            String message = received(FaultyServer.raw("\u001b[31m\u0000SSH-2.0 \u202e\r\n\r\n"))
                    .getMessage();
            assertTrue(message.contains("no HTTP"), message);
            assertTrue(message.chars().allMatch(c -> c >= ' ' && c < 0x7F), message);
        }

        @Test
        void thatSendsAStatusOfNoThreeDigitsIsUnreachable() {
            received(FaultyServer.raw("HTTP/1.1 000 Zero\r\nContent-Length: 0\r\n\r\n"));
            received(FaultyServer.raw("HTTP/1.1 -42 Minus\r\nContent-Length: 0\r\n\r\n"));
        }
    }

    @Nested
    @Tag("S11")
    class NoServer {
        @Test
        void onThePortIsAPhaseOfConnectWithTheHostInTheMessage() throws Exception {
            int port;
            try (ServerSocket closed = new ServerSocket(0)) {
                port = closed.getLocalPort();
            }
            UnreachableException failure =
                    failure(HttpCall.get(URI.create("http://127.0.0.1:" + port + "/scep")), HttpLimits.standard());
            assertEquals(Phase.CONNECT, failure.phase());
            assertTrue(
                    failure.getMessage().startsWith("http://127.0.0.1:" + port + "/scep: no connection could be made"),
                    failure.getMessage());
        }

        @Test
        void ofThatNameIsAPhaseOfResolve() {
            UnreachableException failure =
                    failure(HttpCall.get(URI.create("http://nobody.invalid/")), HttpLimits.standard());
            assertEquals(Phase.RESOLVE, failure.phase());
            assertTrue(failure.getMessage().contains("nobody.invalid"), failure.getMessage());
        }

        @Test
        void thatSpeaksTlsIsAPhaseOfTls() {
            try (FaultyServer server = FaultyServer.that(visit -> visit.send("HTTP/1.1 400 Bad\r\n\r\n"))) {
                URI uri = URI.create("https://127.0.0.1:" + server.port() + "/");
                UnreachableException failure = failure(HttpCall.get(uri), HttpLimits.standard());
                assertEquals(Phase.TLS, failure.phase());
            }
        }

        @Test
        void showsNoQueryInTheMessage() throws Exception {
            try (FaultyServer server = FaultyServer.resets()) {
                HttpCall call = HttpCall.get(server.uri()).parameter("token", "geheim");
                UnreachableException failure = failure(call, HttpLimits.standard());
                assertFalse(failure.getMessage().contains("geheim"), failure.getMessage());
                assertFalse(call.toString().contains("geheim"), call.toString());
                assertTrue(failure.uri().toString().contains("geheim"));
            }
        }
    }
}
