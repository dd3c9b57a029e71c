package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.Enrolment;
import dev.certkit.key.Passphrase;
import dev.certkit.scep.ForeignServer.Page;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A foreign server with one authority, and what a test needs to talk to it. */
final class ForeignLab implements AutoCloseable {
    static final MessageKey CA = Pki.authority("ca");
    static final String CHALLENGE = "secret";

    final ForeignServer server = new ForeignServer();
    final List<ForeignRequest> requests = new CopyOnWriteArrayList<>();

    ForeignLab() {
        serving(CA.certificate());
        answering(ForeignLab::success);
    }

    ScepClient.Unpinned unpinned() {
        return ScepClient.at(server.uri());
    }

    ScepClient client() {
        return unpinned().trustingCa(Fingerprint.sha256(CA.certificate())).clock(Clock.fixed(Pki.NOW, ZoneOffset.UTC));
    }

    ForeignLab serving(X509Certificate... certificates) {
        server.certificates(Page.ok("application/x-x509-ca-ra-cert", ForeignRequest.certsOnly(certificates)));
        return this;
    }

    ForeignLab announcing(String... words) {
        server.capabilities(Page.ok("text/plain", String.join("\n", words).getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    ForeignLab answering(Function<ForeignRequest, Forge> answer) {
        return answering(CA, answer);
    }

    /** With another key that opens requests and signs answers; certificates are always the authority's. */
    ForeignLab answering(MessageKey key, Function<ForeignRequest, Forge> answer) {
        server.operation(message -> {
            ForeignRequest request = ForeignRequest.read(message, key, key);
            requests.add(request);
            return Page.ok("application/x-pki-message", answer.apply(request).encoded());
        });
        return this;
    }

    static Forge success(ForeignRequest request) {
        return request.success(request.issuedBy(CA));
    }

    static PendingKey pending(String name) {
        return pending(Pki.rsa(name));
    }

    static PendingKey pending(KeyPair key) {
        return CertificationRequest.forSubject(DistinguishedName.cn("device").o("Test"))
                .san("device.example")
                .challengePassword(Passphrase.of(CHALLENGE))
                .signedBy(key);
    }

    /** A key that the authority certified before. */
    static CertifiedKey certified(String name) {
        return certified(Pki.rsa(name));
    }

    static CertifiedKey certified(KeyPair key) {
        X509Certificate leaf = Pki.certificate("device").key(key.getPublic()).certificateBy(CA);
        try {
            return CertifiedKey.of(key.getPrivate(), CertificateChain.of(List.of(leaf, CA.certificate())));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static CertifiedKey issued(Enrolment enrolment) {
        return assertInstanceOf(Enrolment.Issued.class, enrolment, enrolment::toString)
                .key();
    }

    @Override
    public void close() {
        server.close();
    }
}
