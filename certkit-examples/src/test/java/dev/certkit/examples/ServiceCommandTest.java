package dev.certkit.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.key.KeyType;
import dev.certkit.peers.Peer;
import dev.certkit.shelf.Identities;
import dev.certkit.store.Storage;
import dev.certkit.store.file.DirectoryStorage;
import dev.certkit.x509.DistinguishedName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The services run in a thread of their own and are told what to do; clients of others look at what they present. */
@Timeout(120)
class ServiceCommandTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CertifiedKey web = key("web");
    private final CertifiedKey office = key("office");
    private final PipedOutputStream console = new PipedOutputStream();
    private Thread service = new Thread(() -> {});

    private static CertifiedKey key(String name) {
        return CertifiedKey.selfSigned(DistinguishedName.cn(name))
                .san("localhost")
                .with(KeyType.EC_P256.generate());
    }

    @BeforeEach
    void install() throws IOException {
        try (Storage storage = DirectoryStorage.at(store())) {
            Identities identities = Identities.in(storage).unencrypted();
            identities.install("web", web);
            identities.install("office", office);
        }
    }

    @AfterEach
    void end() throws Exception {
        console.close();
        service.join();
    }

    private Path store() {
        return directory.resolve("store");
    }

    private int run(InputStream in, String... words) {
        List<String> line = new ArrayList<>(List.of(store().toString()));
        line.addAll(List.of(words));
        return ServiceCommand.run(line, in, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private String run(int exit, String... words) {
        out.reset();
        err.reset();
        assertEquals(exit, run(InputStream.nullInputStream(), words), () -> out() + err());
        return out() + err();
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }

    private void serve(String... endpoints) throws Exception {
        List<String> line = new ArrayList<>(List.of("serve"));
        line.addAll(List.of(endpoints));
        InputStream in = new PipedInputStream(console);
        out.reset();
        service = new Thread(() -> run(in, line.toArray(String[]::new)));
        service.start();
        waitFor(() -> out().lines().count() == endpoints.length);
    }

    /** Gives what the running service answers. */
    private String say(String command) throws Exception {
        int before = out.size();
        err.reset();
        console.write((command + "\n").getBytes(UTF_8));
        console.flush();
        waitFor(() -> err().endsWith("\n") || out().substring(before).matches("(?s).*endpoints: [^\n]*\n"));
        return out().substring(before) + err();
    }

    private void waitFor(BooleanSupplier condition) throws InterruptedException {
        while (service.isAlive() && !condition.getAsBoolean()) {
            service.join(20);
        }
        assertTrue(condition.getAsBoolean(), () -> out() + err());
    }

    private URI uri(String endpoint) {
        return out().lines()
                .filter(line -> line.startsWith(endpoint + ": https:"))
                .map(line -> URI.create(line.substring(endpoint.length() + 2)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(out()));
    }

    /** Of the JDK, without any code of ours; a new client that is given it resumes. The tests say what must be presented. */
    private static SSLContext seeing() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Seeing()}, null);
        return context;
    }

    private static final class Seeing implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("no server");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            chain[0].checkValidity();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static X509Certificate get(SSLContext context, URI uri) throws Exception {
        HttpClient client = HttpClient.newBuilder().sslContext(context).build();
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(StatusPage.TEXT, answer.body());
        return (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
    }

    @Test
    @Tag("W11")
    @Tag("W3")
    @Tag("T9")
    void presentWhatIsReboundAndRenewedToResumingHttpClientsAndProtectIt() throws Exception {
        run(0, "bind", "https-5753", "web");
        run(0, "bind", "https-5754", "office");
        serve("https-5753=0", "https-5754=0");
        SSLContext client = seeing();
        assertEquals(web.chain().leaf(), get(client, uri("https-5753")));
        assertEquals(office.chain().leaf(), get(client, uri("https-5754")));

        assertTrue(say("rebind https-5753 office").contains("https-5753 presents office, https-5754 presents office"));
        assertEquals(office.chain().leaf(), get(client, uri("https-5753")), "a client that would resume");
        assertTrue(say("delete office").contains("in use by https-5753, https-5754"), err());
        say("delete web");

        say("renew office");
        X509Certificate renewed = get(client, uri("https-5754"));
        assertFalse(renewed.equals(office.chain().leaf()));
        assertEquals(office.chain().leaf().getPublicKey(), renewed.getPublicKey());
        assertEquals(renewed, get(client, uri("https-5753")));

        say("unbind https-5753");
        assertEquals(renewed, get(client, uri("https-5753")), "the last good one");
        say("unbind https-5754");
        assertEquals("endpoints: \n", say("delete office"));
    }

    @Test
    @Tag("W11")
    @Tag("T9")
    void showStrictPeersTheReboundCertificate() throws Exception {
        Peer curl = Peer.require("curl");
        Peer openssl = Peer.require("openssl").reading("GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
        Files.writeString(directory.resolve("web.pem"), web.chain().toPem());
        Files.writeString(directory.resolve("office.pem"), office.chain().toPem());
        run(0, "bind", "https", "web");
        serve("https=0");
        String uri = uri("https").toString();
        assertEquals(
                StatusPage.TEXT,
                curl.run(directory, "-sS", "--cacert", "web.pem", uri)
                        .succeeded()
                        .out());
        // OpenSSL keeps the session in a file, as a client that goes on where it was.
        String[] first = visit("web.pem", "-sess_out");
        assertTrue(openssl.run(directory, first).out().contains("printer-7"));

        say("rebind https office");
        curl.run(directory, "-sS", "--cacert", "web.pem", uri).failed();
        assertEquals(
                StatusPage.TEXT,
                curl.run(directory, "-sS", "--cacert", "office.pem", uri)
                        .succeeded()
                        .out());
        Peer.Result resuming = openssl.run(directory, visit("office.pem", "-sess_in"));
        assertTrue(resuming.out().contains("CN = office") || resuming.out().contains("CN=office"), resuming::toString);
        assertTrue(resuming.out().contains("New, TLS"), resuming::toString);
    }

    private String[] visit(String anchor, String session) {
        URI uri = uri("https");
        return new String[] {
            "s_client",
            "-ign_eof",
            "-CAfile",
            anchor,
            "-verify_return_error",
            "-verify_hostname",
            "localhost",
            session,
            "session.pem",
            "-connect",
            "localhost:" + uri.getPort()
        };
    }

    @Test
    @Tag("W11")
    void areRefusedWithReasons() {
        assertTrue(run(1, "bind", "https", "nobody").contains("has no certificate"), err());
        run(0, "bind", "https", "web");
        assertTrue(run(1, "bind", "https", "office").contains("rebind it"), err());
        assertTrue(run(1, "rebind", "other", "web").contains("is not bound"), err());
        assertTrue(run(1, "serve", "other=0").contains("has none to begin with"), err());
        run(2, "serve");
        run(2, "serve", "https");
        run(2, "serve", "https=x");
        assertTrue(run(2, "bind", "https").contains("the identity is missing"), err());
    }
}
