package dev.certkit.diagnose;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("W12")
@Timeout(60)
class DiagnosisProxyTest {
    private static final ZooPki PKI = new ZooPki();
    private static final KeyPair KEYS = SampleKeys.of(KeyType.EC_P256);

    @TempDir
    Path home;

    private static DiagnosisReport through(int proxy, String host, int port) {
        return Diagnosis.ofServer(host, port)
                .servername("localhost")
                .through(new InetSocketAddress("127.0.0.1", proxy))
                .trusting(PKI.policy())
                .clock(ZooPki.CLOCK)
                .within(Duration.ofSeconds(10))
                .run();
    }

    private static List<FindingCode> codes(DiagnosisReport report) {
        return report.findings().stream().map(Finding::code).toList();
    }

    @Test
    void aServerBehindARealProxyIsDiagnosed() throws Exception {
        Path front = Files.createDirectory(home.resolve("proxy"));
        Path back = Files.createDirectory(home.resolve("server"));
        String chain = ZooPki.pem(PKI.server(KEYS), PKI.issuer);
        try (ZooServer server = ZooServer.openssl(back, chain, KEYS);
                ZooServer proxy = ZooServer.proxy(front, server.port())) {
            DiagnosisReport report = through(proxy.port(), "127.0.0.1", server.port());
            assertTrue(report.isHealthy(), report::toText);
            assertEquals(2, report.presented().size(), report::toText);
        }
    }

    @Test
    void aPortThatTheProxyForbidsIsFound() throws Exception {
        try (ZooServer proxy = ZooServer.proxy(home, 443)) {
            DiagnosisReport report = through(proxy.port(), "127.0.0.1", 444);
            assertEquals(List.of(FindingCode.PROXY_REFUSED), codes(report), report::toText);
            assertTrue(report.toText().contains("403"), report::toText);
        }
    }

    @Test
    void aHostThatTheProxyDoesNotKnowIsFound() throws Exception {
        try (ZooServer proxy = ZooServer.proxy(home, 443)) {
            DiagnosisReport report = through(proxy.port(), "no-such-host.invalid", 443);
            assertEquals(List.of(FindingCode.PROXY_REFUSED), codes(report), report::toText);
        }
    }

    @Test
    void aProxyThatWantsAPasswordIsFound() throws Exception {
        try (RawServer proxy = RawServer.doing(socket -> {
            assertTrue(socket.getInputStream().read(new byte[500]) > 0);
            socket.getOutputStream().write("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n".getBytes(ISO_8859_1));
        })) {
            assertEquals(List.of(FindingCode.PROXY_WANTS_PASSWORD), codes(through(proxy.port(), "192.0.2.7", 443)));
        }
    }

    @Test
    void aProxyThatIsNotThereIsFound() throws Exception {
        // A port that was free a moment ago may be another test's by now; nobody is given this one.
        assertEquals(List.of(FindingCode.PROXY_UNREACHABLE), codes(through(1, "192.0.2.7", 443)));
    }

    @Test
    void aProxyThatSendsHeadersForEverIsFound() throws Exception {
        try (RawServer proxy = RawServer.doing(socket -> {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(ISO_8859_1));
            while (true) {
                socket.getOutputStream().write("X: y\r\n".getBytes(ISO_8859_1));
            }
        })) {
            assertEquals(List.of(FindingCode.TOO_MUCH_DATA), codes(through(proxy.port(), "192.0.2.7", 443)));
        }
    }
}
