package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.http.UnreachableException;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.Enrolment;
import dev.certkit.issue.FailInfo;
import dev.certkit.issue.Issuance;
import dev.certkit.key.Passphrase;
import dev.certkit.scep.ScepException.Check;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Our client against our responder, over HTTP on loopback. */
class ClientAndResponderTest {
    private static final X509Certificate ROOT = ResponderLab.ROOT.chain().leaf();

    private final ResponderLab lab = ResponderLab.open();
    private Optional<ScepHttpServer> server = Optional.empty();

    private ScepClient client(ScepResponder responder) {
        ScepHttpServer started = ScepHttpServer.start(responder);
        server = Optional.of(started);
        return ScepClient.at(started.uri()).trustingCa(Fingerprint.sha256(ROOT)).clock(lab.clock);
    }

    @AfterEach
    void stop() {
        server.ifPresent(ScepHttpServer::close);
    }

    private static PendingKey pending(KeyPair key, Passphrase challenge) {
        return CertificationRequest.forSubject(DistinguishedName.cn("printer.example"))
                .san("printer.example", "192.0.2.7")
                .challengePassword(challenge)
                .signedBy(key);
    }

    private static PendingKey pendingWithoutChallenge(KeyPair key) {
        return CertificationRequest.forSubject(DistinguishedName.cn("printer.example"))
                .san("printer.example", "192.0.2.7")
                .signedBy(key);
    }

    private static CertifiedKey issued(Enrolment enrolment) {
        return assertInstanceOf(Enrolment.Issued.class, enrolment, enrolment::toString)
                .key();
    }

    @Nested
    class Enrolling {
        @Test
        void givesACertificateUnderTheRoot() throws IOException {
            CertificateChain chain = issued(client(lab.responder()).enrol(pending(Pki.rsa("device"), lab.challenge())))
                    .chain();

            assertEquals(Pki.rsa("device").getPublic(), chain.leaf().getPublicKey());
            assertEquals(List.of(chain.leaf(), ROOT), chain.certificates());
        }

        @Test
        void trap25AgainGivesTheSameCertificate() throws IOException {
            PendingKey pending = pending(Pki.rsa("device"), lab.challenge());
            ScepClient client = client(lab.responder());

            assertEquals(
                    issued(client.enrol(pending)).chain(),
                    issued(client.enrol(pending)).chain());
            assertEquals(1, lab.issued());
        }

        @Test
        void withAWrongChallengeIsRefused() throws IOException {
            Enrolment answer = client(lab.responder()).enrol(pending(Pki.rsa("device"), Passphrase.of("guessed")));

            Enrolment.Refused refused = assertInstanceOf(Enrolment.Refused.class, answer);
            assertEquals(Optional.of(FailInfo.BAD_REQUEST), refused.failInfo());
            assertEquals(0, lab.issued());
        }

        @Test
        void withAWrongPinSendsNothing() throws IOException {
            client(lab.responder());
            ScepClient misled = ScepClient.at(server.orElseThrow().uri())
                    .trustingCa(Fingerprint.sha256(new byte[] {1}))
                    .clock(lab.clock);

            Refused.by(Check.CA_PIN, () -> misled.enrol(pending(Pki.rsa("device"), lab.challenge())));
            assertTrue(server.orElseThrow().seen().stream().noneMatch(line -> line.startsWith("POST")));
        }

        @Test
        void throughARegistrationAuthority() throws IOException {
            PendingKey ra =
                    CertificationRequest.forSubject(DistinguishedName.cn("RA")).signedBy(Pki.rsa("ra"));
            Issuance.Certified certified = (Issuance.Certified) lab.authority()
                    .profile(CertificateProfile.registrationAuthority())
                    .issue(ra.request());
            CertifiedKey registration = ra.certifiedBy(certified.chain());
            ScepResponder responder = ScepResponder.of(lab.authority(), registration)
                    .challenges(lab.challenges())
                    .in(lab.storage)
                    .clock(lab.clock);

            issued(client(responder).enrol(pending(Pki.rsa("device"), lab.challenge())));
        }

        @Test
        void atAStoppedServerIsUnreachable() throws IOException {
            ScepClient client = client(lab.responder());
            server.orElseThrow().close();

            assertThrows(UnreachableException.class, () -> client.enrol(pending(Pki.rsa("device"), lab.challenge())));
        }
    }

    @Nested
    class Waiting {
        private final ScepResponder responder = lab.responder(applicant -> ChallengePolicy.Verdict.HOLD);
        private final ScepClient client = client(responder);

        private Enrolment.Pending waiting() throws IOException {
            return assertInstanceOf(Enrolment.Pending.class, client.enrol(pendingWithoutChallenge(Pki.rsa("device"))));
        }

        @Test
        void untilSomebodyApproves() throws IOException {
            Enrolment.Pending pending = waiting();
            assertInstanceOf(Enrolment.Pending.class, client.poll(pending));

            responder.approve(responder.waiting().get(0));

            assertEquals(
                    Pki.rsa("device").getPublic(),
                    issued(client.poll(pending)).chain().leaf().getPublicKey());
        }

        @Test
        void untilSomebodyDenies() throws IOException {
            Enrolment.Pending pending = waiting();

            responder.deny(responder.waiting().get(0), "no such printer");

            Enrolment.Refused refused = assertInstanceOf(Enrolment.Refused.class, client.poll(pending));
            assertEquals("no such printer", refused.text());
        }

        @Test
        void alsoByTheSameRequestAgain() throws IOException {
            waiting();
            responder.approve(responder.waiting().get(0));

            issued(client.enrol(pendingWithoutChallenge(Pki.rsa("device"))));
        }

        @Test
        void isUnknownUnderAnotherTransaction() throws IOException {
            Enrolment.Pending pending = waiting();
            Enrolment answer = client.poll(new Enrolment.Pending(pending.pendingKey(), "0123", Optional.empty()));

            assertInstanceOf(Enrolment.Refused.class, answer);
        }
    }

    @Nested
    class Renewing {
        @Test
        void toANewKeyWithoutAChallenge() throws IOException {
            ScepClient client = client(lab.responder());
            CertifiedKey first = issued(client.enrol(pending(Pki.rsa("device"), lab.challenge())));

            CertifiedKey second = issued(client.renew(first, pendingWithoutChallenge(Pki.rsa("next"))));

            assertEquals(Pki.rsa("next").getPublic(), second.chain().leaf().getPublicKey());
            assertNotEquals(first.chain().fingerprint(), second.chain().fingerprint());
        }

        @Test
        void trap25AgainGivesTheSameCertificate() throws IOException {
            ScepClient client = client(lab.responder());
            CertifiedKey first = issued(client.enrol(pending(Pki.rsa("device"), lab.challenge())));
            PendingKey next = pendingWithoutChallenge(Pki.rsa("next"));

            assertEquals(
                    issued(client.renew(first, next)).chain(),
                    issued(client.renew(first, next)).chain());
        }

        @Test
        void trap28WithTheSameKey() throws IOException {
            ScepClient client = client(lab.responder());
            CertifiedKey first = issued(client.enrol(pending(Pki.rsa("device"), lab.challenge())));

            CertifiedKey second = issued(client.renew(first, pendingWithoutChallenge(Pki.rsa("device"))));

            assertNotEquals(first.chain().fingerprint(), second.chain().fingerprint());
        }
    }

    @Test
    void theResponderAnnouncesTheStandard() throws IOException {
        assertTrue(client(lab.responder()).capabilities().contains(CaCapability.SCEP_STANDARD));
    }
}
