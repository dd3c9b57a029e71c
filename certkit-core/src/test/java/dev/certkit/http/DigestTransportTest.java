package dev.certkit.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.http.StrictDigestServer.Settings;
import dev.certkit.key.Passphrase;
import dev.certkit.peers.Peer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("G8")
@Timeout(60)
class DigestTransportTest {
    private static HttpTransport mufasa() {
        return HttpTransport.standard().digest("Mufasa", Passphrase.of("Circle of Life"));
    }

    private static int status(HttpTransport transport, URI uri) throws IOException {
        return transport.exchange(HttpCall.get(uri)).status();
    }

    @Nested
    class APassword {
        @Test
        void isProvenWithEveryHashThatIsOffered() throws Exception {
            for (String algorithm :
                    List.of("MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess")) {
                try (StrictDigestServer server = new StrictDigestServer(Settings.of(algorithm))) {
                    HttpTransport transport = mufasa();
                    for (int i = 0; i < 3; i++) {
                        assertEquals(200, status(transport, server.uri("/a?b=c%20d")), server.log()::toString);
                    }
                    assertEquals(
                            List.of("/a?b=c%20d none", "/a?b=c%20d good", "/a?b=c%20d good", "/a?b=c%20d good"),
                            server.log());
                }
            }
        }

        @Test
        void isProvenWithTheBestHash() throws Exception {
            try (StrictDigestServer server =
                    new StrictDigestServer(Settings.of("MD5", "SHA-256", "unheard-of", "SHA-512-256"))) {
                List<String> sent = new ArrayList<>();
                HttpTransport watched = call -> {
                    sent.add(call.headers().getOrDefault("authorization", ""));
                    return HttpTransport.standard().exchange(call);
                };
                assertEquals(200, status(watched.digest("Mufasa", Passphrase.of("Circle of Life")), server.uri("/")));
                assertTrue(sent.get(1).contains("algorithm=SHA-512-256,"), sent::toString);
            }
        }

        @Test
        void isProvenForAPostWhoseBodyIsSentAgain() throws Exception {
            try (StrictDigestServer server = new StrictDigestServer(Settings.of("SHA-256"))) {
                HttpCall post = HttpCall.post(server.uri("/put"), "text/plain", "hallo".getBytes(UTF_8));
                assertEquals(200, mufasa().exchange(post).status());
                assertEquals(List.of("/put none", "/put good"), server.log());
            }
        }

        @Test
        void thatIsWrongGivesThe401AfterOneTry() throws Exception {
            try (StrictDigestServer server = new StrictDigestServer(Settings.of("SHA-256"))) {
                HttpTransport transport = HttpTransport.standard().digest("Mufasa", Passphrase.of("wrong"));
                assertEquals(401, status(transport, server.uri("/")));
                assertEquals(List.of("/ none", "/ wrong"), server.log());
                assertEquals(401, status(transport, server.uri("/")));
                assertEquals(4, server.log().size());
            }
        }

        @Test
        void beyondAsciiIsProvenInUtf8WithAHashedName() throws Exception {
            Settings settings = Settings.of("SHA-256")
                    .user("J\u00E4s\u00F8n \u4E2D", "\u00DF\u20AC")
                    .with("charset=UTF-8, userhash=true");
            try (StrictDigestServer server = new StrictDigestServer(settings)) {
                HttpTransport transport =
                        HttpTransport.standard().digest("J\u00E4s\u00F8n \u4E2D", Passphrase.of("\u00DF\u20AC"));
                assertEquals(200, status(transport, server.uri("/")), server.log()::toString);
            }
        }

        @Test
        void beyondAsciiIsProvenInLatin1ToServersThatSayNothing() throws Exception {
            Settings settings =
                    Settings.of("MD5").user("M\u00FCller", "gr\u00FCn").charset(ISO_8859_1);
            try (StrictDigestServer server = new StrictDigestServer(settings)) {
                HttpTransport transport = HttpTransport.standard().digest("M\u00FCller", Passphrase.of("gr\u00FCn"));
                assertEquals(200, status(transport, server.uri("/")), server.log()::toString);
            }
        }

        @Test
        void withQuotesAndBackslashesInTheNameIsProven() throws Exception {
            try (StrictDigestServer server =
                    new StrictDigestServer(Settings.of("SHA-256").user("DOM\\\"x\", y", "p\"w"))) {
                HttpTransport transport = HttpTransport.standard().digest("DOM\\\"x\", y", Passphrase.of("p\"w"));
                assertEquals(200, status(transport, server.uri("/")), server.log()::toString);
            }
        }

        @Test
        void isNeverPrinted() {
            DigestCredentials credentials = new DigestCredentials("Mufasa", Passphrase.of("Circle of Life"));
            assertEquals("credentials", credentials.toString());
            assertFalse(mufasa().toString().contains("Circle"));
        }

        @Test
        void has74CharactersAtMostAndSoHasTheUser() {
            String longest = "\uD83D\uDD11".repeat(74);
            assertEquals(longest, new DigestCredentials(longest, Passphrase.of(longest)).user());
            IllegalArgumentException user = assertThrows(
                    IllegalArgumentException.class, () -> new DigestCredentials("x".repeat(75), Passphrase.of("")));
            assertEquals("user: 75 characters; it may have at most 74", user.getMessage());
            IllegalArgumentException password = assertThrows(
                    IllegalArgumentException.class, () -> new DigestCredentials("x", Passphrase.of("y".repeat(75))));
            assertEquals("password: 75 characters; it may have at most 74", password.getMessage());
            assertThrows(IllegalArgumentException.class, () -> new DigestCredentials("", Passphrase.of("")));
            assertThrows(IllegalArgumentException.class, () -> new DigestCredentials("a\nb", Passphrase.of("")));
        }
    }

    @Nested
    class ANonce {
        @Test
        void thatIsStaleIsReplacedWithoutAskingAnybody() throws Exception {
            try (StrictDigestServer server =
                    new StrictDigestServer(Settings.of("SHA-256").usesOfNonce(2))) {
                HttpTransport transport = mufasa();
                for (int i = 0; i < 4; i++) {
                    assertEquals(200, status(transport, server.uri("/" + i)), server.log()::toString);
                }
                assertEquals(List.of("/0 none", "/0 good", "/1 good", "/2 stale", "/2 good", "/3 good"), server.log());
            }
        }

        @Test
        void isUsedWithAnotherNumberByEachThread() throws Exception {
            try (StrictDigestServer server = new StrictDigestServer(Settings.of("SHA-256"))) {
                HttpTransport transport = mufasa();
                assertEquals(200, status(transport, server.uri("/")));
                ExecutorService threads = Executors.newFixedThreadPool(8);
                try {
                    List<Future<Integer>> coming = new ArrayList<>();
                    for (int i = 0; i < 40; i++) {
                        coming.add(threads.submit(() -> status(transport, server.uri("/"))));
                    }
                    for (Future<Integer> each : coming) {
                        assertEquals(200, each.get(), server.log()::toString);
                    }
                } finally {
                    threads.shutdownNow();
                }
                assertEquals(
                        41,
                        server.log().stream()
                                .filter(line -> line.endsWith("good"))
                                .count());
            }
        }

        @Test
        void thatTheServerGivesForTheNextCallIsUsed() throws Exception {
            List<String> sent = new ArrayList<>();
            HttpTransport server = call -> {
                String authorization = call.headers().getOrDefault("authorization", "");
                sent.add(authorization);
                return authorization.isEmpty()
                        ? asking("Digest realm=a, nonce=first, qop=auth")
                        : HttpAnswer.of(
                                200,
                                Map.of("Authentication-Info", List.of("nextnonce=\"second\", qop=auth")),
                                new byte[0]);
            };
            HttpTransport transport = server.digest("u", Passphrase.of("p"));
            status(transport, URI.create("http://a.example/"));
            status(transport, URI.create("http://a.example/"));
            assertTrue(sent.get(1).contains("nonce=\"first\", nc=00000001"), sent::toString);
            assertTrue(sent.get(2).contains("nonce=\"second\", nc=00000001"), sent::toString);
        }

        @Test
        void thatIsAlwaysStaleEndsAfterThreeCalls() throws Exception {
            List<String> sent = new ArrayList<>();
            HttpTransport server = call -> {
                sent.add(call.toString());
                return asking("Digest realm=a, stale=TRUE, nonce=n" + sent.size());
            };
            assertEquals(401, status(server.digest("u", Passphrase.of("p")), URI.create("http://a.example/")));
            assertEquals(3, sent.size());
        }
    }

    private static HttpAnswer asking(String... challenges) {
        return HttpAnswer.of(401, Map.of("WWW-Authenticate", List.of(challenges)), new byte[0]);
    }

    private static List<String> authorizations(String domain, List<String> uris) throws IOException {
        List<String> sent = new ArrayList<>();
        HttpTransport server = call -> {
            String authorization = call.headers().getOrDefault("authorization", "");
            sent.add(call.uri() + (authorization.isEmpty() ? "" : " answered"));
            return authorization.isEmpty()
                    ? asking("Digest realm=a, nonce=n, qop=auth" + domain)
                    : HttpAnswer.of(200, Map.of(), new byte[0]);
        };
        HttpTransport transport = server.digest("u", Passphrase.of("p"));
        for (String uri : uris) {
            transport.exchange(HttpCall.get(URI.create(uri)));
        }
        return sent;
    }

    @Nested
    class AnotherOrigin {
        @Test
        void neverGetsAnAnswer() throws Exception {
            assertEquals(
                    List.of(
                            "http://a.example/",
                            "http://a.example/ answered",
                            "http://b.example/",
                            "https://a.example/",
                            "http://a.example:8080/",
                            "http://A.example:80/x answered"),
                    authorizations(
                            "",
                            List.of(
                                    "http://a.example/",
                                    "http://b.example/",
                                    "https://a.example/",
                                    "http://a.example:8080/",
                                    "http://A.example:80/x")));
        }

        @Test
        void isKnownBeforehandWhereItIsNamed() throws Exception {
            List<String> sent = new ArrayList<>();
            HttpTransport server = call -> {
                sent.add(call.headers().getOrDefault("authorization", "none"));
                return asking("Digest realm=a, nonce=n, qop=auth");
            };
            HttpTransport transport =
                    server.digest(URI.create("https://a.example/deep/place"), "u", Passphrase.of("p"));
            transport.exchange(HttpCall.get(URI.create("https://evil.example/")));
            assertEquals(List.of("none"), sent);
        }

        @Test
        void neverGetsAnAnswerByARedirect() throws Exception {
            HttpCall call = HttpCall.get(URI.create("http://a.example/")).header("Authorization", "Bearer x");
            HttpAnswer redirect = HttpAnswer.of(302, Map.of("Location", List.of("https://a.example/y")), new byte[0]);
            assertEquals(
                    Map.of(), Redirection.after(call, redirect).orElseThrow().headers());
            HttpAnswer inside = HttpAnswer.of(302, Map.of("Location", List.of("/y")), new byte[0]);
            assertEquals(
                    call.headers(),
                    Redirection.after(call, inside).orElseThrow().headers());
        }

        @Test
        void isNotReachedByTheListOfPlacesEither() throws Exception {
            assertEquals(
                    List.of(
                            "http://a.example/in/x",
                            "http://a.example/in/x answered",
                            "http://a.example/in/y answered",
                            "http://a.example/inner",
                            "http://a.example/inner answered",
                            "http://a.example/out",
                            "http://a.example/out answered"),
                    authorizations(
                            ", domain=\"/in http://b.example/ ::\"",
                            List.of(
                                    "http://a.example/in/x",
                                    "http://a.example/in/y",
                                    "http://a.example/inner",
                                    "http://a.example/out")));
        }
    }

    @Nested
    class AChallenge {
        @Test
        void thatCannotBeAnsweredGivesThe401() throws Exception {
            for (String challenge : List.of(
                    "Basic realm=\"x\"",
                    "Digest realm=\"x\"",
                    "Digest realm=\"x\", nonce=\"n\", qop=\"auth-int\"",
                    "Digest realm=\"x\", nonce=\"n\", algorithm=SHA3-256",
                    "Digest realm=\"r\u00E9al\", nonce=\"n\"",
                    "Digest realm=\"x\r\nInjected: y\", nonce=\"n\"",
                    "Digest realm=\"x, nonce")) {
                List<HttpCall> calls = new ArrayList<>();
                HttpTransport server = call -> {
                    calls.add(call);
                    return asking(challenge);
                };
                assertEquals(401, status(server.digest("u", Passphrase.of("p")), URI.create("http://a.example/")));
                assertEquals(1, calls.size(), challenge);
            }
        }

        @Test
        void isNotAnsweredWhereTheCallerProvesSomethingElse() throws Exception {
            List<HttpCall> calls = new ArrayList<>();
            HttpTransport server = call -> {
                calls.add(call);
                return asking("Digest realm=a, nonce=n");
            };
            HttpCall call = HttpCall.get(URI.create("http://a.example/")).header("Authorization", "Bearer t");
            assertEquals(
                    401, server.digest("u", Passphrase.of("p")).exchange(call).status());
            assertEquals(1, calls.size());
        }
    }

    @Nested
    class AForeignPeer {
        @TempDir
        Path home;

        @Test
        void apacheTakesOurAnswers() throws Exception {
            try (ApacheDigest apache = ApacheDigest.at(home)) {
                HttpTransport transport = mufasa();
                assertEquals(200, status(transport, apache.uri("/in/file.txt")));
                assertEquals(200, status(transport, apache.uri("/in/file.txt?again=yes%20please")));
                assertEquals(List.of("200", "200", "401"), apache.answers(3));
                HttpTransport wrong = HttpTransport.standard().digest("Mufasa", Passphrase.of("wrong"));
                assertEquals(401, status(wrong, apache.uri("/in/file.txt")));
            }
        }

        @Test
        void apacheTakesANewAnswerWhenItsNonceIsTooOld() throws Exception {
            try (ApacheDigest apache = ApacheDigest.at(home, "AuthDigestNonceLifetime 1")) {
                HttpTransport transport = mufasa();
                assertEquals(200, status(transport, apache.uri("/in/file.txt")));
                long end = System.nanoTime() + 2_500_000_000L;
                while (System.nanoTime() < end) {
                    LockSupport.parkNanos(end - System.nanoTime());
                }
                assertEquals(200, status(transport, apache.uri("/in/file.txt")));
                assertEquals(List.of("200", "200", "401", "401"), apache.answers(4));
            }
        }

        @Test
        void curlIsTakenByOurServerSoItIsNotStricterThanOthersAre() throws Exception {
            Peer curl = Peer.require("curl");
            for (String algorithm : List.of("MD5", "SHA-256")) {
                try (StrictDigestServer server = new StrictDigestServer(Settings.of(algorithm))) {
                    Peer.Result result = curl.run(
                            home,
                            "-s",
                            "--digest",
                            "-u",
                            "Mufasa:Circle of Life",
                            server.uri("/a?b=c").toString());
                    assertEquals("secret", result.succeeded().out(), server.log()::toString);
                }
            }
        }
    }
}
