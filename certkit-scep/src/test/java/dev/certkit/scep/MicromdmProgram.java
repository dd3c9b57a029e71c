package dev.certkit.scep;

import dev.certkit.format.Certificates;
import dev.certkit.format.PrivateKeys;
import dev.certkit.http.HttpAnswer;
import dev.certkit.http.HttpCall;
import dev.certkit.http.HttpTransport;
import dev.certkit.http.UnreachableException;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.Enrolment;
import dev.certkit.key.Passphrase;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What is done with a scepserver on port 8080 of this network: one line for each act. */
final class MicromdmProgram {
    private static final URI SERVER = URI.create("http://127.0.0.1:8080/scep");

    private final X509Certificate ca;
    private final Path directory;
    private final AtomicInteger exchanges = new AtomicInteger();
    private final AtomicInteger posts = new AtomicInteger();
    private final ScepClient client;

    private MicromdmProgram(Path directory) throws IOException {
        this.directory = directory;
        this.ca = Certificates.parse(Files.readString(directory.resolve("depot/ca.pem")))
                .get(0);
        this.client = ScepClient.at(SERVER)
                .trustingCa(Fingerprint.sha256(ca))
                .quirks(PeerQuirks.legacyMicromdm())
                .transport(this::recorded);
    }

    /** Counts, and leaves messages and answers behind, which is where the recorded vectors come from. */
    private HttpAnswer recorded(HttpCall call) throws IOException {
        exchanges.incrementAndGet();
        HttpAnswer answer = HttpTransport.standard().exchange(call);
        if (call.body().isPresent()) {
            int number = posts.incrementAndGet();
            Files.write(
                    directory.resolve("message-" + number + ".der"), call.body().get());
            Files.write(directory.resolve("answer-" + number + ".der"), answer.body());
        }
        return answer;
    }

    private interface Act {
        Enrolment take() throws IOException;
    }

    private static String outcome(Act act) throws IOException {
        try {
            return act.take()
                    .fold(
                            issued -> "issued " + issued.key().chain().subject() + ", certificates in the chain: "
                                    + issued.key().chain().certificates().size(),
                            pending -> "pending",
                            refused -> "refused " + refused.number());
        } catch (ScepException e) {
            return e.check()
                    + (e.httpStatus().isPresent() ? " " + e.httpStatus().getAsInt() : "");
        }
    }

    private static PendingKey pending(String key, String challenge) {
        return CertificationRequest.forSubject(DistinguishedName.cn("printer-7").o("Test"))
                .challengePassword(Passphrase.of(challenge))
                .signedBy(Pki.rsa(key));
    }

    private void run() throws IOException {
        ScepClient strict = ScepClient.at(SERVER).trustingCa(ca);
        System.out.println("default: " + outcome(() -> strict.enrol(pending("strict", "secret"))));
        System.out.println("pin: "
                + outcome(() -> ScepClient.at(SERVER)
                        .trustingCa(Fingerprint.sha256(new byte[0]))
                        .enrol(pending("strict", "secret"))));
        List<Integer> counts = new ArrayList<>();
        PendingKey printer = pending("first", "secret");
        Files.writeString(directory.resolve("key.pem"), PrivateKeys.toUnencryptedPem(printer.privateKey()));
        Files.writeString(directory.resolve("request.pem"), printer.request().toPem());
        Enrolment first = client.enrol(printer);
        counts.add(exchanges.getAndSet(0));
        System.out.println("enrol: " + outcome(() -> first));
        CertifiedKey current = ((Enrolment.Issued) first).key();
        System.out.println("renew: " + outcome(() -> client.renew(current, pending("second", "secret"))));
        counts.add(exchanges.getAndSet(0));
        System.out.println("exchanges: " + counts);
        System.out.println("renew-17: "
                + outcome(() -> client.renewing(RenewalForm.RENEWAL_REQ).renew(current, pending("third", "secret"))));
        System.out.println("challenge: " + outcome(() -> client.enrol(pending("fourth", "guessed"))));
        System.out.println("poll: " + outcome(() -> client.poll(client.transaction(pending("first", "secret")))));
    }

    private static void awaitServer() throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                ScepClient.at(SERVER).insecureTrustingFirstCa(seen -> {}).authorities();
                return;
            } catch (UnreachableException e) {
                Thread.sleep(100);
            }
        }
        throw new IOException("the server does not answer");
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        awaitServer();
        new MicromdmProgram(Path.of(arguments[0])).run();
    }
}
