package dev.certkit.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.examples.readme.Snippets;
import dev.certkit.format.Certificates;
import dev.certkit.format.MalformedEncodingException;
import dev.certkit.http.UnreachableException;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.KeyMismatchException;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.Enrolment;
import dev.certkit.issue.FailInfo;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.scep.ScepClient;
import dev.certkit.scep.ScepException;
import dev.certkit.shelf.Identities;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.Storage;
import dev.certkit.store.file.DirectoryStorage;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong around a device is said in words, and nothing that was stored changes by a byte. */
class BadInputTest {
    private static final CertifiedKey ROOT = CertifiedKey.selfSigned(DistinguishedName.cn("Root"))
            .profile(CertificateProfile.scepAuthority())
            .with(KeyType.RSA_2048.generate());
    private static final CertificationRequest.Draft WISHES =
            CertificationRequest.forSubject(DistinguishedName.cn("printer-7"));

    @TempDir
    Path parent;

    private Path directory;
    private Storage flash;
    private Identities printer;
    private PendingKey pending;
    private Map<String, String> before;

    @BeforeEach
    void aPrinterWithAPendingKeyAndOneInUse() throws IOException {
        directory = parent.resolve("flash");
        flash = DirectoryStorage.at(directory);
        printer = Identities.in(flash).unencrypted();
        printer.install(
                "web",
                CertifiedKey.selfSigned(DistinguishedName.cn("printer-7")).with(KeyType.EC_P256.generate()));
        pending = printer.request("web", WISHES.challengePassword(Passphrase.of("guessed")), KeyType.RSA_2048);
        before = bytes();
    }

    @AfterEach
    void nothingStoredHasChanged() throws IOException {
        assertEquals(before, bytes());
        flash.close();
    }

    private Map<String, String> bytes() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(directory)) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    private static void says(Exception e, String... facts) {
        for (String fact : facts) {
            assertTrue(String.valueOf(e.getMessage()).contains(fact), () -> fact + " is not in: " + e.getMessage());
        }
    }

    @Test
    void garbageIsNoCertificate() {
        says(
                assertThrows(
                        MalformedEncodingException.class,
                        () -> Snippets.install(printer, "<html>Please log in</html>")),
                "no certificate, key, request or revocation list could be read",
                "an HTML page",
                "download the file");
    }

    @Test
    void aTruncatedTextNamesItsBlock() {
        String pem = ROOT.chain().toPem();

        says(
                assertThrows(
                        KeyMismatchException.class,
                        () -> Snippets.install(printer, pem + pem.substring(0, pem.length() / 2))),
                "the certificate of CN=Root is not for the pending key of identity web",
                "not read: PEM block 2, CERTIFICATE",
                "END line is missing",
                "copy the whole text");
    }

    @Test
    void anOversizedFileIsNotEvenParsed() {
        byte[] large = new byte[2 << 20];
        large[0] = 0x30;

        says(
                assertThrows(MalformedEncodingException.class, () -> Certificates.decode(large)),
                "2097152",
                "limit of 1048576");
    }

    @Test
    void aCertificateForAnotherKeyIsRefused() {
        CertificateChain stranger = CertifiedKey.selfSigned(DistinguishedName.cn("printer-7"))
                .with(KeyType.RSA_2048.generate())
                .chain();

        says(
                assertThrows(KeyMismatchException.class, () -> printer.install("web", stranger)),
                "CN=printer-7",
                "give the answer to the request");
    }

    @Test
    void aWrongPinIsRefusedBeforeAnythingIsSent() throws IOException {
        Fingerprint wrong = Fingerprint.sha256("another CA".getBytes(StandardCharsets.US_ASCII));
        Snippets.Office office = Snippets.responder(ROOT, InMemoryStorage.empty());
        try (ScepHttpServer server = ScepHttpServer.start(office.responder())) {
            ScepClient scep = ScepClient.at(server.uri()).trustingCa(wrong);

            ScepException refused = assertThrows(ScepException.class, () -> scep.enrol(pending));

            says(refused, wrong.toString(), ROOT.chain().fingerprint().toString());
        }
    }

    @Test
    void aWrongChallengeIsARefusalAndNoException() throws IOException {
        Snippets.Office office = Snippets.responder(ROOT, InMemoryStorage.empty());
        try (ScepHttpServer server = ScepHttpServer.start(office.responder())) {
            ScepClient scep =
                    ScepClient.at(server.uri()).trustingCa(ROOT.chain().fingerprint());

            Enrolment.Refused refused = assertInstanceOf(Enrolment.Refused.class, scep.enrol(pending));

            assertEquals(FailInfo.BAD_REQUEST, refused.failInfo().orElseThrow());
            assertTrue(refused.text().contains("challenge"), refused.text());
        }
    }

    @Test
    void anUnreachableServerIsNamed() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        ScepClient scep = ScepClient.at(URI.create("http://127.0.0.1:" + port + "/scep"))
                .trustingCa(ROOT.chain().fingerprint());

        says(assertThrows(UnreachableException.class, () -> scep.enrol(pending)), "127.0.0.1:" + port);
    }

    @Test
    void whatIsPendingAndInUseIsStillThereAfterwards() throws IOException {
        assertEquals(pending.request(), printer.pending("web").orElseThrow().request());
        assertEquals(List.of("web"), printer.names());
        assertTrue(printer.find("web").isPresent());
    }
}
