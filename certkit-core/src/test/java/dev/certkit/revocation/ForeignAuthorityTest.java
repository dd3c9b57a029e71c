package dev.certkit.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.certkit.format.Certificates;
import dev.certkit.http.HttpLimits;
import dev.certkit.http.HttpTransport;
import dev.certkit.peers.Peer;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustReason;
import dev.certkit.trust.TrustReason.RevocationUnknown.Cause;
import dev.certkit.trust.TrustVerdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSL is the authority: its lists come over real HTTP, and its responder answers. */
class ForeignAuthorityTest {
    private static final HttpTransport TRANSPORT = HttpTransport.standard(
            HttpLimits.standard().finishWithin(Duration.ofSeconds(10)).bodyUpTo(1 << 20));

    @TempDir
    Path directory;

    private final Peer openssl = Peer.require("openssl");
    private final List<Process> running = new ArrayList<>();
    private HttpServer server;
    private int responderPort;

    @BeforeEach
    void makeAuthority() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ca.crl", exchange -> {
            byte[] list = Files.readAllBytes(directory.resolve("crl.der"));
            exchange.sendResponseHeaders(200, list.length);
            exchange.getResponseBody().write(list);
            exchange.close();
        });
        server.start();
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            responderPort = free.getLocalPort();
        }
        Files.writeString(directory.resolve("ca.cnf"), configuration());
        Files.writeString(directory.resolve("index.txt"), "");
        Files.writeString(directory.resolve("crlnumber"), "01\n");
        key("ca");
        run(
                "req",
                "-x509",
                "-new",
                "-key",
                "ca.key",
                "-subj",
                "/CN=Foreign CA",
                "-days",
                "30",
                "-config",
                "ca.cnf",
                "-extensions",
                "root",
                "-out",
                "ca.pem");
        issue("leaf", "leaf");
        issue("ocsp", "responder");
        list();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        running.forEach(Process::destroy);
    }

    private String configuration() {
        return String.join(
                "\n",
                "[ca]",
                "default_ca = own",
                "[own]",
                "database = index.txt",
                "crlnumber = crlnumber",
                "new_certs_dir = .",
                "certificate = ca.pem",
                "private_key = ca.key",
                "default_md = sha256",
                "default_crl_days = 7",
                "default_days = 20",
                "rand_serial = yes",
                "policy = any",
                "crl_extensions = list",
                "[any]",
                "commonName = supplied",
                "[req]",
                "distinguished_name = dn",
                "[dn]",
                "[root]",
                "basicConstraints = critical,CA:TRUE",
                "keyUsage = critical,keyCertSign,cRLSign",
                "subjectKeyIdentifier = hash",
                "[list]",
                "authorityKeyIdentifier = keyid",
                "[leaf]",
                "basicConstraints = CA:FALSE",
                "subjectAltName = DNS:printer-7.example.fr",
                "crlDistributionPoints = URI:http://127.0.0.1:"
                        + server.getAddress().getPort() + "/ca.crl",
                "authorityInfoAccess = OCSP;URI:http://127.0.0.1:" + responderPort + "/",
                "[responder]",
                "basicConstraints = CA:FALSE",
                "extendedKeyUsage = OCSPSigning",
                "noCheck = ignored",
                "");
    }

    private void run(String... arguments) {
        openssl.run(directory, arguments).succeeded();
    }

    private void key(String name) {
        run("ecparam", "-genkey", "-name", "prime256v1", "-noout", "-out", name + ".key");
    }

    private void issue(String name, String extensions) {
        key(name);
        run("req", "-new", "-key", name + ".key", "-subj", "/CN=" + name, "-config", "ca.cnf", "-out", name + ".csr");
        run(
                "ca",
                "-batch",
                "-notext",
                "-config",
                "ca.cnf",
                "-extensions",
                extensions,
                "-in",
                name + ".csr",
                "-out",
                name + ".pem");
    }

    private void list() {
        run("ca", "-config", "ca.cnf", "-gencrl", "-out", "crl.pem");
        run("crl", "-in", "crl.pem", "-outform", "DER", "-out", "crl.der");
    }

    private void revoke() {
        run("ca", "-config", "ca.cnf", "-revoke", "leaf.pem", "-crl_reason", "superseded");
        list();
    }

    private void startResponder(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "ocsp", "-index", "index.txt", "-CA", "ca.pem", "-port", String.valueOf(responderPort), "-ignore_err"));
        arguments.addAll(List.of(more));
        running.add(openssl.prepare(directory, arguments.toArray(String[]::new))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("responder.log").toFile())
                .start());
        // A connection without a request would occupy it.
        Path log = directory.resolve("responder.log");
        for (int attempt = 0; attempt < 400; attempt++) {
            if (Files.readString(log).contains("waiting for OCSP client connections")) {
                return;
            }
            running.get(0).waitFor(50, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError(Files.readString(log));
    }

    private X509Certificate read(String name) throws IOException {
        return Certificates.parse(Files.readString(directory.resolve(name + ".pem")))
                .get(0);
    }

    private TrustVerdict judged() throws IOException {
        return TrustPolicy.pkix(TrustAnchors.of(read("ca")))
                .and(RevocationPolicy.hardFail(TRANSPORT))
                .judge(PresentedChain.of(
                        List.of(read("leaf")), Clock.systemUTC().instant()));
    }

    private static List<TrustReason> reasons(TrustVerdict verdict) {
        return verdict.fold(trusted -> List.of(), TrustVerdict.Untrusted::reasons);
    }

    private void assertRevoked() throws IOException {
        List<TrustReason> reasons = reasons(judged());
        assertTrue(reasons.get(0) instanceof TrustReason.Revoked, reasons.toString());
        assertEquals("superseded", ((TrustReason.Revoked) reasons.get(0)).reason());
    }

    @Test
    void itsListsAreBelieved() throws IOException {
        assertEquals(List.of(), reasons(judged()));
        revoke();
        assertRevoked();
    }

    @Test
    void itsResponderIsBelievedWhenTheAuthorityItselfSigns() throws Exception {
        server.removeContext("/ca.crl");
        startResponder("-rsigner", "ca.pem", "-rkey", "ca.key", "-nmin", "5");
        assertEquals(List.of(), reasons(judged()));
    }

    @Test
    void itsResponderIsBelievedAboutWhatIsRevoked() throws Exception {
        run("ca", "-config", "ca.cnf", "-revoke", "leaf.pem", "-crl_reason", "superseded");
        startResponder("-rsigner", "ocsp.pem", "-rkey", "ocsp.key");
        assertRevoked();
    }

    @Test
    void aResponderThatItCertifiedForThatIsBelieved() throws Exception {
        server.removeContext("/ca.crl");
        startResponder("-rsigner", "ocsp.pem", "-rkey", "ocsp.key", "-nmin", "5");
        assertEquals(List.of(), reasons(judged()));
    }

    @Test
    void aResponderThatItCertifiedForSomethingElseIsNot() throws Exception {
        server.removeContext("/ca.crl");
        startResponder("-rsigner", "leaf.pem", "-rkey", "leaf.key", "-nmin", "5");
        TrustReason reason = reasons(judged()).get(0);
        assertEquals(Optional.of(Cause.BROKEN), Optional.of(((TrustReason.RevocationUnknown) reason).cause()));
        assertTrue(reason.text().contains("OCSPSigning"), reason.text());
    }
}
