package dev.certkit.examples.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.examples.ScepHttpServer;
import dev.certkit.examples.StatusPage;
import dev.certkit.examples.Visitor;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.Issuance;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.shelf.Identities;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.Storage;
import dev.certkit.store.file.DirectoryStorage;
import dev.certkit.store.file.FileLayout;
import dev.certkit.store.file.ServerFiles;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises, done. */
class SnippetsTest {
    private static final CertifiedKey ROOT = CertifiedKey.selfSigned(DistinguishedName.cn("Root"))
            .profile(CertificateProfile.scepAuthority())
            .with(KeyType.RSA_2048.generate());

    private final Storage storage = InMemoryStorage.empty();
    private final Identities identities = Identities.in(storage).unencrypted();

    @Test
    void theFirstSnippetMakesACertificateForThePrinter() {
        CertificateChain chain = Snippets.selfSigned().chain();

        assertEquals("CN=printer-7", chain.subject().toString());
        assertTrue(chain.gap().isEmpty());
    }

    @Test
    void aRequestIsStillThereAfterARestart(@TempDir Path parent) throws IOException {
        Path directory = parent.resolve("flash");

        String csr = Snippets.request(directory);

        try (Storage reopened = DirectoryStorage.at(directory)) {
            PendingKey pending =
                    Identities.in(reopened).unencrypted().pending("web").orElseThrow();
            assertEquals(CertificationRequest.parse(csr), pending.request());
        }
    }

    @Test
    void anAnswerIsInstalledWhateverStandsAroundIt() throws IOException {
        PendingKey pending = identities.request(
                "web", CertificationRequest.forSubject(DistinguishedName.cn("cam.example.fr")), KeyType.EC_P256);
        Issuance.Certified certified =
                (Issuance.Certified) LocalAuthority.of(ROOT).issue(pending.request());

        CertifiedKey installed = Snippets.install(
                identities, "Dear customer,\r\n" + certified.chain().toPem() + "Yours, the CA\r\n");

        assertEquals(
                List.of(certified.chain().leaf(), ROOT.chain().leaf()),
                installed.chain().certificates());
    }

    @Test
    void aCertificateIsHeldAgainstItsProfileAndTheRules() {
        X509Certificate printer = Snippets.selfSigned().chain().leaf();
        X509Certificate client = CertifiedKey.selfSigned(DistinguishedName.cn("printer-7"))
                .profile(CertificateProfile.tlsClient())
                .with(KeyType.EC_P256.generate())
                .chain()
                .leaf();

        List<String> warnings = Snippets.inspect(printer);
        assertEquals(2, warnings.size(), warnings::toString);
        assertTrue(warnings.get(0).startsWith("WARNING cn-not-in-san"), warnings::toString);
        assertTrue(warnings.get(1).startsWith("WARNING self-signed"), warnings::toString);
        assertTrue(Snippets.inspect(client).get(0).contains("serverAuth"));
    }

    @Test
    void aPairMovesFromOneServersFilesToAnothers(@TempDir Path parent) throws IOException {
        CertifiedKey web = Snippets.selfSigned();
        Path haproxy = Files.createDirectory(parent.resolve("haproxy"));

        ServerFiles apache = Snippets.layout(web, haproxy, Files.createDirectory(parent.resolve("apache")));

        assertEquals(web.chain(), apache.read("web").orElseThrow().chain());
        assertTrue(Files.exists(apache.path("web", FileLayout.Part.KEY)));
    }

    @Test
    void aStrangerIsNotTrustedAndTheReasonsAreGiven() throws IOException {
        TrustVerdict verdict = Snippets.judge(
                TrustAnchors.of(ROOT.chain().leaf()),
                Snippets.selfSigned().chain().certificates());

        String reasons = verdict.fold(path -> "trusted", Object::toString);
        assertTrue(reasons.contains("cam.example.fr"), reasons);
    }

    @Test
    void aPrinterEnrolsAtTheResponder() throws IOException {
        Snippets.Office office = Snippets.responder(ROOT, storage);
        PendingKey pending = CertificationRequest.forSubject(DistinguishedName.cn("printer-7"))
                .san("printer-7.local")
                .challengePassword(office.challenge())
                .signedBy(KeyType.RSA_2048.generate());

        try (ScepHttpServer server = ScepHttpServer.start(office.responder())) {
            String answer = Snippets.enrol(pending, server.uri(), ROOT.chain().fingerprint());
            assertTrue(answer.startsWith("certified until "), answer);
        }
    }

    @Test
    void aServerShowsWhatIsInstalledLater() throws IOException {
        CertifiedKey first = local();
        identities.install("web", first);
        Visitor visitor = new Visitor(Snippets.client(ROOT.chain().leaf()));
        try (StatusPage page = StatusPage.start(Snippets.server(identities))) {
            assertEquals(
                    first.chain().leaf(),
                    visitor.visit("127.0.0.1", page.port()).certificate());
            CertifiedKey second = local();

            identities.install("web", second);

            assertEquals(
                    second.chain().leaf(),
                    visitor.visit("127.0.0.1", page.port()).certificate());
        }
    }

    private static CertifiedKey local() throws IOException {
        PendingKey pending = CertificationRequest.forSubject(DistinguishedName.cn("127.0.0.1"))
                .signedBy(KeyType.EC_P256.generate());
        Issuance.Certified certified =
                (Issuance.Certified) LocalAuthority.of(ROOT).issue(pending.request());
        return pending.certifiedBy(certified.chain());
    }
}
