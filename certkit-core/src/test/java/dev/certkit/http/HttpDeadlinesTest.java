package dev.certkit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.http.UnreachableException.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpDeadlinesTest {
    private static final Duration SHORT = Duration.ofMillis(1000);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpLimits HASTY =
            HttpLimits.standard().connectWithin(Duration.ofMillis(800)).finishWithin(SHORT);

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
    class TheDeadline {
        private void holds(FaultyServer faulty, HttpCall call, Phase phase) throws Exception {
            try (FaultyServer server = faulty) {
                UnreachableException failure = failure(call, HASTY);
                assertEquals(phase, failure.phase());
                assertEquals(Optional.of(SHORT), failure.deadline());
                assertTrue(failure.getMessage().contains("127.0.0.1:" + server.port()), failure.getMessage());
                assertTrue(failure.getMessage().contains("1000 ms"), failure.getMessage());
                assertTrue(server.clientHungUp(PATIENCE), "the connection was left open");
            }
        }

        @Test
        void endsAGetIntoABlackHole() throws Exception {
            FaultyServer server = FaultyServer.blackHole();
            holds(server, HttpCall.get(server.uri()), Phase.RECEIVE);
        }

        @Test
        void endsAPostIntoABlackHole() throws Exception {
            FaultyServer server = FaultyServer.blackHole();
            holds(server, HttpCall.post(server.uri(), "text/plain", new byte[10]), Phase.RECEIVE);
        }

        @Test
        void endsADripOfTheBodyWhichTheJdkTimeoutDoesNot() throws Exception {
            FaultyServer server = FaultyServer.drip(Duration.ofMillis(20));
            holds(server, HttpCall.get(server.uri()), Phase.RECEIVE);
        }

        @Test
        void endsADripOfHeaders() throws Exception {
            FaultyServer server = FaultyServer.dripOfHeaders(Duration.ofMillis(20));
            holds(server, HttpCall.get(server.uri()), Phase.RECEIVE);
        }

        @Test
        void endsAPostThatNobodyReads() throws Exception {
            CountDownLatch done = new CountDownLatch(1);
            try (FaultyServer server = FaultyServer.that(visit -> done.await())) {
                UnreachableException failure =
                        failure(HttpCall.post(server.uri(), "text/plain", new byte[32 << 20]), HASTY);
                assertEquals(Phase.SEND, failure.phase());
                assertEquals(Optional.of(SHORT), failure.deadline());
            } finally {
                done.countDown();
            }
        }

        @Test
        void coversAllRedirectsTogether() {
            AtomicReference<URI> self = new AtomicReference<>();
            try (FaultyServer server = FaultyServer.that(visit -> {
                visit.readRequest();
                visit.pause(Duration.ofMillis(400));
                visit.send("HTTP/1.1 302 Found\r\nLocation: " + self.get() + "\r\nContent-Length: 0\r\n\r\n");
            })) {
                self.set(server.uri());
                UnreachableException failure = failure(server, HASTY.redirectsUpTo(10));
                assertEquals(Optional.of(SHORT), failure.deadline());
                assertTrue(server.connections() < 5, () -> server.connections() + " connections");
            }
        }

        @Test
        void forConnectingIsItsOwn() throws Exception {
            try (FullBacklog nobody = new FullBacklog()) {
                HttpLimits limits = HttpLimits.standard().connectWithin(Duration.ofMillis(200));
                UnreachableException failure = failure(HttpCall.get(nobody.uri()), limits);
                assertEquals(Phase.CONNECT, failure.phase());
                assertEquals(Optional.of(Duration.ofMillis(200)), failure.deadline());
                assertTrue(failure.getMessage().contains("no connection within 200 ms"), failure.getMessage());
            }
        }

        @Test
        void forConnectingEndsATlsHandshakeThatNobodyAnswers() {
            try (FaultyServer server = FaultyServer.blackHole()) {
                URI uri = URI.create("https://127.0.0.1:" + server.port() + "/");
                UnreachableException failure = failure(HttpCall.get(uri), HASTY.finishWithin(PATIENCE));
                assertEquals(Phase.CONNECT, failure.phase());
                assertEquals(Optional.of(HASTY.connectTimeout()), failure.deadline());
            }
        }
    }

    /** Between one piece of the answer and the next; a drip within it is ended by the limit of the whole. */
    @Nested
    @Tag("S1")
    class TheReadLimit {
        private static final Duration SILENCE = Duration.ofMillis(300);
        private static final HttpLimits LIMITS = HttpLimits.standard().readWithin(SILENCE);

        private void endsTheSilence(UnreachableException failure) {
            assertEquals(Phase.RECEIVE, failure.phase());
            assertEquals(Optional.of(SILENCE), failure.deadline());
            assertTrue(failure.getMessage().contains("sent nothing for 300 ms"), failure.getMessage());
            assertTrue(failure.getMessage().contains("HttpLimits.readWithin"), failure.getMessage());
        }

        @Test
        void endsAWaitForAnAnswerThatDoesNotBegin() {
            try (FaultyServer server = FaultyServer.listener()) {
                endsTheSilence(failure(HttpCall.post(server.uri(), "a/b", new byte[1]), LIMITS));
            }
        }

        @Test
        void endsAnAnswerThatStopsInItsHead() {
            try (FaultyServer server = FaultyServer.that(visit -> {
                visit.readRequest();
                visit.send("HTTP/1.1 200 OK\r\nX-");
                visit.waitForTheEnd();
            })) {
                endsTheSilence(failure(server, LIMITS));
            }
        }

        @Test
        void endsAnAnswerThatStopsInItsBody() throws Exception {
            try (FaultyServer server = FaultyServer.that(visit -> {
                visit.readRequest();
                visit.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
                visit.waitForTheEnd();
            })) {
                endsTheSilence(failure(server, LIMITS));
                assertTrue(server.clientHungUp(PATIENCE), "the connection was left open");
            }
        }

        @Test
        void endsASlowDripWhoseBytesAreFurtherApart() {
            try (FaultyServer server = FaultyServer.drip(Duration.ofSeconds(5))) {
                endsTheSilence(failure(server, LIMITS));
            }
        }

        @Test
        void letsASlowDripPassWhoseBytesAreCloserTogetherUntilTheWholeTimeIsUp() {
            try (FaultyServer server = FaultyServer.drip(Duration.ofMillis(20))) {
                UnreachableException failure = failure(
                        server, HttpLimits.standard().readWithin(PATIENCE).finishWithin(SHORT));
                assertEquals(Optional.of(SHORT), failure.deadline());
            }
        }

        @Test
        void letsAnAnswerPassThatTakesLongerAltogether() throws Exception {
            try (FaultyServer server = FaultyServer.that(visit -> {
                visit.readRequest();
                visit.send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n");
                for (int i = 0; i < 8; i++) {
                    visit.pause(Duration.ofMillis(250));
                    visit.send("x");
                }
            })) {
                HttpLimits limits = HttpLimits.standard().readWithin(Duration.ofMillis(1500));
                assertEquals(
                        8,
                        HttpTransport.standard(limits)
                                .exchange(HttpCall.get(server.uri()))
                                .body()
                                .length);
            }
        }

        @Test
        void holdsForTheJdksClientToo() {
            try (FaultyServer server = FaultyServer.drip(Duration.ofSeconds(5))) {
                endsTheSilence(overJdk(server, LIMITS.connectWithin(SILENCE)));
            }
            try (FaultyServer server = FaultyServer.listener()) {
                endsTheSilence(overJdk(server, LIMITS.connectWithin(SILENCE)));
            }
            try (FaultyServer server = FaultyServer.drip(Duration.ofMillis(20))) {
                HttpLimits limits = HttpLimits.standard().readWithin(PATIENCE).finishWithin(SHORT);
                assertEquals(Optional.of(SHORT), overJdk(server, limits).deadline());
            }
        }

        /** As over https or through a proxy. */
        private UnreachableException overJdk(FaultyServer server, HttpLimits limits) {
            HttpClient client = HttpClient.newHttpClient();
            JdkExchange exchange = new JdkExchange(HttpCall.get(server.uri()), limits, Deadline.in(limits.deadline()));
            return assertTimeoutPreemptively(
                    PATIENCE, () -> assertThrows(UnreachableException.class, () -> exchange.run(client)));
        }
    }

    @Nested
    class TheBodyLimit {
        @Test
        void endsAnEndlessBody() throws Exception {
            try (FaultyServer server = FaultyServer.endlessBody()) {
                UnreachableException failure =
                        failure(server, HttpLimits.standard().bodyUpTo(10_000));
                assertEquals(OptionalInt.of(10_000), failure.bodyLimit());
                assertEquals(Phase.RECEIVE, failure.phase());
                assertTrue(failure.getMessage().contains("larger than 10000 bytes"), failure.getMessage());
                assertTrue(server.clientHungUp(PATIENCE), "the connection was left open");
                // what the two sockets' buffers swallow comes on top
                assertTrue(server.bytesSent() < 32 << 20, () -> server.bytesSent() + " bytes went over the wire");
            }
        }

        @Test
        void is256KibibytesByDefault() {
            try (FaultyServer server = FaultyServer.endlessBody()) {
                assertEquals(
                        OptionalInt.of(262_144),
                        failure(server, HttpLimits.standard()).bodyLimit());
            }
        }

        @Test
        void letsABodyOfJustThatSizePass() throws Exception {
            HttpTransport ten = HttpTransport.standard(HttpLimits.standard().bodyUpTo(10));
            try (FaultyServer server = FaultyServer.answering(200, "text/plain", new byte[10])) {
                assertEquals(10, ten.exchange(HttpCall.get(server.uri())).body().length);
            }
            try (FaultyServer server = FaultyServer.answering(200, "text/plain", new byte[11])) {
                assertThrows(UnreachableException.class, () -> ten.exchange(HttpCall.get(server.uri())));
            }
        }

        @Test
        void holdsForAnErrorPageToo() {
            try (FaultyServer server = FaultyServer.answering(500, "text/html", new byte[300_000])) {
                assertEquals(
                        OptionalInt.of(262_144),
                        failure(server, HttpLimits.standard()).bodyLimit());
            }
        }
    }

    /** A listener whose queue is full, so that the kernel lets no further connection stand. */
    private static final class FullBacklog implements AutoCloseable {
        private final ServerSocket listener;
        private final List<Socket> queued = new ArrayList<>();

        FullBacklog() throws IOException {
            listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
            for (int i = 0; i < 20; i++) {
                Socket socket = new Socket();
                queued.add(socket);
                try {
                    socket.connect(listener.getLocalSocketAddress(), 100);
                } catch (SocketTimeoutException e) {
                    return;
                }
            }
            Assumptions.abort("this kernel never fills a backlog");
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : queued) {
                socket.close();
            }
            listener.close();
        }
    }
}
