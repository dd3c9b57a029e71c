package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.Enrolment;
import dev.certkit.issue.FailInfo;
import dev.certkit.scep.ForeignServer.Page;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.cms.CMSAlgorithm;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client's enrolments at foreign servers that are honest; {@link HostileServerTest} has the others. */
class ScepClientTest extends ScepClientFixture {
    @Nested
    class Enrolling {
        @Test
        void givesTheKeyWithItsChain() throws IOException {
            answering(ScepClientTest::success);

            CertifiedKey key = issued(client.enrol(DEVICE));

            assertEquals(Pki.rsa("device").getPublic(), key.chain().leaf().getPublicKey());
            assertEquals(CA.certificate(), key.chain().certificates().get(1));
        }

        @Test
        void sendsOnePostWithTheRequest() throws IOException {
            answering(ScepClientTest::success);
            client.enrol(DEVICE);

            List<ForeignServer.Call> posts = server.calls().stream()
                    .filter(call -> call.method().equals("POST"))
                    .toList();
            assertEquals(1, posts.size());
            assertEquals("/scep?operation=PKIOperation", posts.get(0).uri().toString());
            assertEquals("application/x-pki-message", posts.get(0).contentType());
            Definite.assertAllLengthsIn(posts.get(0).body());
            assertEquals(19, requests.get(0).type());
            assertEquals(16, requests.get(0).nonce().length);
            assertArrayEquals(DEVICE.request().encoded(), requests.get(0).content());
        }

        @Test
        void isSignedByASelfSignedCertificateForTheSameKeyAndSubject() throws IOException {
            answering(ScepClientTest::success);
            client.enrol(DEVICE);

            X509Certificate signer = requests.get(0).signer();
            assertEquals(Pki.rsa("device").getPublic(), signer.getPublicKey());
            assertEquals(DEVICE.request().subject().toPrincipal(), signer.getSubjectX500Principal());
            assertEquals(signer.getSubjectX500Principal(), signer.getIssuerX500Principal());
            boolean[] usage = signer.getKeyUsage();
            assertTrue(usage[0] && usage[2], Arrays.toString(usage));
        }

        @Test
        void twiceUsesTheSameTransactionAndAFreshNonce() throws IOException {
            answering(ScepClientTest::success);
            client.enrol(DEVICE);
            client.enrol(DEVICE);

            assertEquals(requests.get(0).transactionId(), requests.get(1).transactionId());
            assertTrue(requests.get(0).transactionId().matches("[0-9a-f]{40}"));
            assertFalse(Arrays.equals(requests.get(0).nonce(), requests.get(1).nonce()));
        }

        @Test
        void anotherKeyHasAnotherTransaction() throws IOException {
            answering(ScepClientTest::success);
            client.enrol(DEVICE);
            client.enrol(pending("other-device"));

            assertNotEquals(requests.get(0).transactionId(), requests.get(1).transactionId());
        }

        @Test
        void withoutASubjectWorks() throws IOException {
            answering(ScepClientTest::success);
            PendingKey nameless = CertificationRequest.forSubject(DistinguishedName.empty())
                    .san("device.example")
                    .signedBy(Pki.rsa("device"));

            issued(client.enrol(nameless));
        }

        @Test
        void withAnEllipticCurveKeyAndNoChallengeIsTheCallersMistake() {
            PendingKey ec =
                    CertificationRequest.forSubject(DistinguishedName.cn("ec")).signedBy(Pki.ec("ec"));

            IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> client.enrol(ec));

            assertTrue(refusal.getMessage().contains("RSA"), refusal.getMessage());
            assertEquals(List.of(), server.calls());
        }
    }

    @Nested
    class HonestAnswers {
        @Test
        void inIndefiniteLengths() throws IOException {
            answering(request -> success(request).indefinite());

            issued(client.enrol(DEVICE));
        }

        @Test
        void withoutSenderNonce() throws IOException {
            answering(request -> success(request).without(AttributeId.SENDER_NONCE));

            issued(client.enrol(DEVICE));
        }

        @Test
        void withAnUtf8TransactionId() throws IOException {
            answering(request ->
                    success(request).with(AttributeId.TRANSACTION_ID, new DERUTF8String(request.transactionId())));

            issued(client.enrol(DEVICE));
        }

        @Test
        void withoutTheSignersCertificate() throws IOException {
            answering(request -> success(request).certificates());

            issued(client.enrol(DEVICE));
        }

        @Test
        void trap21InAes256() throws IOException {
            answering(request ->
                    request.answer().status(0).content(request.envelope(CMSAlgorithm.AES256_CBC, request.issued())));

            issued(client.enrol(DEVICE));
        }

        @Test
        void trap13OfAnyContentType() throws IOException, CertificateEncodingException {
            server.certificates(
                    Page.ok("TEXT/Plain; charset=utf-8", CA.certificate().getEncoded()));
            server.operation(message -> Page.ok(
                    "text/html", success(ForeignRequest.read(message, CA, CA)).encoded()));

            issued(client.enrol(DEVICE));
        }

        @Test
        void trap27TheLeafIsFoundByItsKeyAmongOthers() throws IOException {
            X509Certificate stranger = Pki.certificate("stranger").certificateBy(CA);
            answering(request -> request.success(CA.certificate(), stranger, request.issued()));

            assertEquals(
                    Pki.rsa("device").getPublic(),
                    issued(client.enrol(DEVICE)).chain().leaf().getPublicKey());
        }

        @Test
        void issuedAFewMinutesAheadOfOurClock() throws IOException {
            answering(request -> request.success(request.draft()
                    .valid(Pki.NOW.plusSeconds(120), Pki.NOW.plusSeconds(86400))
                    .certificateBy(CA)));

            issued(client.enrol(DEVICE));
        }

        @Test
        void sha1AndTripleDesFromAServerNamedByAQuirk() throws IOException {
            answering(request -> request.answer()
                    .status(0)
                    .digest("SHA-1")
                    .content(request.envelope(CMSAlgorithm.DES_EDE3_CBC, request.issued())));

            issued(client.quirks(PeerQuirks.legacyNdes()).enrol(DEVICE));
        }
    }

    @Nested
    class Refusals {
        @Test
        void keepNumberAndText() throws IOException {
            answering(request -> request.answer()
                    .status(2)
                    .with(AttributeId.FAIL_INFO, new DERPrintableString("2"))
                    .with(AttributeId.FAIL_INFO_TEXT, new DERUTF8String("the challenge was used before")));

            Enrolment.Refused refused = assertInstanceOf(Enrolment.Refused.class, client.enrol(DEVICE));

            assertEquals(Optional.of(FailInfo.BAD_REQUEST), refused.failInfo());
            assertEquals("the challenge was used before", refused.text());
        }

        @Test
        void trap19WithoutOrWithUnknownFailInfoAreReported() throws IOException {
            answering(request -> request.answer().status(2).noContent());
            Enrolment.Refused none = assertInstanceOf(Enrolment.Refused.class, client.enrol(DEVICE));
            answering(request -> request.answer().status(2).with(AttributeId.FAIL_INFO, new DERPrintableString("99")));
            Enrolment.Refused unknown = assertInstanceOf(Enrolment.Refused.class, client.enrol(DEVICE));

            assertEquals(new Enrolment.Refused(-1, "", OptionalInt.of(200)), none);
            assertEquals(new Enrolment.Refused(99, "", OptionalInt.of(200)), unknown);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1})
        void trap5WithContentOfNoneOrOneByte(int length) throws IOException {
            answering(request -> request.answer().status(2).content(new byte[length]));

            assertInstanceOf(Enrolment.Refused.class, client.enrol(DEVICE));
        }
    }

    @Nested
    class Polling {
        private Enrolment.Pending waiting() throws IOException {
            answering(request -> request.answer().status(3));
            return assertInstanceOf(Enrolment.Pending.class, client.enrol(DEVICE));
        }

        @Test
        void aPendingAnswerKeepsKeyAndTransaction() throws IOException {
            Enrolment.Pending pending = waiting();

            assertEquals(DEVICE, pending.pendingKey());
            assertEquals(requests.get(0).transactionId(), pending.transactionId());
            assertEquals(Optional.empty(), pending.current());
        }

        @Test
        void trap17UsesTheSameTransactionAFreshNonceAndTheAuthoritysSubject() throws IOException {
            Enrolment.Pending pending = waiting();
            assertInstanceOf(Enrolment.Pending.class, client.poll(pending));

            ForeignRequest poll = requests.get(1);
            IssuerAndSubject names = IssuerAndSubject.decode(poll.content());
            assertEquals(20, poll.type());
            assertEquals(requests.get(0).transactionId(), poll.transactionId());
            assertFalse(Arrays.equals(requests.get(0).nonce(), poll.nonce()));
            assertEquals(CA.certificate().getSubjectX500Principal(), names.issuer());
            assertEquals(DEVICE.request().subject().toPrincipal(), names.subject());
        }

        @Test
        void endsWithTheCertificate() throws IOException {
            Enrolment.Pending pending = waiting();
            answering(request -> request.success(Pki.certificate("device").certificateBy(CA)));

            issued(client.poll(pending));
        }

        @Test
        void ofARenewalIsSignedAndOpenedWithTheCurrentKey() throws IOException {
            CertifiedKey current = certified("old device");
            answering(request -> request.answer().status(3));
            Enrolment.Pending pending = assertInstanceOf(Enrolment.Pending.class, client.renew(current, DEVICE));
            answering(request -> request.success(Pki.certificate("device").certificateBy(CA)));

            issued(client.poll(pending));

            assertEquals(Optional.of(current), pending.current());
            assertEquals(current.chain().leaf(), requests.get(1).signer());
        }

        @Test
        void underAnIdentifierThatIsNoneIsTheCallersMistake() {
            Enrolment.Pending odd = new Enrolment.Pending(DEVICE, "", Optional.empty());

            assertThrows(IllegalArgumentException.class, () -> client.poll(odd));
        }
    }
}
