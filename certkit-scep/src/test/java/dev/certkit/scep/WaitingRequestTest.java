package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.Issuance;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.GeneralName;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.DERUTF8String;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WaitingRequestTest {
    private final ResponderLab lab = ResponderLab.open();
    private final Device device = Device.named("printer").san("printer.example");

    /** Each call is a restart. */
    private ScepResponder responder() {
        return lab.responder(ChallengePolicy.manual());
    }

    private WaitingRequest waiting() throws IOException {
        device.send(responder()).pending();
        return responder().waiting().get(0);
    }

    @Test
    void isListedWithWhatAPersonMustKnow() throws IOException {
        WaitingRequest waiting = waiting();

        assertEquals(DistinguishedName.cn("printer").o("Test"), waiting.subject());
        assertEquals(List.of(GeneralName.of("printer.example")), waiting.subjectAlternativeNames());
        assertEquals(TransactionId.of(Pki.rsa("printer").getPublic()).text(), waiting.transactionId());
        assertEquals(Fingerprint.sha256(Pki.rsa("printer").getPublic().getEncoded()), waiting.keyFingerprint());
        assertEquals("192.0.2.7", waiting.remote());
        assertEquals(Pki.NOW, waiting.since());
        assertTrue(waiting.ticket().matches("[0-9a-f]+"));
    }

    @Test
    void staysPendingForEveryRepetitionAndPoll() throws IOException {
        device.send(responder()).pending();
        device.send(responder()).pending();
        device.poll(responder()).pending();

        assertEquals(1, responder().waiting().size());
        assertEquals(0, lab.issued());
    }

    @Test
    void ofHostileNamesIsShownOnOneLine() throws IOException {
        byte[] envelope =
                Envelope.seal(device.request(), ResponderLab.ROOT.chain().leaf(), Device.CRYPTO);
        byte[] message = device.forge(envelope)
                .with(AttributeId.TRANSACTION_ID, new DERUTF8String("a\u202eb"))
                .encoded();

        responder().handle(ScepRequest.of("POST").body(message).remote("\u001b[31m"));

        String shown = responder().waiting().get(0).toString();
        assertTrue(shown.contains("\\u202E"), shown);
    }

    @Nested
    class Approved {
        @Test
        void isIssuedAndFetchedByPoll() throws IOException {
            WaitingRequest waiting = waiting();

            Issuance issuance = responder().approve(waiting);

            X509Certificate issued = device.poll(responder()).certificate();
            assertEquals(issued, ((Issuance.Certified) issuance).chain().leaf());
            assertEquals(List.of(), responder().waiting());
            assertEquals(1, lab.issued());
        }

        @Test
        void trap15IsFetchedByTheSameRequestToo() throws IOException {
            responder().approve(waiting());

            assertEquals(
                    device.send(responder()).certificate(),
                    device.poll(responder()).certificate());
        }

        @Test
        void twiceIsTheSame() throws IOException {
            WaitingRequest waiting = waiting();

            assertEquals(responder().approve(waiting), responder().approve(waiting));
            assertEquals(1, lab.issued());
            assertThrows(IllegalStateException.class, () -> responder().deny(waiting, "too late"));
        }

        @Test
        void isNotGivenToAnotherKey() throws IOException {
            responder().approve(waiting());

            Device.named("thief")
                    .id(TransactionId.of(Pki.rsa("printer").getPublic()).text())
                    .poll(responder())
                    .refusedFor(4);
        }

        @Test
        void meansWhatWasSeenNotWhatCameLater() throws IOException {
            WaitingRequest waiting = waiting();
            Device greedy = device.san("bank.example");
            greedy.send(responder()).pending();

            responder().approve(waiting);

            greedy.send(responder()).pending();
            assertEquals(1, responder().waiting().size());
        }

        @Test
        void againstTheRulesOfTheAuthorityIsDeclinedForGood() throws IOException {
            Device elliptic = device.key(Pki.ec("printer"));
            ScepResponder rsaOnly = ScepResponder.of(lab.authority()
                            .profile(CertificateProfile.tlsServer().keyTypes(KeyType.RSA_2048)))
                    .challenges(ChallengePolicy.manual())
                    .in(lab.storage)
                    .clock(lab.clock);
            elliptic.send(rsaOnly).pending();

            Issuance issuance = rsaOnly.approve(rsaOnly.waiting().get(0));

            assertInstanceOf(Issuance.Declined.class, issuance);
            elliptic.poll(rsaOnly).refusedFor(0);
            assertEquals(List.of(), rsaOnly.waiting());
        }

        @Test
        void underAKeyThatTheResponderHasNoMoreIsIssuedWhenItIsSentAgain() throws IOException {
            CertifiedKey ra = registrationAuthority();
            ScepResponder before = ScepResponder.of(lab.authority(), ra)
                    .challenges(ChallengePolicy.manual())
                    .in(lab.storage)
                    .clock(lab.clock);
            device.to(ra.chain().leaf()).send(before).pending();

            Issuance issuance = responder().approve(responder().waiting().get(0));

            assertInstanceOf(Issuance.Declined.class, issuance);
            device.poll(responder()).refusedFor(4);
            device.send(responder()).certificate();
        }

        private CertifiedKey registrationAuthority() throws IOException {
            CertificationRequest request = CertificationRequest.forSubject(DistinguishedName.cn("RA"))
                    .signedBy(Pki.rsa("RA"))
                    .request();
            Issuance.Certified issued = (Issuance.Certified) lab.authority()
                    .profile(CertificateProfile.registrationAuthority())
                    .issue(request);
            return CertifiedKey.of(Pki.rsa("RA").getPrivate(), issued.chain());
        }
    }

    @Nested
    class Denied {
        @Test
        void isToldToThePollerAndTheRepeater() throws IOException {
            responder().deny(waiting(), "unknown device");

            assertEquals("unknown device", device.poll(responder()).refusedFor(2));
            assertEquals("unknown device", device.send(responder()).refusedFor(2));
            assertEquals(0, lab.issued());
            assertEquals(List.of(), responder().waiting());
        }

        @Test
        void withHostileTextStaysOneLine() throws IOException {
            responder().deny(waiting(), "no\nstate: ISSUED");

            assertTrue(device.poll(responder()).refusedFor(2).startsWith("no"));
        }

        @Test
        void cannotBeApprovedLater() throws IOException {
            WaitingRequest waiting = waiting();
            responder().deny(waiting, "no");

            assertInstanceOf(Issuance.Declined.class, responder().approve(waiting));
            assertEquals(0, lab.issued());
        }

        @Test
        void isForgottenWhenTheChallengeIsRight() throws IOException {
            responder().deny(waiting(), "no");
            ScepResponder open = lab.responder(ChallengePolicy.shared(Passphrase.of("secret")));

            device.challenge("wrong").send(open).refusedFor(2);
            device.challenge("secret").send(open).certificate();
        }
    }

    @Test
    void crashBetweenApprovalAndIssueIsMadeGoodByThePoll() throws IOException {
        BreakableStorage broken = new BreakableStorage(lab.memory);
        ResponderLab fragile = ResponderLab.over(broken);
        for (int write = 0; write < 3; write++) {
            Device asking = device.subject(DistinguishedName.cn("printer " + write));
            ScepResponder manual = fragile.responder(ChallengePolicy.manual());
            fragile.clock.advance(Duration.ofSeconds(1));
            asking.send(manual).pending();
            WaitingRequest waiting = manual.waiting().get(0);
            broken.failAfter(write, BreakableStorage.Failure.AFTER_WRITING);

            assertThrows(IOException.class, () -> manual.approve(waiting));

            broken.repair();
            X509Certificate issued = asking.poll(manual).certificate();
            assertEquals(
                    issued,
                    ((Issuance.Certified) manual.approve(waiting)).chain().leaf());
            assertEquals(write + 1, fragile.issued());
        }
    }

    @Test
    void aThousandMayWaitAndNoMore() throws IOException {
        ScepResponder responder = responder();
        for (int i = 0; i < 1000; i++) {
            device.subject(DistinguishedName.cn("printer " + i)).send(responder).pending();
        }

        ScepResponse response = responder.handle(ScepRequest.of("POST").body(device.message()));

        assertEquals(503, response.status());
        device.subject(DistinguishedName.cn("printer 1")).send(responder).pending();
        assertEquals(1000, responder.waiting().size());
    }
}
