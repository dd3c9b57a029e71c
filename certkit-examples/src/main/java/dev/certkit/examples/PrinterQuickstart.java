package dev.certkit.examples;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.CertificateAuthority;
import dev.certkit.issue.Enrolment;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.scep.ChallengePolicy;
import dev.certkit.scep.OneTimeChallenges;
import dev.certkit.scep.ScepClient;
import dev.certkit.scep.ScepResponder;
import dev.certkit.shelf.Identities;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.Storage;
import dev.certkit.store.file.DirectoryStorage;
import dev.certkit.tls.TlsContext;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** A printer enrols over SCEP, serves HTTPS, renews, and the running server shows the new certificate. */
public final class PrinterQuickstart {
    private static final DistinguishedName PRINTER =
            DistinguishedName.cn("printer-7").o("Acme").c("FR");
    private static final String[] NAMES = {"printer-7.local", "127.0.0.1"};
    private static final CertificationRequest.Draft WISHES =
            CertificationRequest.forSubject(PRINTER).san(NAMES);

    private final Account account;

    PrinterQuickstart(Account account) {
        this.account = account;
    }

    /** Runs the story; the exit code is 0 only if every step was verified. */
    public static void main(String[] args) throws IOException {
        new PrinterQuickstart(new Account(System.out)).run(Files.createTempDirectory("certkit-printer-7-"));
    }

    void run(Path directory) throws IOException {
        account.step("A private authority, and its SCEP responder on the loopback address");
        CertifiedKey root = CertifiedKey.selfSigned(
                        DistinguishedName.cn("Acme Devices CA").o("Acme"))
                .profile(CertificateProfile.scepAuthority())
                .with(KeyType.RSA_3072.generate());
        account.certificate(root.chain());
        Storage office = InMemoryStorage.empty();
        OneTimeChallenges challenges = ChallengePolicy.oneTime(office);
        LocalAuthority authority =
                LocalAuthority.of(root).profile(CertificateProfile.tlsServer()).in(office);
        ScepResponder responder = ScepResponder.of(authority).in(office).challenges(challenges);
        try (ScepHttpServer server = ScepHttpServer.start(responder);
                Storage flash = DirectoryStorage.at(directory)) {
            account.fact("listens at", server.uri());
            ScepClient scep =
                    ScepClient.at(server.uri()).trustingCa(root.chain().fingerprint());
            Identities printer = Identities.in(flash).unencrypted();
            enrol(printer, scep, challenges.forSubject(PRINTER).san(NAMES).issue());
            showFiles(directory);
            serveAndRenew(printer, scep, TrustAnchors.of(root.chain().leaf()));
        }
        account.step("Done; the printer's files are in " + directory);
    }

    private void enrol(Identities printer, CertificateAuthority scep, Passphrase challenge) throws IOException {
        account.step("The printer makes a key and a request, stores both, and enrols with its one-time challenge");
        PendingKey pending = printer.request("web", WISHES.challengePassword(challenge), KeyType.RSA_2048);
        account.verified(
                "the pending key is stored before the network is touched",
                printer.pending("web").isPresent());
        printer.install("web", issued(scep.enrol(pending)));
        account.certificate(printer.find("web").orElseThrow().chain());
        account.verified("nothing is pending any more", printer.pending("web").isEmpty());
    }

    private void showFiles(Path directory) throws IOException {
        account.step("Key and chain are one file, written as a whole");
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                account.fact(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), file.getFileName());
                account.verified(
                        "nobody else can read it",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                                .endsWith("------"));
            }
        }
    }

    private void serveAndRenew(Identities printer, CertificateAuthority scep, TrustAnchors anchors) throws IOException {
        CertifiedKey first = printer.find("web").orElseThrow();
        Visitor regular = new Visitor(TlsContext.trusting(anchors).toSslContext());
        try (StatusPage page =
                StatusPage.start(TlsContext.presenting(printer.live("web")).toSslContext())) {
            account.step("The printer serves HTTPS to clients that trust only that authority");
            Visitor.Visit visit = regular.visit("127.0.0.1", page.port());
            account.verified(
                    "the client gets \"" + visit.page() + "\"", visit.page().equals(StatusPage.TEXT));
            account.verified(
                    "it sees this certificate",
                    visit.certificate().equals(first.chain().leaf()));
            account.verified(
                    "the client resumes",
                    regular.visit("127.0.0.1", page.port()).resumed());
            account.verified("another host name is refused", isRefused(anchors, "localhost", page.port()));

            account.step("The printer renews with a new key; the server goes on");
            X509Certificate renewed = renew(printer, scep, first).leaf();
            Visitor stranger = new Visitor(TlsContext.trusting(anchors).toSslContext());
            account.verified(
                    "a new client sees the new certificate",
                    stranger.visit("127.0.0.1", page.port()).certificate().equals(renewed));
            account.verified(
                    "the resuming client sees the new certificate",
                    regular.visit("127.0.0.1", page.port()).certificate().equals(renewed));
        }
    }

    private CertificateChain renew(Identities printer, CertificateAuthority scep, CertifiedKey current)
            throws IOException {
        PendingKey next = printer.request("web", WISHES, KeyType.RSA_2048);
        printer.install("web", issued(scep.renew(current, next)));
        CertificateChain renewed = printer.find("web").orElseThrow().chain();
        account.certificate(renewed);
        account.verified(
                "the key is new",
                !renewed.leaf().getPublicKey().equals(current.chain().leaf().getPublicKey()));
        return renewed;
    }

    private static boolean isRefused(TrustAnchors anchors, String host, int port) throws IOException {
        try {
            new Visitor(TlsContext.trusting(anchors).toSslContext()).visit(host, port);
            return false;
        } catch (SSLException e) {
            return true;
        }
    }

    private static CertifiedKey issued(Enrolment answer) {
        return answer.fold(
                Enrolment.Issued::key,
                pending -> {
                    throw new IllegalStateException("still pending: " + pending.transactionId());
                },
                refused -> {
                    throw new IllegalStateException("refused: " + refused.number() + " " + refused.text());
                });
    }
}
