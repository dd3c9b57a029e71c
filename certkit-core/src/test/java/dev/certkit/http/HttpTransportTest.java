package dev.certkit.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.http.UnreachableException.Phase;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpTransportTest {
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

    private static HttpAnswer get(URI uri) throws IOException {
        return HttpTransport.standard().exchange(HttpCall.get(uri));
    }

    @Nested
    class AnAnswer {
        @Test
        void bringsStatusHeadersAndBody() throws Exception {
            try (FaultyServer server =
                    FaultyServer.answering(200, "Text/Plain; charset=utf-8", "hallo".getBytes(UTF_8))) {
                HttpAnswer answer = get(server.uri());
                assertEquals(200, answer.status());
                assertTrue(answer.isSuccess());
                assertEquals(Optional.of("text/plain"), answer.mediaType());
                assertArrayEquals("hallo".getBytes(UTF_8), answer.body());
            }
        }

        @Test
        void ofStatus404And503IsReturnedNotThrown() throws Exception {
            for (int status : new int[] {404, 503}) {
                try (FaultyServer server = FaultyServer.answering(status, "text/plain", "no".getBytes(UTF_8))) {
                    HttpAnswer answer = get(server.uri());
                    assertEquals(status, answer.status());
                    assertFalse(answer.isSuccess());
                    assertEquals("no", new String(answer.body(), UTF_8));
                }
            }
        }

        @Test
        void ofAProxyThatWantsAPasswordIs407() throws Exception {
            try (FaultyServer server = FaultyServer.wantsProxyPassword()) {
                HttpAnswer answer = get(server.uri());
                assertEquals(407, answer.status());
                assertEquals(Optional.of("Basic realm=\"x\""), answer.header("proxy-authenticate"));
            }
        }

        @Test
        void ofACaptivePortalIsHtmlWith200() throws Exception {
            try (FaultyServer server = FaultyServer.captivePortal()) {
                HttpAnswer answer = get(server.uri());
                assertEquals(200, answer.status());
                assertEquals(Optional.of("text/html"), answer.mediaType());
            }
        }

        @Test
        void thatEndsWithTheConnectionIsWhole() throws Exception {
            try (FaultyServer server = FaultyServer.raw("HTTP/1.0 200 OK\r\n\r\nuntil the end")) {
                assertEquals("until the end", new String(get(server.uri()).body(), UTF_8));
            }
        }

        @Test
        void setsNoCookieInTheNextCall() throws Exception {
            try (FaultyServer server =
                    FaultyServer.raw("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n")) {
                HttpTransport transport = HttpTransport.standard();
                transport.exchange(HttpCall.get(server.uri()));
                transport.exchange(HttpCall.get(server.uri()));
                assertEquals(2, server.requests().size());
                assertFalse(server.requests().get(1).toLowerCase(Locale.ROOT).contains("cookie"));
            }
        }
    }

    @Nested
    class ACall {
        @Test
        void ofGetCarriesTheQueryAsItWasGiven() throws Exception {
            try (FaultyServer server = FaultyServer.answering(200, "text/plain", new byte[0])) {
                HttpTransport.standard()
                        .exchange(HttpCall.get(server.uri().resolve("/scep?ca=a%26b"))
                                .parameter("operation", "PKIOperation")
                                .parameter("message", "a+/= &\u00e9"));
                String request = server.requests().get(0);
                assertTrue(
                        request.startsWith(
                                "GET /scep?ca=a%26b&operation=PKIOperation&message=a%2B%2F%3D%20%26%C3%A9 HTTP/1.1\r\n"),
                        request);
                assertTrue(request.endsWith("\r\n\r\n"), request);
            }
        }

        @Test
        void ofPostCarriesBytesAndContentType() throws Exception {
            try (FaultyServer server = FaultyServer.answering(200, "text/plain", new byte[0])) {
                HttpTransport.standard()
                        .exchange(HttpCall.post(server.uri(), "application/x-pki-message", "0\u0001raw".getBytes(UTF_8))
                                .header("X-Own", "yes"));
                String request = server.requests().get(0);
                assertTrue(request.startsWith("POST / HTTP/1.1\r\n"), request);
                assertTrue(request.contains("\r\nContent-Type: application/x-pki-message\r\n"), request);
                assertTrue(request.toLowerCase(Locale.ROOT).contains("\r\nx-own: yes\r\n"), request);
                assertTrue(request.endsWith("\r\n\r\n0\u0001raw"), request);
            }
        }

        @Test
        void speaksHttp11AndOffersNoUpgradeAndNoCompression() throws Exception {
            try (FaultyServer server = FaultyServer.answering(200, "text/plain", new byte[0])) {
                get(server.uri());
                String head = server.requests().get(0).toLowerCase(Locale.ROOT);
                assertTrue(head.contains(" http/1.1\r\n"), head);
                assertFalse(head.contains("upgrade"), head);
                assertFalse(head.contains("accept-encoding"), head);
            }
        }

        @Test
        void ofPostIsNeverSentTwiceWhenTheConnectionBreaks() {
            for (FaultyServer faulty : List.of(FaultyServer.resets(), FaultyServer.closesAtOnce())) {
                try (FaultyServer server = faulty) {
                    UnreachableException failure =
                            failure(HttpCall.post(server.uri(), "text/plain", new byte[] {1}), HttpLimits.standard());
                    assertEquals(Phase.RECEIVE, failure.phase());
                    assertEquals(1, server.connections());
                }
            }
        }

        @Test
        void ofGetIsSentAtMostTwiceWhenTheConnectionBreaks() {
            try (FaultyServer server = FaultyServer.resets()) {
                failure(server, HttpLimits.standard());
                assertTrue(server.connections() <= 2, () -> server.connections() + " connections");
            }
        }
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
                UnreachableException failure = failure(HttpCall.get(uri), HASTY);
                assertEquals(Phase.CONNECT, failure.phase());
                assertEquals(Optional.of(HASTY.connectTimeout()), failure.deadline());
            }
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

    @Nested
    class ARedirect {
        private HttpAnswer answer(FaultyServer server, HttpCall call) throws IOException {
            return HttpTransport.standard(HttpLimits.standard().redirectsUpTo(3))
                    .exchange(call);
        }

        @Test
        void isTheAnswerByDefault() throws Exception {
            try (FaultyServer server = FaultyServer.redirectsTo("/elsewhere")) {
                HttpAnswer answer = get(server.uri());
                assertEquals(302, answer.status());
                assertEquals(Optional.of("/elsewhere"), answer.header("Location"));
                assertEquals(1, server.connections());
            }
        }

        @Test
        void isFollowedOnTheSameHostIfAllowed() throws Exception {
            try (FaultyServer server = FaultyServer.that(visit -> {
                visit.readRequest();
                visit.send(
                        "HTTP/1.1 301 Moved\r\nLocation: next?x=1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            })) {
                HttpAnswer answer = answer(server, HttpCall.get(server.uri().resolve("/a/b")));
                assertEquals(301, answer.status());
                assertEquals(4, server.requests().size());
                assertTrue(
                        server.requests().get(1).startsWith("GET /a/next?x=1 "),
                        server.requests().get(1));
            }
        }

        @Test
        void loopEndsAtTheLimitWithTheRedirectAsAnswer() throws Exception {
            try (FaultyServer server = FaultyServer.redirectsTo("/")) {
                assertEquals(302, answer(server, HttpCall.get(server.uri())).status());
                assertEquals(4, server.requests().size());
            }
        }

        @Test
        void toAnotherPlaceIsNeverFollowed() throws Exception {
            List<String> elsewhere = new ArrayList<>(List.of(
                    "file:///etc/passwd",
                    "ftp://127.0.0.1/",
                    "http://169.254.169.254/latest",
                    "http://localhost/",
                    "http://[::1]/",
                    "http://user:geheim@127.0.0.1/",
                    "//other.invalid/",
                    ":::",
                    "http://127.0.0.1:1/",
                    ""));
            for (String location : elsewhere) {
                try (FaultyServer server = FaultyServer.redirectsTo(location)) {
                    // an empty Location is the same place, which the other tests cover
                    int expected = location.isEmpty() ? 4 : 1;
                    assertEquals(302, answer(server, HttpCall.get(server.uri())).status(), location);
                    assertEquals(expected, server.requests().size(), location);
                }
            }
        }

        @Test
        void ofAPostIsTheAnswer() throws Exception {
            try (FaultyServer server = FaultyServer.redirectsTo("/")) {
                assertEquals(
                        302,
                        answer(server, HttpCall.post(server.uri(), "a/b", new byte[0]))
                                .status());
                assertEquals(1, server.requests().size());
            }
        }
    }

    @Nested
    class TheTransport {
        @Test
        void endsWithAnInterruptedIoExceptionWhenItsThreadIsInterrupted() throws Exception {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            CountDownLatch arrived = new CountDownLatch(1);
            try (FaultyServer server = FaultyServer.that(visit -> {
                visit.readRequest();
                arrived.countDown();
                visit.waitForTheEnd();
            })) {
                Thread caller = new Thread(() -> {
                    thrown.set(assertThrows(IOException.class, () -> get(server.uri())));
                    flag.set(Thread.currentThread().isInterrupted());
                });
                caller.start();
                arrived.await();
                caller.interrupt();
                caller.join(PATIENCE.toMillis());
                assertTrue(thrown.get() instanceof InterruptedIOException, () -> String.valueOf(thrown.get()));
                assertTrue(flag.get());
                assertTrue(server.clientHungUp(PATIENCE));
            }
        }

        @Test
        void startsOnlyDaemonThreads() throws Exception {
            try (FaultyServer server = FaultyServer.answering(200, "text/plain", new byte[0])) {
                get(server.uri());
            }
            List<Thread> clients = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("HttpClient"))
                    .toList();
            assertFalse(clients.isEmpty());
            assertTrue(clients.stream().allMatch(Thread::isDaemon), clients::toString);
        }

        @Test
        void servesManyThreadsAtOnce() throws Exception {
            HttpTransport transport = HttpTransport.standard();
            List<Thread> callers = new ArrayList<>();
            List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
            try (FaultyServer server = FaultyServer.answering(200, "text/plain", new byte[100])) {
                for (int i = 0; i < 16; i++) {
                    Thread caller = new Thread(() -> {
                        try {
                            statuses.add(transport
                                    .exchange(HttpCall.get(server.uri()))
                                    .status());
                        } catch (IOException e) {
                            statuses.add(-1);
                        }
                    });
                    callers.add(caller);
                    caller.start();
                }
                for (Thread caller : callers) {
                    caller.join();
                }
                assertEquals(Collections.nCopies(16, 200), statuses);
            }
        }

        @Test
        void refusesNulls() {
            assertThrows(NullPointerException.class, () -> HttpTransport.standard(null));
            assertThrows(NullPointerException.class, () -> HttpTransport.standard(HASTY, null));
            assertThrows(
                    NullPointerException.class,
                    () -> HttpTransport.standard((HttpLimits) null, SSLContext.getDefault()));
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
