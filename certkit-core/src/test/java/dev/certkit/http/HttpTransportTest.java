package dev.certkit.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.http.UnreachableException.Phase;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpTransportTest {
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
        void ofGetIsSentOnceWhenTheConnectionBreaks() {
            try (FaultyServer server = FaultyServer.resets()) {
                failure(server, HttpLimits.standard());
                assertEquals(1, server.connections());
            }
        }

        @Test
        void namesItsHostAndAsksForTheEndOfTheConnection() throws Exception {
            try (FaultyServer server = FaultyServer.answering(200, "text/plain", new byte[0])) {
                get(URI.create("http://localhost:" + server.port() + "/p"));
                String request = server.requests().get(0);
                assertTrue(request.contains("\r\nHost: localhost:" + server.port() + "\r\n"), request);
                assertTrue(request.contains("\r\nConnection: close\r\n"), request);
                assertFalse(request.contains("Content-Length"), request);
            }
        }

        @Test
        void ofAnEmptyPostHasALength() throws Exception {
            try (FaultyServer server = FaultyServer.answering(200, "text/plain", new byte[0])) {
                HttpTransport.standard().exchange(HttpCall.post(server.uri(), "text/plain", new byte[0]));
                String request = server.requests().get(0);
                assertTrue(request.contains("\r\nContent-Length: 0\r\n"), request);
            }
        }

        @Test
        void withLettersBeyondAsciiInItsPathIsPercentEncoded() throws Exception {
            try (FaultyServer server = FaultyServer.answering(200, "text/plain", new byte[0])) {
                get(URI.create(server.uri() + "caf\u00e9"));
                assertTrue(
                        server.requests().get(0).startsWith("GET /caf%C3%A9 HTTP/1.1\r\n"),
                        server.requests().get(0));
            }
        }

        @Test
        void ofManyBytesArrivesWhole() throws Exception {
            byte[] body = new byte[1_000_000];
            new Random(1).nextBytes(body);
            AtomicReference<String> came = new AtomicReference<>("");
            try (FaultyServer server = FaultyServer.answering(200, "text/plain", new byte[0])) {
                HttpTransport.standard().exchange(HttpCall.post(server.uri(), "a/b", body));
                came.set(server.requests().get(0));
            }
            assertTrue(came.get().endsWith("\r\n\r\n" + new String(body, ISO_8859_1)));
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
        void startsNoThreadForACallOverHttp() throws Exception {
            AtomicReference<Set<Thread>> during = new AtomicReference<>(Set.of());
            try (FaultyServer server = FaultyServer.that(visit -> {
                visit.readRequest();
                during.set(Thread.getAllStackTraces().keySet());
                visit.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            })) {
                Set<Thread> before = Thread.getAllStackTraces().keySet();
                get(server.uri());
                assertEquals(
                        List.of(),
                        during.get().stream()
                                .filter(thread -> !before.contains(thread))
                                .map(Thread::getName)
                                .filter(name -> name.startsWith("HttpClient") || name.startsWith("certkit"))
                                .toList());
            }
        }

        @Test
        void startsOnlyDaemonThreadsForACallOverHttps() {
            try (FaultyServer server = FaultyServer.closesAtOnce()) {
                failure(HttpCall.get(URI.create("https://127.0.0.1:" + server.port() + "/")), HttpLimits.standard());
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
            assertThrows(NullPointerException.class, () -> HttpTransport.standard(HttpLimits.standard(), null));
            assertThrows(
                    NullPointerException.class,
                    () -> HttpTransport.standard((HttpLimits) null, SSLContext.getDefault()));
        }
    }
}
