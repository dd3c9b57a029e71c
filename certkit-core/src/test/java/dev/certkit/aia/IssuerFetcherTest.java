package dev.certkit.aia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.certkit.aia.Completion.Outcome;
import dev.certkit.format.Certificates;
import dev.certkit.http.FaultyServer;
import dev.certkit.http.HttpAnswer;
import dev.certkit.http.HttpCall;
import dev.certkit.http.HttpTransport;
import dev.certkit.http.UnreachableException;
import dev.certkit.identity.CertificateChain;
import dev.certkit.key.KeyType;
import dev.certkit.samples.Paper;
import dev.certkit.samples.SampleKeys;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("T4")
@Timeout(60)
class IssuerFetcherTest {
    private static final KeyPair ROOT = SampleKeys.otherOf(KeyType.EC_P256);
    private static final KeyPair ISSUER = Paper.key();
    private static final X509Certificate THE_ROOT = Paper.of("Root", ROOT).make();
    private static final String LEAF_AT = "http://ca.example.fr/issuer.cer";
    private static final String ISSUER_AT = "http://ca.example.fr/root.cer";
    private static final X509Certificate THE_ISSUER =
            Paper.of("Issuer", ISSUER).by("Root", ROOT).at(ISSUER_AT).make();

    /** What stands where, and what was asked for; the network of these tests. */
    private final class Web implements HttpTransport {
        private final Map<String, HttpAnswer> pages = new HashMap<>();
        private final List<String> asked = new ArrayList<>();

        Web with(String uri, byte[] body) {
            pages.put(uri, HttpAnswer.of(200, Map.of(), body));
            return this;
        }

        @Override
        public HttpAnswer exchange(HttpCall call) throws UnreachableException {
            asked.add(call.uri().toString());
            HttpAnswer page = pages.get(call.uri().toString());
            if (page == null) {
                throw UnreachableException.of(
                        call.uri(), UnreachableException.Phase.CONNECT, "nobody is at home", null);
            }
            return page;
        }
    }

    private final Web web = new Web();

    private Completion completed(X509Certificate leaf) throws InterruptedIOException {
        return IssuerFetcher.fromHosts("ca.example.fr", "*.example.org")
                .alsoAtPrivateAddresses()
                .over(web)
                .complete(CertificateChain.assemble(leaf, List.of()));
    }

    private static X509Certificate leaf(String... locations) {
        return Paper.leaf().by("Issuer", ISSUER).at(locations).make();
    }

    private static byte[] der(X509Certificate certificate) throws Exception {
        return certificate.getEncoded();
    }

    private static byte[] pem(X509Certificate certificate) {
        return Certificates.toPem(certificate).getBytes(StandardCharsets.US_ASCII);
    }

    private static List<Outcome> outcomes(Completion completion) {
        return completion.attempts().stream().map(Completion.Attempt::outcome).toList();
    }

    @Nested
    class Following {
        @Test
        void certificateAfterCertificateIsFetchedUpToTheRoot() throws Exception {
            X509Certificate leaf = leaf(LEAF_AT);
            web.with(LEAF_AT, der(THE_ISSUER)).with(ISSUER_AT, der(THE_ROOT));
            Completion completion = completed(leaf);
            assertTrue(completion.isComplete());
            assertEquals(List.of(leaf, THE_ISSUER, THE_ROOT), completion.chain().certificates());
            assertEquals(List.of(Outcome.USED, Outcome.USED), outcomes(completion));
            assertEquals(List.of(LEAF_AT, ISSUER_AT), web.asked);
        }

        @Test
        void pkcs7AndPemAreReadToo() throws Exception {
            X509Certificate leaf = leaf(LEAF_AT);
            web.with(LEAF_AT, pem(THE_ISSUER))
                    .with(
                            ISSUER_AT,
                            Certificates.toPkcs7(
                                    List.of(THE_ROOT, Paper.of("Stray", ROOT).make())));
            assertEquals(
                    List.of(leaf, THE_ISSUER, THE_ROOT), completed(leaf).chain().certificates());
        }

        @Test
        void aBagThatHasTheWholeWayNeedsOneCall() throws Exception {
            web.with(LEAF_AT, Certificates.toPkcs7(List.of(THE_ROOT, THE_ISSUER)));
            assertTrue(completed(leaf(LEAF_AT)).isComplete());
            assertEquals(List.of(LEAF_AT), web.asked);
        }

        @Test
        void theNextPlaceIsTriedWhereTheFirstIsOfNoUse() throws Exception {
            String second = "https://mirror.example.org/issuer.p7c";
            web.with(second, der(THE_ISSUER)).with(ISSUER_AT, der(THE_ROOT));
            Completion completion = completed(leaf(LEAF_AT, "ldap://ca.example.fr/cn=issuer", second));
            assertTrue(completion.isComplete());
            assertEquals(List.of(Outcome.UNREACHABLE, Outcome.USED, Outcome.USED), outcomes(completion));
            assertTrue(completion.attempts().get(0).detail().contains("nobody is at home"));
        }

        @Test
        void aCompleteChainCausesNoCall() throws Exception {
            Completion completion = IssuerFetcher.fromHosts("ca.example.fr")
                    .over(web)
                    .complete(CertificateChain.of(List.of(leaf(LEAF_AT), THE_ISSUER, THE_ROOT)));
            assertEquals(List.of(), completion.attempts());
            assertEquals(List.of(), web.asked);
        }

        @Test
        void aChainThatLacksItsTopGoesOnFromThere() throws Exception {
            X509Certificate leaf = leaf();
            web.with(ISSUER_AT, der(THE_ROOT));
            Completion completion = IssuerFetcher.fromHosts("ca.example.fr")
                    .alsoAtPrivateAddresses()
                    .over(web)
                    .complete(CertificateChain.of(List.of(leaf, THE_ISSUER)));
            assertEquals(List.of(leaf, THE_ISSUER, THE_ROOT), completion.chain().certificates());
        }
    }

    @Nested
    class NotFollowing {
        private Completion of(byte[] body) throws Exception {
            web.with(LEAF_AT, body);
            Completion completion = completed(leaf(LEAF_AT));
            assertFalse(completion.isComplete());
            assertEquals(1, completion.chain().certificates().size());
            assertEquals(
                    "Issuer",
                    completion.chain().gap().orElseThrow().issuer().commonName().orElseThrow());
            return completion;
        }

        @Test
        void aCertificateOfTheRightNameWithAnotherKeyIsNotUsed() throws Exception {
            Completion completion = of(der(Paper.of("Issuer", Paper.key()).make()));
            assertEquals(List.of(Outcome.WRONG_CERTIFICATE), outcomes(completion));
            assertTrue(completion.toString().contains("1 certificate, none of which leads further up"));
        }

        @Test
        void theLeafItselfIsNotUsed() throws Exception {
            assertEquals(List.of(Outcome.WRONG_CERTIFICATE), outcomes(of(der(leaf(LEAF_AT)))));
        }

        @Test
        void aPageThatIsNoCertificateIsNotUsed() throws Exception {
            Completion completion = of("<html>Sign in</html>".getBytes(StandardCharsets.US_ASCII));
            assertEquals(List.of(Outcome.NO_CERTIFICATE), outcomes(completion));
        }

        @Test
        void anEmptyAnswerIsNotUsed() throws Exception {
            assertEquals(List.of(Outcome.NO_CERTIFICATE), outcomes(of(new byte[0])));
        }

        @Test
        void anAnswerThatIsTooLargeIsNotRead() throws Exception {
            byte[] large = Arrays.copyOf(pem(THE_ISSUER), 64 * 1024 + 1);
            assertEquals(List.of(Outcome.TOO_LARGE), outcomes(of(large)));
        }

        @Test
        void aRedirectIsNotFollowed() throws Exception {
            web.pages.put(LEAF_AT, HttpAnswer.of(302, Map.of("location", List.of(ISSUER_AT)), new byte[0]));
            Completion completion = completed(leaf(LEAF_AT));
            assertEquals(List.of(Outcome.BAD_STATUS), outcomes(completion));
            assertEquals(List.of(LEAF_AT), web.asked);
        }

        @Test
        void twoAuthoritiesThatPointAtEachOtherEndWithAGap() throws Exception {
            KeyPair other = Paper.key();
            String back = "http://ca.example.fr/back.cer";
            web.with(
                    LEAF_AT,
                    der(Paper.of("Issuer", ISSUER).by("Other", other).at(back).make()));
            web.with(
                    back,
                    der(Paper.of("Other", other)
                            .by("Issuer", ISSUER)
                            .at(LEAF_AT)
                            .make()));
            Completion completion = completed(leaf(LEAF_AT));
            assertFalse(completion.isComplete());
            assertEquals(List.of(Outcome.USED, Outcome.USED), outcomes(completion));
            assertEquals(2, web.asked.size());
        }

        @Test
        void aLadderWithoutEndIsLeftAfterFourCalls() throws Exception {
            KeyPair below = ISSUER;
            for (int i = 0; i < 8; i++) {
                KeyPair above = Paper.key();
                web.with(
                        i == 0 ? LEAF_AT : "http://ca.example.fr/" + i,
                        der(Paper.of(i == 0 ? "Issuer" : "Rung " + i, below)
                                .by("Rung " + (i + 1), above)
                                .at("http://ca.example.fr/" + (i + 1))
                                .make()));
                below = above;
            }
            Completion completion = completed(leaf(LEAF_AT));
            assertEquals(4, web.asked.size());
            assertEquals(5, completion.chain().certificates().size());
            assertEquals(Outcome.TOO_MANY, outcomes(completion).get(4));
        }

        @Test
        void anInterruptedCallIsNoAnswer() {
            HttpTransport interrupted = call -> {
                throw new InterruptedIOException("interrupted");
            };
            assertThrows(InterruptedIOException.class, () -> IssuerFetcher.fromHosts("ca.example.fr")
                    .alsoAtPrivateAddresses()
                    .over(interrupted)
                    .complete(CertificateChain.assemble(leaf(LEAF_AT), List.of())));
        }
    }

    @Nested
    class Rules {
        private List<Outcome> of(IssuerFetcher fetcher, String location) throws Exception {
            return outcomes(fetcher.over(web).complete(CertificateChain.assemble(leaf(location), List.of())));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://evil.example/issuer.cer",
                    "http://ca.example.fr.evil.example/issuer.cer",
                    "http://ca.example.fr:8080/issuer.cer",
                    "http://ca.example.fr:22/issuer.cer",
                    "https://ca.example.fr:80/issuer.cer",
                    "http://evilexample.org/issuer.cer",
                    "http://example.org/issuer.cer",
                    "http://ca.example.fr@evil.example/issuer.cer",
                    "http://someone@ca.example.fr/issuer.cer"
                })
        void aPlaceThatNoRuleNamesIsNotCalled(String location) throws Exception {
            assertEquals(
                    List.of(Outcome.NOT_ALLOWED),
                    of(IssuerFetcher.fromHosts("ca.example.fr", "*.example.org").alsoAtPrivateAddresses(), location));
            assertEquals(List.of(), web.asked);
        }

        @ParameterizedTest
        @ValueSource(strings = {"file:///etc/passwd", "ftp://ca.example.fr/issuer.cer", "jar:http://ca.example.fr!/x"})
        void anotherSchemeIsNoPlaceAtAll(String location) throws Exception {
            assertEquals(List.of(), of(IssuerFetcher.fromHosts("ca.example.fr"), location));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://CA.example.FR/issuer.cer",
                    "http://ca.example.fr:80/issuer.cer",
                    "https://ca.example.fr:443/issuer.cer",
                    "https://a.b.example.org/issuer.cer",
                    "http://10.0.0.7:8080/issuer.cer"
                })
        void aPlaceThatARuleNamesIsCalled(String location) throws Exception {
            web.with(location, der(THE_ISSUER));
            assertEquals(
                    Outcome.USED,
                    of(
                                    IssuerFetcher.fromHosts("ca.example.fr", "*.example.org", "10.0.0.7:8080")
                                            .alsoAtPrivateAddresses(),
                                    location)
                            .get(0));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://127.0.0.1/",
                    "http://localhost/",
                    "http://10.1.2.3/",
                    "http://172.16.0.1/",
                    "http://172.31.255.255/",
                    "http://192.168.1.1/",
                    "http://169.254.169.254/latest/meta-data",
                    "http://100.64.0.1/",
                    "http://0.0.0.0/",
                    "http://2130706433/",
                    "http://224.0.0.1/",
                    "http://[::1]/",
                    "http://[::]/",
                    "http://[fe80::1]/",
                    "http://[fd00::1]/",
                    "http://[::ffff:127.0.0.1]/",
                    "http://[64:ff9b::7f00:1]/",
                    "http://[2002:7f00:1::]/"
                })
        void anAddressThatIsNotPublicIsNotCalled(String location) throws Exception {
            for (IssuerFetcher fetcher : List.of(
                    IssuerFetcher.fromAnyPublicHost(),
                    IssuerFetcher.fromHosts(URI.create(location).getHost()))) {
                assertEquals(List.of(Outcome.UNREACHABLE), of(fetcher, location));
            }
            assertEquals(List.of(), web.asked);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://192.0.3.1/i",
                    "http://172.32.0.1/i",
                    "http://[2a00:1450::1]/i",
                    "http://[64:ff9b::808:808]/i"
                })
        void aPublicAddressIsCalled(String location) throws Exception {
            web.with(location, der(THE_ISSUER));
            assertEquals(
                    Outcome.USED,
                    of(IssuerFetcher.fromAnyPublicHost(), location).get(0));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", "http://ca.example.fr", "ca.example.fr/path", "*", "a..b", "ca.example.fr:0", "h:99999"})
        void aRuleThatIsNoHostIsTheCallersMistake(String rule) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> IssuerFetcher.fromHosts(rule));
            assertTrue(e.getMessage().startsWith("hosts: "), e.getMessage());
        }

        @Test
        void privateAddressesNeedNames() {
            assertThrows(IllegalArgumentException.class, IssuerFetcher::fromHosts);
            assertThrows(IllegalStateException.class, () -> IssuerFetcher.fromAnyPublicHost()
                    .alsoAtPrivateAddresses());
        }
    }

    @Nested
    class OverARealConnection {
        @Test
        void theIssuerIsFetched() throws Exception {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/issuer.cer", exchange -> {
                byte[] body = pem(THE_ISSUER);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            try {
                String host = "127.0.0.1:" + server.getAddress().getPort();
                X509Certificate leaf = leaf("http://" + host + "/issuer.cer");
                Completion completion = IssuerFetcher.fromHosts(host)
                        .alsoAtPrivateAddresses()
                        .complete(CertificateChain.assemble(leaf, List.of()));
                assertEquals(List.of(leaf, THE_ISSUER), completion.chain().certificates());
                assertEquals(
                        URI.create(ISSUER_AT),
                        completion.chain().gap().orElseThrow().location().orElseThrow());
            } finally {
                server.stop(0);
            }
        }

        @Test
        void aServerThatSaysNothingIsLeftAfterFiveSeconds() {
            try (FaultyServer hole = FaultyServer.blackHole()) {
                String host = hole.uri().getAuthority();
                Completion completion =
                        assertTimeoutPreemptively(Duration.ofSeconds(15), () -> IssuerFetcher.fromHosts(host)
                                .alsoAtPrivateAddresses()
                                .complete(CertificateChain.assemble(leaf("http://" + host + "/"), List.of())));
                assertEquals(List.of(Outcome.UNREACHABLE), outcomes(completion));
            }
        }

        @Test
        void aServerThatNeverStopsIsLeftAtTheLimit() throws Exception {
            try (FaultyServer flood = FaultyServer.endlessBody()) {
                String host = flood.uri().getAuthority();
                Completion completion = IssuerFetcher.fromHosts(host)
                        .alsoAtPrivateAddresses()
                        .complete(CertificateChain.assemble(leaf("http://" + host + "/"), List.of()));
                assertEquals(List.of(Outcome.TOO_LARGE), outcomes(completion));
            }
        }
    }
}
