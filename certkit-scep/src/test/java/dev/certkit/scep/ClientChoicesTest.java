package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.http.FaultyServer;
import dev.certkit.http.HttpLimits;
import dev.certkit.http.HttpTransport;
import dev.certkit.issue.Enrolment;
import dev.certkit.scep.ForeignServer.Page;
import dev.certkit.scep.ScepException.Check;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.cms.CMSAlgorithm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a client decides by what a server announces, and what its user decides for it. */
class ClientChoicesTest {
    private final ForeignLab lab = new ForeignLab();
    private final ScepClient client = lab.client();

    @AfterEach
    void stop() {
        lab.close();
    }

    private void enrols(ScepClient by) throws IOException {
        ForeignLab.issued(by.enrol(ForeignLab.pending("device")));
    }

    private String lastOperation() {
        List<String> all = lab.server.operations();
        return all.get(all.size() - 1);
    }

    @Nested
    class PostOrGet {
        @Test
        void postWhereItIsAnnouncedByItself() throws IOException {
            lab.announcing("POSTPKIOperation");
            enrols(client);

            assertEquals("POST PKIOperation", lastOperation());
        }

        @Test
        void postWhereItIsAnnouncedByTheStandard() throws IOException {
            lab.announcing("SCEPStandard");
            enrols(client);

            assertEquals("POST PKIOperation", lastOperation());
        }

        @Test
        void trap12GetWhereItIsNotAndItsBase64IsEscaped() throws IOException {
            lab.announcing("AES", "SHA-256");
            enrols(client);

            String query = lab.server.calls().get(2).uri().getRawQuery();
            assertEquals("GET PKIOperation", lastOperation());
            assertTrue(query.matches("operation=PKIOperation&message=[A-Za-z0-9%]+"), query);
            assertTrue(query.contains("%2B") || query.contains("%2F"), query);
        }

        @Test
        void trap18GetWhereTheConnectionIsClosedOnGetCACaps() throws IOException {
            lab.server.capabilities(Page.closed());
            enrols(client);

            assertEquals("GET PKIOperation", lastOperation());
        }

        @Test
        void postAfterAGetThatTheServerDoesNotTake() throws IOException {
            lab.announcing();
            lab.server.operation(message -> lastOperation().startsWith("GET")
                    ? new Page(405, "text/plain", new byte[0])
                    : Page.ok(
                            "application/x-pki-message",
                            ForeignLab.success(ForeignRequest.read(message, ForeignLab.CA, ForeignLab.CA))
                                    .encoded()));
            enrols(client);

            assertEquals("POST PKIOperation", lastOperation());
        }
    }

    @Nested
    class RenewalForms {
        private int typeOf(ScepClient by) throws IOException {
            ForeignLab.issued(by.renew(ForeignLab.certified("old device"), ForeignLab.pending("device")));
            assertEquals(
                    Pki.rsa("old device").getPublic(),
                    lab.requests.get(0).signer().getPublicKey());
            return lab.requests.get(0).type();
        }

        @Test
        void renewalReqWhereItIsAnnounced() throws IOException {
            assertEquals(
                    17, typeOf(lab.announcing("POSTPKIOperation", "Renewal").client()));
        }

        @Test
        void pkcsReqSignedWithTheOldCertificateWhereItIsNot() throws IOException {
            assertEquals(19, typeOf(lab.announcing("SCEPStandard").client()));
        }

        @Test
        void eitherByChoice() throws IOException {
            assertEquals(19, typeOf(client.renewing(RenewalForm.PKCS_REQ)));
            lab.requests.clear();
            assertEquals(17, typeOf(lab.announcing().client().renewing(RenewalForm.RENEWAL_REQ)));
        }

        @Test
        void trap18TheOldCertificateAgainIsNoRenewal() {
            var current = ForeignLab.certified("device");
            lab.answering(request -> request.success(current.chain().leaf()));

            ScepException refusal =
                    Refused.by(Check.RENEWED, () -> client.renew(current, ForeignLab.pending("device")));

            assertTrue(refusal.getMessage().contains("new key"), refusal.getMessage());
        }
    }

    @Nested
    class WithoutAPin {
        private final List<Fingerprint> reported = new ArrayList<>();
        private final ScepClient trusting =
                lab.unpinned().insecureTrustingFirstCa(reported::add).clock(Clock.fixed(Pki.NOW, ZoneOffset.UTC));

        @Test
        void theFingerprintIsReportedOnceAndPinned() throws IOException {
            enrols(trusting);
            enrols(trusting.remembering(Duration.ZERO));

            assertEquals(List.of(Fingerprint.sha256(ForeignLab.CA.certificate())), reported);
            lab.serving(Pki.authority("rogue").certificate());
            Refused.by(Check.CA_PIN, () -> enrols(trusting.remembering(Duration.ZERO)));
        }

        @Test
        void theRootIsTakenAmongItsRegistrationAuthorities() throws IOException {
            MessageKey ra = Pki.certificate("ra").issuedBy(ForeignLab.CA);
            lab.serving(ra.certificate(), ForeignLab.CA.certificate()).answering(ra, ForeignLab::success);
            enrols(trusting);

            assertEquals(List.of(Fingerprint.sha256(ForeignLab.CA.certificate())), reported);
        }

        @Test
        void twoAuthoritiesAreNoneToChooseFrom() {
            lab.serving(Pki.authority("rogue").certificate(), ForeignLab.CA.certificate());

            Refused.by(Check.CA_PIN, () -> enrols(trusting));
            assertEquals(List.of(), reported);
        }

        @Test
        void whoDoesNotAcceptItThrowsAndNothingIsSent() {
            ScepClient careful = lab.unpinned().insecureTrustingFirstCa(fingerprint -> {
                throw new SecurityException("not this one");
            });

            assertThrows(SecurityException.class, () -> enrols(careful));
            assertFalse(lab.server.operations().contains("POST PKIOperation"));
        }

        @Test
        void theRestIsCheckedAllTheSame() {
            lab.answering(request -> request.answerBy(Pki.authority("rogue")).status(3));

            Refused.by(Check.SIGNATURE, () -> enrols(trusting));
        }
    }

    @Nested
    class RequiringTheStandard {
        @Test
        void stopsWhereItIsNotAnnounced() {
            lab.announcing("AES", "SHA-256", "POSTPKIOperation");

            Refused.by(Check.CAPABILITIES, () -> enrols(client.requiringStandard()));
            assertEquals(List.of("GET GetCACaps"), lab.server.operations());
        }

        @Test
        void goesOnWhereItIs() throws IOException {
            enrols(client.requiringStandard());
        }
    }

    @Nested
    class NamingTheAuthority {
        private List<String> queries() {
            return lab.server.calls().stream()
                    .map(call -> call.uri().getRawQuery())
                    .filter(query -> query.contains("GetCA"))
                    .toList();
        }

        @Test
        void isLeftOutByDefault() throws IOException {
            enrols(client);

            assertEquals(List.of("operation=GetCACaps", "operation=GetCACert"), queries());
        }

        @Test
        void trap18IsDoneForNdes() throws IOException {
            enrols(client.quirks(PeerQuirks.legacyNdes()));

            assertEquals(List.of("operation=GetCACaps&message=0", "operation=GetCACert&message=0"), queries());
        }

        @Test
        void byAName() throws IOException {
            enrols(client.naming("plant 2"));

            assertEquals("operation=GetCACaps&message=plant%202", queries().get(0));
        }
    }

    @Nested
    class LegacySuites {
        private final List<String> digests = new ArrayList<>();

        private void answeringOnlySha1(Page otherwise) {
            lab.server.operation(message -> {
                String digest = ForeignRequest.digestOf(message);
                digests.add(digest);
                ForeignRequest request = ForeignRequest.read(message, ForeignLab.CA, ForeignLab.CA);
                return digest.equals("1.3.14.3.2.26")
                        ? Page.ok(
                                "application/x-pki-message",
                                request.answer()
                                        .status(0)
                                        .digest("SHA-1")
                                        .content(request.envelope(CMSAlgorithm.DES_EDE3_CBC, request.issued()))
                                        .encoded())
                        : otherwise;
            });
        }

        @Test
        void areNeverSentWithoutAQuirkWhateverIsAnnounced() {
            lab.announcing("POSTPKIOperation", "DES3", "SHA-1");
            answeringOnlySha1(new Page(500, "text/plain", new byte[0]));

            Refused.by(Check.HTTP_STATUS, () -> enrols(client));
            Refused.by(Check.HTTP_STATUS, () -> enrols(client.quirks(PeerQuirks.legacyMicromdm())));
            assertEquals(List.of("2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.1"), digests);
        }

        @Test
        void areSentAtOnceToANamedPeerThatAnnouncesNoBetter() throws IOException {
            lab.announcing("POSTPKIOperation", "DES3", "SHA-1");
            answeringOnlySha1(new Page(500, "text/plain", new byte[0]));
            enrols(client.quirks(PeerQuirks.legacyCiscoIos()));

            assertEquals(List.of("1.3.14.3.2.26"), digests);
        }

        @Test
        void trap18AreSentOnceMoreToANamedPeerWhoseWordWasFalse() throws IOException {
            answeringOnlySha1(new Page(500, "text/plain", new byte[0]));
            enrols(client.quirks(PeerQuirks.legacyNdes()));

            assertEquals(List.of("2.16.840.1.101.3.4.2.1", "1.3.14.3.2.26"), digests);
        }

        @Test
        void areSentOnceMoreAfterARefusalOfTheAlgorithmAndNoOther() throws IOException {
            ScepClient lenient = client.quirks(PeerQuirks.legacyCiscoIos());
            lab.answering(
                    request -> request.answer().status(2).with(AttributeId.FAIL_INFO, new DERPrintableString("0")));
            Enrolment.Refused refused =
                    assertInstanceOf(Enrolment.Refused.class, lenient.enrol(ForeignLab.pending("device")));
            lab.answering(
                    request -> request.answer().status(2).with(AttributeId.FAIL_INFO, new DERPrintableString("2")));
            lenient.enrol(ForeignLab.pending("device"));

            assertEquals(0, refused.number());
            assertEquals(3, lab.requests.size());
        }
    }

    @Nested
    class Redirects {
        @Test
        void trap20AreNeverFollowedNeitherForTheCertificatesNorForTheMessage() {
            try (ForeignLab elsewhere = new ForeignLab()) {
                lab.server.operation(message -> Page.redirect(elsewhere.server.uri()));
                ScepException refusal = Refused.by(Check.HTTP_STATUS, () -> enrols(client));
                lab.server.certificates(Page.redirect(elsewhere.server.uri()));
                Refused.by(Check.HTTP_STATUS, () -> enrols(lab.client()));

                assertEquals(302, refusal.httpStatus().orElseThrow());
                assertEquals(List.of(), elsewhere.server.operations());
            }
        }
    }

    @Nested
    class SignedAnswersUnderAnotherStatus {
        private void answering(int status, byte[] body) {
            lab.server.operation(message -> new Page(
                    status,
                    "application/x-pki-message",
                    body.length > 0
                            ? body
                            : ForeignRequest.read(message, ForeignLab.CA, ForeignLab.CA)
                                    .answer()
                                    .status(2)
                                    .with(AttributeId.FAIL_INFO, new DERPrintableString("2"))
                                    .encoded()));
        }

        @Test
        void tellMoreThanTheStatus() throws IOException {
            answering(403, new byte[0]);

            Enrolment.Refused refused =
                    assertInstanceOf(Enrolment.Refused.class, client.enrol(ForeignLab.pending("device")));

            assertEquals(2, refused.number());
        }

        @Test
        void areTheStatusIfTheyCannotBeAccepted() {
            answering(503, new byte[] {1, 2, 3});

            assertEquals(
                    503,
                    Refused.by(Check.HTTP_STATUS, () -> enrols(client))
                            .httpStatus()
                            .orElseThrow());
        }
    }

    @Nested
    @Tag("S1")
    class SlowServers {
        @Test
        void endAtTheDeadlineOfTheWholeExchange() {
            try (DrippingServer slow = new DrippingServer()) {
                ScepClient hasty = ScepClient.at(slow.uri())
                        .trustingCa(ForeignLab.CA.certificate())
                        .transport(HttpTransport.standard(HttpLimits.standard().finishWithin(Duration.ofMillis(300))));

                var failure = assertThrows(dev.certkit.http.UnreachableException.class, () -> enrols(hasty));

                assertEquals(dev.certkit.http.UnreachableException.Phase.RECEIVE, failure.phase());
                assertEquals(Optional.of(Duration.ofMillis(300)), failure.deadline());
            }
        }

        @Test
        void endWhereNothingComesForTheTimeOfOneRead() throws IOException {
            try (FaultyServer silent = FaultyServer.listener()) {
                ScepClient hasty = ScepClient.at(silent.uri())
                        .trustingCa(ForeignLab.CA.certificate())
                        .transport(HttpTransport.standard(HttpLimits.standard().readWithin(Duration.ofMillis(300))));

                var failure = assertThrows(dev.certkit.http.UnreachableException.class, () -> enrols(hasty));

                assertEquals(dev.certkit.http.UnreachableException.Phase.RECEIVE, failure.phase());
                assertEquals(Optional.of(Duration.ofMillis(300)), failure.deadline());
                assertTrue(failure.getMessage().contains("sent nothing for 300 ms"), failure.getMessage());
            }
        }
    }
}
