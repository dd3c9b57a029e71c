package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Certificates;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.Issuance;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.GeneralName;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RenewalTest {
    private final ResponderLab lab = ResponderLab.open();
    private final ScepResponder responder = lab.responder();
    private Device device;
    private X509Certificate current;

    @BeforeEach
    void enrol() throws IOException {
        device = Device.named("printer").san("printer.example", "192.0.2.7").challenge(lab.challenge());
        current = device.send(responder).certificate();
    }

    private Device renewing() {
        return device.renewing(current, "printer 2");
    }

    @Nested
    class IsGranted {
        @Test
        void byRenewalReqForANewKeyWithoutChallenge() {
            X509Certificate next = renewing().send(responder).certificate();

            assertEquals(Pki.rsa("printer 2").getPublic(), next.getPublicKey());
            assertEquals(current.getSubjectX500Principal(), next.getSubjectX500Principal());
            assertNotEquals(current.getSerialNumber(), next.getSerialNumber());
        }

        @Test
        void byPkcsReqSignedWithTheCurrentCertificate() {
            X509Certificate next =
                    renewing().type(MessageType.PKCS_REQ).send(responder).certificate();

            assertEquals(Pki.rsa("printer 2").getPublic(), next.getPublicKey());
        }

        @Test
        void trap11ToTheOldKeyWhichOpensTheAnswer() {
            assertEquals(1, renewing().send(responder).certificates().size());
        }

        @Test
        void forFewerNames() throws IOException {
            X509Certificate next =
                    renewing().san("printer.example").send(responder).certificate();

            assertEquals(List.of(GeneralName.of("printer.example")), Certificates.subjectAlternativeNames(next));
        }

        @Test
        void onceMoreWithTheNextCertificate() {
            X509Certificate next = renewing().send(responder).certificate();
            Device third = device.signer(new MessageKey(Pki.rsa("printer 2").getPrivate(), next))
                    .renewing(next, "printer");

            assertEquals(
                    Pki.rsa("printer").getPublic(),
                    third.send(responder).certificate().getPublicKey());
        }
    }

    @Nested
    class IsRefused {
        private void refused(Device asking, String reason) throws IOException {
            int before = lab.issued();

            String text = asking.send(responder).refusedFor(2);

            assertTrue(text.contains(reason), text);
            assertEquals(before, lab.issued());
        }

        @Test
        void forNamesThatTheCurrentCertificateDoesNotHave() throws IOException {
            refused(renewing().san("printer.example", "bank.example"), "alternative names");
            refused(renewing().type(MessageType.PKCS_REQ).san("bank.example"), "alternative names");
        }

        @Test
        void forAnotherSubject() throws IOException {
            refused(renewing().subject(DistinguishedName.cn("bank")), "another subject");
        }

        @Test
        void byPkcsReqForAnotherSubjectWithoutChallenge() throws IOException {
            refused(
                    renewing()
                            .type(MessageType.PKCS_REQ)
                            .key(Pki.rsa("printer"))
                            .subject(DistinguishedName.cn("bank")),
                    "challenge");
        }

        @Test
        void forASecondTimeWithAnotherKey() throws IOException {
            X509Certificate next = renewing().send(responder).certificate();

            refused(device.renewing(current, "printer 3"), "renewed for another key before");
            assertEquals(next, renewing().send(responder).certificate());
        }

        @Test
        void withAnExpiredCertificate() throws IOException {
            lab.clock.advance(Duration.ofDays(398));

            refused(renewing(), "valid from");
        }

        @Test
        void withACertificateThatWasSelfSigned() throws IOException {
            refused(device.type(MessageType.RENEWAL_REQ), "not signed with a certificate of this authority");
        }

        @Test
        void withACertificateOfAnotherAuthorityOfThatName() throws IOException {
            CertifiedKey twin = CertifiedKey.selfSigned(
                            DistinguishedName.cn("Lab Root").o("Test"))
                    .profile(CertificateProfile.scepAuthority())
                    .clock(lab.clock)
                    .with(Pki.rsa("twin"));
            Issuance issuance =
                    LocalAuthority.of(twin).clock(lab.clock).issue(CertificationRequest.decode(device.request()));
            X509Certificate foreign = ((Issuance.Certified) issuance).chain().leaf();
            assertEquals(current.getIssuerX500Principal(), foreign.getIssuerX500Principal());

            refused(
                    device.signer(new MessageKey(Pki.rsa("printer").getPrivate(), foreign))
                            .type(MessageType.RENEWAL_REQ),
                    "not signed with a certificate of this authority");
        }

        @Test
        void withACertificateOfOursThatIsNotRecorded() throws IOException {
            Issuance issuance = LocalAuthority.of(ResponderLab.ROOT)
                    .clock(lab.clock)
                    .issue(CertificationRequest.decode(device.request()));
            X509Certificate forgotten = ((Issuance.Certified) issuance).chain().leaf();

            refused(
                    device.signer(new MessageKey(Pki.rsa("printer").getPrivate(), forgotten))
                            .type(MessageType.RENEWAL_REQ),
                    "not issued here");
        }

        @Test
        void withACertificateOfOursForAKeyThatTheSignerDoesNotHave() {
            Device thief = device.signer(new MessageKey(Pki.rsa("thief").getPrivate(), current))
                    .type(MessageType.RENEWAL_REQ);
            ScepResponse response = responder.handle(ScepRequest.of("POST").body(thief.message()));

            assertEquals(200, response.status());
            assertEquals(1, refusalOf(response));
        }

        private static int refusalOf(ScepResponse response) {
            try {
                return new PkiMessageReader(AlgorithmFloor.standard(), Device.CRYPTO)
                        .read(response.body())
                        .verifyAsRequest()
                        .failInfo()
                        .orElseThrow();
            } catch (ScepException e) {
                throw new AssertionError(e);
            }
        }
    }
}
