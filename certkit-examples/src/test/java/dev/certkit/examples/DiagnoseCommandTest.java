package dev.certkit.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.certkit.format.Certificates;
import dev.certkit.format.PrivateKeys;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.shelf.Identities;
import dev.certkit.store.Storage;
import dev.certkit.store.file.DirectoryStorage;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program from command line to exit code, in this process, against a real server. */
@Tag("W12")
@Tag("W13")
@Timeout(60)
class DiagnoseCommandTest {
    private static final CertifiedKey ROOT = CertifiedKey.selfSigned(DistinguishedName.cn("Office CA"))
            .profile(CertificateProfile.authority())
            .with(KeyType.EC_P256.generate());

    @TempDir
    private Path directory;

    private String out = "";
    private String err = "";

    private int run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = DiagnoseCommand.run(
                List.of(words),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        this.out = out.toString(StandardCharsets.UTF_8);
        this.err = err.toString(StandardCharsets.UTF_8);
        return exit;
    }

    private static CertifiedKey certified() throws IOException {
        KeyPair keys = KeyType.EC_P256.generate();
        CertificationRequest request = CertificationRequest.forSubject(DistinguishedName.cn("localhost"))
                .san("localhost", "127.0.0.1")
                .signedBy(keys)
                .request();
        return LocalAuthority.of(ROOT)
                .issue(request)
                .fold(
                        issued -> {
                            try {
                                return CertifiedKey.of(keys.getPrivate(), issued.chain());
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        },
                        declined -> {
                            throw new AssertionError("declined: " + declined);
                        });
    }

    private static HttpsServer serving(CertifiedKey key) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] password = "in memory".toCharArray();
        store.setKeyEntry(
                "web", key.privateKey(), password, key.chain().certificates().toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.start();
        return server;
    }

    private String anchors() throws IOException {
        return Files.writeString(
                        directory.resolve("anchors.pem"),
                        Certificates.toPem(ROOT.chain().certificates()))
                .toString();
    }

    @Test
    void aServerOfTheJdkThatIsTrustedIsWell() throws Exception {
        HttpsServer server = serving(certified());
        try {
            String port = Integer.toString(server.getAddress().getPort());
            assertEquals(0, run("server", "localhost", port, "--anchors", anchors()), () -> out + err);
            assertTrue(out.contains("negotiated: TLSv1.3 with TLS_AES_"), () -> out);
            assertTrue(out.contains("0  CN=localhost, issued by CN=Office CA"), () -> out);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aServerThatNobodyTrustsIsAnErrorWithARemedy() throws Exception {
        HttpsServer server = serving(certified());
        try {
            String port = Integer.toString(server.getAddress().getPort());
            assertEquals(1, run("server", "localhost", port, "--servername", "printer-7.local"));
            assertTrue(out.contains("ERROR WRONG_NAME: the certificate is not for printer-7.local"), () -> out);
            assertTrue(out.contains("ERROR UNTRUSTED_ROOT") || out.contains("ERROR UNKNOWN_ISSUER"), () -> out);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aServerThatIsNotThereIsAnError() {
        assertEquals(1, run("server", "127.0.0.1", "1", "--seconds", "5"));
        assertTrue(out.contains("ERROR CONNECTION_REFUSED: 127.0.0.1:1: "), () -> out);
        assertEquals(1, run("server", "127.0.0.1", "1", "--proxy", "127.0.0.1:2", "--starttls", "SMTP"));
        assertTrue(out.contains("ERROR PROXY_UNREACHABLE"), () -> out);
    }

    @Test
    void aStoredIdentityIsDiagnosedWithoutItsPassphrase() throws Exception {
        Path store = directory.resolve("store");
        try (Storage storage = DirectoryStorage.at(store)) {
            Identities.in(storage).sealedUnder(Passphrase.of("geheim")).install("web", certified());
        }
        assertEquals(0, run("identity", store.toString(), "web", "--anchors", anchors()), () -> out + err);
        assertEquals(1, run("identity", store.toString(), "web", "--servername", "other.example.fr"));
        assertTrue(out.contains("ERROR WRONG_NAME"), () -> out);
        assertEquals(1, run("identity", store.toString(), "nobody"));
        assertTrue(out.contains("ERROR NO_CERTIFICATE: there is no certificate under this name\n  add "), () -> out);
    }

    @Test
    void allIdentitiesOfADirectoryAreDiagnosedIfNoneIsNamed() throws Exception {
        Path store = directory.resolve("store");
        try (Storage storage = DirectoryStorage.at(store)) {
            Identities identities = Identities.in(storage).unencrypted();
            identities.install("web", certified());
            identities.request("office", CertificationRequest.forSubject(DistinguishedName.cn("o")), KeyType.EC_P256);
        }
        assertEquals(1, run("identity", store.toString(), "--anchors", anchors()), () -> out + err);
        assertTrue(out.contains("the identity web") && out.contains("the identity office"), () -> out);
        assertTrue(out.contains("NOTE ROOT_SENT") && out.contains("ERROR NO_CERTIFICATE"), () -> out);
        assertEquals(2, run("identity", store.toString(), "web", "office"));
    }

    @Test
    void aFileWithTheWrongKeyIsAnError() throws Exception {
        String file = Files.writeString(
                        directory.resolve("paste.pem"),
                        PrivateKeys.toUnencryptedPem(KeyType.EC_P256.generate().getPrivate())
                                + Certificates.toPem(certified().chain().certificates()))
                .toString();
        assertEquals(1, run("file", file));
        assertTrue(out.contains("ERROR KEY_MISMATCH"), () -> out);
        assertFalse(out.contains("PRIVATE KEY--"), () -> out);
    }

    @Test
    void aWrongCommandLineSaysHowItShouldBe() {
        assertEquals(2, run("server", "localhost"));
        assertTrue(err.contains("the port is missing") && err.contains("usage: diagnose"), () -> err);
        assertEquals(2, run("weather"));
        assertEquals(2, run("server", "localhost", "x"));
        assertEquals(2, run("server", "localhost", "443", "--proxy", "nowhere"));
        assertEquals(1, run("server", "localhost", "70000"));
    }
}
