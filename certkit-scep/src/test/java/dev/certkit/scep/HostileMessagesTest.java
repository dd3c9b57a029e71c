package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.http.HttpLimits;
import dev.certkit.http.HttpTransport;
import dev.certkit.http.UnreachableException;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.Enrolment;
import dev.certkit.scep.ForeignServer.Page;
import dev.certkit.scep.ScepException.Check;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cms.CMSAlgorithm;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every broken answer, and every wrong authority, is refused by the check that names it. */
class HostileMessagesTest extends HostileServerFixture {
    @Nested
    class WrongEnvelope {
        @Test
        void trap5NoneInASuccess() {
            refused(Check.ENCODING, request -> request.answer().status(0));
            refused(Check.ENCODING, request -> request.answer().status(0).noContent());
        }

        @Test
        void toSomebodyElse() {
            refused(Check.RECIPIENT, request -> request.answer()
                    .status(0)
                    .content(ForeignEnvelope.seal(
                            ForeignRequest.certsOnly(request.issued()), CMSAlgorithm.AES128_CBC, CA.certificate())));
        }

        @Test
        void damaged() {
            refused(Check.DECRYPTION, request -> request.answer()
                    .status(0)
                    .content(ForeignEnvelope.withContent(
                            request.envelope(request.issued()),
                            content -> Arrays.copyOf(content, content.length - 1))));
        }

        @Test
        void trap23InSingleDes() {
            Function<ForeignRequest, Forge> des = request ->
                    request.answer().status(0).content(request.envelope(CMSAlgorithm.DES_CBC, request.issued()));

            refused(Check.ALGORITHM, des);
            client = client.quirks(PeerQuirks.legacyNdes().and(PeerQuirks.legacyCiscoIos()));
            refused(Check.ALGORITHM, des);
        }

        @Test
        void inTripleDes() {
            refused(Check.ALGORITHM, request -> request.answer()
                    .status(0)
                    .content(request.envelope(CMSAlgorithm.DES_EDE3_CBC, request.issued())));
        }
    }

    @Nested
    class WrongSignatureAlgorithm {
        @Test
        void md5() {
            refused(Check.ALGORITHM, request -> success(request).digest("MD5"));
            client = client.quirks(PeerQuirks.legacyNdes());
            refused(Check.ALGORITHM, request -> success(request).digest("MD5"));
        }

        @Test
        void sha1() {
            refused(Check.ALGORITHM, request -> success(request).digest("SHA-1"));
        }

        @Test
        void noneByStrippedCapabilitiesChangesNothing() {
            server.capabilities(Page.ok("text/plain", "DES3\nSHA-1\n".getBytes(StandardCharsets.UTF_8)));

            refused(Check.ALGORITHM, request -> success(request).digest("SHA-1"));
        }
    }

    @Nested
    class WrongAuthority {
        private void refusedBeforeAnythingIsSent(Check check) {
            answering(HostileServerTest::success);
            refused(check);

            assertEquals(0, posts());
        }

        @Test
        void anotherThanPinned() {
            serving(ROGUE.certificate());

            refusedBeforeAnythingIsSent(Check.CA_PIN);
        }

        @Test
        void anotherThanPinnedAsACertificate() {
            serving(ROGUE.certificate());
            client = ScepClient.at(server.uri()).trustingCa(CA.certificate());

            refusedBeforeAnythingIsSent(Check.CA_PIN);
        }

        @Test
        void aTwinOfThePinnedOne() {
            serving(Pki.certificate("ca")
                    .key(Pki.rsa("twin"))
                    .serial(CA.certificate().getSerialNumber())
                    .authority()
                    .selfSigned()
                    .certificate());

            refusedBeforeAnythingIsSent(Check.CA_PIN);
        }

        @Test
        void none() {
            serving();

            refusedBeforeAnythingIsSent(Check.CA_PIN);
        }

        @Test
        void aRegistrationAuthorityOfAnotherAuthority() {
            serving(CA.certificate(), Pki.certificate("ra").certificateBy(ROGUE));
            refusedBeforeAnythingIsSent(Check.RA_CERTIFICATE);

            serving(CA.certificate(), Pki.certificate("ra").certificateBy(ROGUE), ROGUE.certificate());
            refusedBeforeAnythingIsSent(Check.RA_CERTIFICATE);
        }

        @Test
        void aSelfSignedRegistrationAuthority() {
            serving(CA.certificate(), Pki.client("ra").certificate());

            refusedBeforeAnythingIsSent(Check.RA_CERTIFICATE);
        }

        @Test
        void aDeviceThatPosesAsRegistrationAuthority() {
            serving(
                    CA.certificate(),
                    Pki.certificate("printer")
                            .usage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment)
                            .purposes(KeyPurposeId.id_kp_serverAuth)
                            .certificateBy(CA));

            refusedBeforeAnythingIsSent(Check.RA_CERTIFICATE);
        }

        @Test
        void anExpiredRegistrationAuthorityAlone() {
            serving(
                    CA.certificate(),
                    Pki.certificate("ra")
                            .valid(Pki.NOW.minusSeconds(7200), Pki.NOW.minusSeconds(1))
                            .certificateBy(CA));

            refusedBeforeAnythingIsSent(Check.RA_CERTIFICATE);
        }

        @Test
        void aRegistrationAuthorityWithoutAnRsaKey() {
            serving(CA.certificate(), Pki.certificate("ra").key(Pki.ec("ra")).certificateBy(CA));

            refusedBeforeAnythingIsSent(Check.RA_CERTIFICATE);
        }

        @Test
        void anIntermediateOfAnotherAuthoritySigns() {
            MessageKey intermediate =
                    Pki.certificate("intermediate").authority().issuedBy(ROGUE);
            serving(CA.certificate(), intermediate.certificate(), ROGUE.certificate());

            refused(
                    Check.SIGNATURE,
                    request -> request.answerBy(intermediate).status(0).content(request.envelope(request.issued())));
        }
    }

    @Nested
    class NoMessage {
        @Test
        void webPageInPlaceOfTheCertificates() {
            server.certificates(Page.ok("text/html", "<html>log in</html>".getBytes(StandardCharsets.UTF_8)));

            ScepException refusal = Refused.by(Check.ENCODING, () -> client.enrol(DEVICE));

            assertTrue(refusal.getMessage().contains("web page"), refusal.getMessage());
        }

        @Test
        void webPageInPlaceOfTheAnswer() {
            server.operation(message -> Page.ok("text/html", "<html>log in</html>".getBytes(StandardCharsets.UTF_8)));

            refused(Check.ENCODING);
        }

        @Test
        void nothing() {
            server.operation(message -> Page.ok("application/x-pki-message", new byte[0]));

            refused(Check.ENCODING);
        }

        @ParameterizedTest
        @ValueSource(ints = {201, 204, 301, 302, 400, 403, 404, 500, 503})
        void anotherStatusThan200(int status) {
            server.operation(message -> new Page(status, "text/plain", new byte[0]));

            ScepException refusal = Refused.by(Check.HTTP_STATUS, () -> client.enrol(DEVICE));

            assertEquals(OptionalInt.of(status), refusal.httpStatus());
            assertTrue(refusal.getMessage().contains(Integer.toString(status)), refusal.getMessage());
        }

        @Test
        void aHugeBodyIsNotRead() {
            server.operation(message -> Page.ok("application/x-pki-message", new byte[3 << 20]));

            UnreachableException refusal = assertThrows(UnreachableException.class, () -> client.enrol(DEVICE));

            assertTrue(refusal.bodyLimit().isPresent());
        }

        @Test
        void aHugeBodyIsNotParsedWhereTheTransportReadIt() {
            server.operation(message -> Page.ok("application/x-pki-message", new byte[300 * 1024]));
            client = client.transport(
                    HttpTransport.standard(HttpLimits.standard().bodyUpTo(1 << 20)));

            refused(Check.SIZE);
        }

        @Test
        void aClosedConnection() {
            server.operation(message -> Page.closed());

            assertThrows(UnreachableException.class, () -> client.enrol(DEVICE));
        }

        @Test
        void deepNesting() {
            byte[] nested = new byte[200 * 1024];
            for (int i = 0; i < nested.length; i += 2) {
                nested[i] = 0x30;
                nested[i + 1] = (byte) 0x80;
            }
            server.operation(message -> Page.ok("application/x-pki-message", nested));
            refused(Check.ENCODING);

            server.certificates(Page.ok("application/x-x509-ca-cert", nested));
            refused(Check.ENCODING);
        }

        @Test
        void deepNestingInTheEnvelope() {
            byte[] nested = new byte[100 * 1024];
            Arrays.fill(nested, (byte) 0x30);

            refused(Check.ENCODING, request -> request.answer()
                    .status(0)
                    .content(ForeignEnvelope.seal(nested, CMSAlgorithm.AES128_CBC, request.signer())));
        }
    }

    @Nested
    class OtherOperations {
        private CertifiedKey current() throws IOException {
            X509Certificate leaf = Pki.certificate("old device").certificateBy(CA);
            return CertifiedKey.of(
                    Pki.rsa("old device").getPrivate(), CertificateChain.of(List.of(leaf, CA.certificate())));
        }

        @Test
        void aRenewalIsCheckedAlike() throws IOException {
            CertifiedKey current = current();
            answering(request -> request.success(request.issuedBy(ROGUE), ROGUE.certificate()));
            Refused.by(Check.CERTIFICATE_CHAIN, () -> client.renew(current, DEVICE));

            answering(request -> success(request).without(AttributeId.RECIPIENT_NONCE));
            Refused.by(Check.RECIPIENT_NONCE, () -> client.renew(current, DEVICE));

            answering(request -> request.success(current.chain().leaf()));
            Refused.by(Check.CERTIFICATE_KEY, () -> client.renew(current, DEVICE));
        }

        @Test
        void aPollIsCheckedAlike() {
            Enrolment.Pending waiting = new Enrolment.Pending(DEVICE, "0123", Optional.empty());
            answering(request -> request.answerBy(ROGUE).status(3));
            Refused.by(Check.SIGNATURE, () -> client.poll(waiting));

            answering(request -> request.answer().status(3).transaction("0124"));
            Refused.by(Check.TRANSACTION_ID, () -> client.poll(waiting));

            answering(request -> request.answer().status(3).with(AttributeId.PKI_STATUS, new DERPrintableString("x")));
            Refused.by(Check.STATUS, () -> client.poll(waiting));
        }

        @Test
        void theAuthoritysCertificatesAreCheckedAlike() {
            serving(ROGUE.certificate());

            Refused.by(Check.CA_PIN, client::authorities);
        }
    }
}
