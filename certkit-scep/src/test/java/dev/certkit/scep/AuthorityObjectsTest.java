package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.issue.IssuanceLimits;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.Passphrase;
import dev.certkit.x509.RevocationReason;
import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the authority does not allow is refused before anything is used up. */
class AuthorityObjectsTest {
    private final ResponderLab lab = ResponderLab.open();
    private final LocalAuthority limited =
            lab.authority().limits(IssuanceLimits.none().hostsBelow("printers.example"));

    private ScepResponder responder(LocalAuthority authority) {
        return ScepResponder.of(authority)
                .challenges(lab.challenges())
                .in(lab.storage)
                .clock(lab.clock);
    }

    @Nested
    class OnAFirstRequest {
        @Test
        void theChallengeIsStillGoodForACorrectedRequest() throws IOException {
            Passphrase challenge = lab.challenge();
            Device wrong = Device.named("printer").san("bank.example").challenge(challenge);

            String text = wrong.send(responder(limited)).refusedFor(2);

            assertTrue(text.contains("bank.example") && text.contains("printers.example"), text);
            Device corrected = wrong.san("p7.printers.example");
            assertEquals(
                    Pki.rsa("printer").getPublic(),
                    corrected.send(responder(limited)).certificate().getPublicKey());
        }

        @Test
        void nothingIsKeptOfIt() throws IOException {
            Device.named("printer")
                    .san("bank.example")
                    .challenge(lab.challenge())
                    .send(responder(limited))
                    .refusedFor(2);

            assertEquals(List.of(), lab.transactions());
            assertEquals(0, lab.issued());
        }

        @Test
        void aWrongChallengeIsSaidFirstSoThatTheLimitsStayUnknownToStrangers() {
            String text = Device.named("printer")
                    .san("bank.example")
                    .challenge("guessed")
                    .send(responder(limited))
                    .refusedFor(2);

            assertTrue(text.contains("challenge") && !text.contains("printers.example"), text);
        }

        @Test
        void aRepetitionOfWhatWasIssuedIsAnsweredAlthoughTheLimitsAreNarrowerNow() throws IOException {
            Device device = Device.named("printer").san("bank.example").challenge(lab.challenge());
            X509Certificate first = device.send(lab.responder()).certificate();

            assertEquals(first, device.send(responder(limited)).certificate());
        }
    }

    @Nested
    class OnARenewal {
        private X509Certificate enrolled(Device device) throws IOException {
            return device.challenge(lab.challenge()).send(lab.responder()).certificate();
        }

        @Test
        void aRevokedCertificateIsNotRenewed() throws IOException {
            Device device = Device.named("printer").san("p7.printers.example");
            X509Certificate current = enrolled(device);
            lab.authority()
                    .revocations()
                    .revoke(new SerialNumber(current.getSerialNumber()), RevocationReason.KEY_COMPROMISE);

            String text =
                    device.renewing(current, "printer 2").send(lab.responder()).refusedFor(2);

            assertTrue(text.contains("revoked") && text.contains("keyCompromise"), text);
            assertEquals(1, lab.issued());
            assertEquals(1, lab.transactions().size());
        }

        @Test
        void aCertificateThatWasReleasedFromHoldIs() throws IOException {
            Device device = Device.named("printer").san("p7.printers.example");
            X509Certificate current = enrolled(device);
            SerialNumber serial = new SerialNumber(current.getSerialNumber());
            lab.authority().revocations().revoke(serial, RevocationReason.CERTIFICATE_HOLD);
            Device renewing = device.renewing(current, "printer 2");
            renewing.send(lab.responder()).refusedFor(2);

            lab.authority().revocations().release(serial);

            renewing.send(lab.responder()).certificate();
            assertEquals(2, lab.issued());
        }

        @Test
        void aNameThatTheLimitsNoLongerAllowIsRefused() throws IOException {
            Device device = Device.named("printer").san("bank.example");
            X509Certificate current = enrolled(device);

            String text = device.renewing(current, "printer 2")
                    .send(responder(limited))
                    .refusedFor(2);

            assertTrue(text.contains("bank.example"), text);
        }
    }
}
