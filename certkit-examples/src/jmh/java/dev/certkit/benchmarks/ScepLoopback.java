package dev.certkit.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.certkit.examples.ScepHttpServer;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.Enrolment;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.scep.ChallengePolicy;
import dev.certkit.scep.ScepClient;
import dev.certkit.scep.ScepResponder;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.jscep.client.Client;
import org.jscep.client.EnrollmentResponse;
import org.jscep.client.verification.OptimisticCertificateVerifier;

/**
 * Enrolments at a responder in another process, over loopback: what a client's process takes of the processor for one.
 *
 * <p>Key, request and self-signed certificate are ready for both. Both take turns, a slice each; everything the process does
 * counts, its HTTP client's threads, its compiler and its garbage too. The calling thread's part is told beside it.
 */
public final class ScepLoopback {
    private static final DistinguishedName SUBJECT = DistinguishedName.cn("device");
    private static final int SLICE = 200;
    private static final int ROUNDS = 40;

    private final KeyPair keys = KeyType.RSA_2048.generate();
    private final CertifiedKey signer = CertifiedKey.selfSigned(SUBJECT).with(keys);
    private final ScepClient certkit;
    private final Client jscep;
    private int number;

    private ScepLoopback(URI uri) throws Exception {
        certkit = ScepClient.at(uri).insecureTrustingFirstCa(seen -> {});
        jscep = new Client(uri.toURL(), new OptimisticCertificateVerifier());
    }

    private interface Act {
        void enrol(PendingKey pending) throws Exception;
    }

    private void byCertkit(PendingKey pending) throws Exception {
        if (!(certkit.enrol(pending) instanceof Enrolment.Issued)) {
            throw new IllegalStateException("certkit was not certified");
        }
    }

    private void byJscep(PendingKey pending) throws Exception {
        X509Certificate own = signer.chain().leaf();
        EnrollmentResponse response = jscep.enrol(
                own,
                keys.getPrivate(),
                new PKCS10CertificationRequest(pending.request().encoded()));
        if (!response.isSuccess()) {
            throw new IllegalStateException("jscep was not certified");
        }
    }

    /** Milliseconds for one enrolment. */
    private record Cost(double process, double caller, double wall) {
        static Cost now() {
            OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            return new Cost(
                    system.getProcessCpuTime() / 1e6,
                    ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e6,
                    System.nanoTime() / 1e6);
        }

        Cost since(Cost before) {
            return new Cost(
                    (process - before.process) / SLICE, (caller - before.caller) / SLICE, (wall - before.wall) / SLICE);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f ms CPU (%.2f by the caller), %.2f ms", process, caller, wall);
        }
    }

    private Cost slice(Act act) throws Exception {
        List<PendingKey> requests = new ArrayList<>();
        for (int i = 0; i < SLICE; i++) {
            String name = "device-" + number++ + ".example";
            requests.add(CertificationRequest.forSubject(SUBJECT)
                    .san(name)
                    .challengePassword(Passphrase.of("secret"))
                    .signedBy(keys));
        }
        Cost before = Cost.now();
        for (PendingKey each : requests) {
            act.enrol(each);
        }
        return Cost.now().since(before);
    }

    private void race() throws Exception {
        double[] ratios = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            Cost ours = slice(this::byCertkit);
            Cost theirs = slice(this::byJscep);
            ratios[round] = ours.process / theirs.process;
            System.out.printf(
                    Locale.ROOT,
                    "round %2d: certkit %s; jscep %s; CPU ratio %.2f%n",
                    round,
                    ours,
                    theirs,
                    ratios[round]);
        }
        double[] warm = Arrays.copyOfRange(ratios, ROUNDS / 2, ROUNDS);
        Arrays.sort(warm);
        System.out.printf(Locale.ROOT, "median CPU ratio of the last %d: %.2f%n", warm.length, warm[warm.length / 2]);
    }

    private static void serve() throws Exception {
        CertifiedKey root = CertifiedKey.selfSigned(DistinguishedName.cn("Root").o("Acme"))
                .profile(CertificateProfile.scepAuthority())
                .with(KeyType.RSA_2048.generate());
        ScepHttpServer server =
                ScepHttpServer.start(ScepResponder.of(LocalAuthority.of(root).profile(CertificateProfile.tlsServer()))
                        .challenges(ChallengePolicy.shared(Passphrase.of("secret"))));
        System.out.println(server.uri());
        System.in.read();
        System.exit(0);
    }

    /** Without arguments the race; with one, the responder until standard input ends. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            serve();
        }
        Process responder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        // Without it each answer waits 40 ms for the peer's acknowledgement of its head.
                        "-Dsun.net.httpserver.nodelay=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ScepLoopback.class.getName(),
                        "serve")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(responder.getInputStream(), StandardCharsets.UTF_8))) {
            new ScepLoopback(URI.create(out.readLine())).race();
        } finally {
            responder.destroy();
        }
        System.exit(0);
    }
}
