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
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A client, and a server that answers as a test says and keeps what it was asked. */
abstract class ScepClientFixture {
    static final MessageKey CA = Pki.authority("ca");
    static final PendingKey DEVICE = pending("device");

    final ForeignServer server = new ForeignServer();
    final List<ForeignRequest> requests = new ArrayList<>();
    ScepClient client;

    static PendingKey pending(String name) {
        return CertificationRequest.forSubject(DistinguishedName.cn(name).o("Test"))
                .san(name + ".example")
                .challengePassword(Passphrase.of("secret"))
                .signedBy(Pki.rsa(name));
    }

    static CertifiedKey certified(String name) throws IOException {
        X509Certificate leaf = Pki.certificate(name).certificateBy(CA);
        return CertifiedKey.of(Pki.rsa(name).getPrivate(), CertificateChain.of(List.of(leaf, CA.certificate())));
    }

    @BeforeEach
    void serveTheAuthority() throws CertificateEncodingException {
        server.certificates(
                Page.ok("application/x-x509-ca-cert", CA.certificate().getEncoded()));
        client = client().trustingCa(Fingerprint.sha256(CA.certificate())).clock(Clock.fixed(Pki.NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    ScepClient.Unpinned client() {
        return ScepClient.at(server.uri());
    }

    void answering(Function<ForeignRequest, Forge> answer) {
        answering(CA, CA, answer);
    }

    void answering(MessageKey recipient, MessageKey signer, Function<ForeignRequest, Forge> answer) {
        server.operation(message -> {
            ForeignRequest request = ForeignRequest.read(message, recipient, signer);
            requests.add(request);
            return Page.ok("application/x-pki-message", answer.apply(request).encoded());
        });
    }

    static Forge success(ForeignRequest request) {
        return request.success(request.issued());
    }

    void serving(X509Certificate... certificates) {
        server.certificates(Page.ok("application/x-x509-ca-ra-cert", ForeignRequest.certsOnly(certificates)));
    }

    static CertifiedKey issued(Enrolment enrolment) {
        return assertInstanceOf(Enrolment.Issued.class, enrolment).key();
    }
}
