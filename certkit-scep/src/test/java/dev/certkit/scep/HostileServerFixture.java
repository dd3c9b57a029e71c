package dev.certkit.scep;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.PendingKey;
import dev.certkit.scep.ForeignServer.Page;
import dev.certkit.scep.ScepException.Check;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A device that enrols at a server which answers as a test says. */
abstract class HostileServerFixture {
    static final MessageKey CA = Pki.authority("ca");
    static final MessageKey ROGUE = Pki.authority("rogue");
    static final PendingKey DEVICE = CertificationRequest.forSubject(
                    DistinguishedName.cn("device").o("Test"))
            .signedBy(Pki.rsa("device"));

    final ForeignServer server = new ForeignServer();
    ScepClient client;

    @BeforeEach
    void serveTheAuthority() throws CertificateEncodingException {
        server.certificates(
                Page.ok("application/x-x509-ca-cert", CA.certificate().getEncoded()));
        client = ScepClient.at(server.uri())
                .trustingCa(Fingerprint.sha256(CA.certificate()))
                .clock(Clock.fixed(Pki.NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    void answering(Function<ForeignRequest, Forge> answer) {
        server.operation(message -> Page.ok(
                "application/x-pki-message",
                answer.apply(ForeignRequest.read(message, CA, CA)).encoded()));
    }

    void serving(X509Certificate... certificates) {
        server.certificates(Page.ok("application/x-x509-ca-ra-cert", ForeignRequest.certsOnly(certificates)));
    }

    static Forge success(ForeignRequest request) {
        return request.success(request.issued());
    }

    void refused(Check check, Function<ForeignRequest, Forge> answer) {
        answering(answer);
        Refused.by(check, () -> client.enrol(DEVICE));
    }

    void refused(Check check) {
        Refused.by(check, () -> client.enrol(DEVICE));
    }

    long posts() {
        return server.calls().stream()
                .filter(call -> call.method().equals("POST"))
                .count();
    }
}
