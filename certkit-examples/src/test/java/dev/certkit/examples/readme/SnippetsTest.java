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
import dev.certkit.store.Identities;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.Storage;
import dev.certkit.store.file.DirectoryStorage;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.nio.file.Path;
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
    void aPrinterEnrolsAtTheResponder() throws IOException {
        Snippets.Office office = Snippets.responder(ROOT, storage);
        PendingKey pending = CertificationRequest.forSubject(DistinguishedName.cn("printer-7"))
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
