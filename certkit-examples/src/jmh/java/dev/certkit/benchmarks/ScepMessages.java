package dev.certkit.benchmarks;

import dev.certkit.http.HttpAnswer;
import dev.certkit.http.HttpCall;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.Enrolment;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.scep.ChallengePolicy;
import dev.certkit.scep.PeerQuirks;
import dev.certkit.scep.RenewalForm;
import dev.certkit.scep.ScepClient;
import dev.certkit.scep.ScepRequest;
import dev.certkit.scep.ScepResponder;
import dev.certkit.scep.ScepResponse;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A renewal on the client's side, without a network: the message is built, and the answer to it opened and checked.
 *
 * <p>The bare operations of the same providers are beside it, and jscep's messages with the same algorithms, which check
 * less: the answer's signature, but neither the certificate nor its chain. RSA-2048. Compare within one run only.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScepMessages {
    private static final URI NOWHERE = URI.create("http://ca.example/scep");

    private final ConstantRandom random = new ConstantRandom();
    private Optional<HttpAnswer> recorded = Optional.empty();
    private ScepClient client;
    private CertifiedKey current;
    private PendingKey next;
    private BareOperations bare;
    private JscepMessages jscep;

    @Setup
    public void setUp() throws Exception {
        CertifiedKey root = CertifiedKey.selfSigned(DistinguishedName.cn("Root").o("Acme"))
                .profile(CertificateProfile.scepAuthority())
                .with(KeyType.RSA_2048.generate());
        ScepResponder responder = ScepResponder.of(LocalAuthority.of(root).profile(CertificateProfile.tlsServer()))
                .challenges(ChallengePolicy.shared(Passphrase.of("secret")));
        client = ScepClient.at(NOWHERE)
                .trustingCa(root.chain().leaf())
                .using(CryptoProviders.standard().random(random))
                .renewing(RenewalForm.PKCS_REQ)
                .quirks(PeerQuirks.none())
                .transport(call -> answer(responder, call));
        current = issued(client.enrol(pending("printer-7.example")));
        recorded = Optional.empty();
        next = pending("printer-7.example");
        jscep = new JscepMessages(current, root, next.request().encoded());
        bare = new BareOperations(current, root, next.request().encoded());
    }

    private static PendingKey pending(String name) {
        return CertificationRequest.forSubject(DistinguishedName.cn(name))
                .san(name)
                .challengePassword(Passphrase.of("secret"))
                .signedBy(KeyType.RSA_2048.generate());
    }

    private static CertifiedKey issued(Enrolment enrolment) {
        return ((Enrolment.Issued) enrolment).key();
    }

    /** The nonce is always the same, so that one answer is the answer to all. */
    private HttpAnswer answer(ScepResponder responder, HttpCall call) {
        boolean message = call.method().equals("POST");
        if (message && recorded.isPresent()) {
            return recorded.get();
        }
        ScepResponse response = responder.handle(ScepRequest.of(call.method())
                .query(call.uri().getRawQuery())
                .body(call.body().orElse(new byte[0])));
        HttpAnswer answer = HttpAnswer.of(
                response.status(), Map.of("Content-Type", List.of(response.contentType())), response.body());
        if (message) {
            recorded = Optional.of(answer);
        }
        return answer;
    }

    /** Not random at all. */
    private static final class ConstantRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;

        @Override
        public void nextBytes(byte[] bytes) {
            java.util.Arrays.fill(bytes, (byte) 7);
        }
    }

    @Benchmark
    public Object bare() throws Exception {
        return bare.buildAndOpen();
    }

    @Benchmark
    public Object certkit() throws IOException {
        return client.renew(current, next);
    }

    @Benchmark
    public Object jscep() throws Exception {
        return jscep.buildAndOpen();
    }
}
