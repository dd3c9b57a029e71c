package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.issue.Enrolment;
import dev.certkit.scep.ForeignServer.Page;
import dev.certkit.scep.ScepException.Check;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.cms.CMSAlgorithm;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every dishonest answer is refused by the check that names it; each differs from an honest one in one thing. */
class HostileServerTest extends HostileServerFixture {
    @Test
    void theHonestAnswerThatTheOthersDifferFromIsAccepted() throws IOException {
        answering(HostileServerTest::success);

        assertTrue(client.enrol(DEVICE) instanceof Enrolment.Issued);
    }

    @Nested
    class ForgedBy {
        @Test
        void aTwinOfTheAuthorityWhoseCertificateTravelsAlong() {
            MessageKey twin = Pki.certificate("ca")
                    .key(Pki.rsa("twin"))
                    .serial(CA.certificate().getSerialNumber())
                    .authority()
                    .selfSigned();

            refused(
                    Check.SIGNATURE,
                    request -> request.answerBy(twin).status(0).content(request.envelope(request.issued())));
        }

        @Test
        void aStrangerWithoutAnyCertificate() {
            refused(Check.SIGNATURE, request -> request.answerBy(ROGUE)
                    .status(0)
                    .content(request.envelope(request.issued()))
                    .certificates());
        }

        @Test
        void aDeviceThatTheAuthorityCertified() {
            MessageKey other = Pki.certificate("other device").issuedBy(CA);

            refused(
                    Check.SIGNATURE,
                    request -> request.answerBy(other).status(0).content(request.envelope(request.issued())));
        }

        @Test
        void theClientItself() {
            MessageKey echo = new MessageKey(
                    DEVICE.privateKey(), Pki.certificate("device").selfSigned().certificate());

            refused(
                    Check.SIGNATURE,
                    request -> request.answerBy(echo).status(0).content(request.envelope(request.issued())));
        }

        @Test
        void whoeverRefusesAndPostponesToo() {
            refused(Check.SIGNATURE, request -> request.answerBy(ROGUE).status(2));
            refused(Check.SIGNATURE, request -> request.answerBy(ROGUE).status(3));
        }

        @Test
        void whoeverChangedTheContentAfterwards() {
            refused(Check.MESSAGE_DIGEST, request -> success(request)
                    .with(AttributeId.MESSAGE_DIGEST, new DEROctetString(SigningDigest.SHA_256.digest(new byte[0]))));
        }
    }

    @Nested
    class NotToThisRequest {
        @Test
        void trap16WrongRecipientNonce() {
            refused(Check.RECIPIENT_NONCE, request -> success(request)
                    .with(AttributeId.RECIPIENT_NONCE, new DEROctetString(new byte[16])));
        }

        @Test
        void trap16MissingRecipientNonce() {
            refused(Check.RECIPIENT_NONCE, request -> success(request).without(AttributeId.RECIPIENT_NONCE));
        }

        @Test
        void trap16BeginningOfTheNonce() {
            refused(Check.RECIPIENT_NONCE, request -> success(request)
                    .with(AttributeId.RECIPIENT_NONCE, new DEROctetString(Arrays.copyOf(request.nonce(), 15))));
        }

        @Test
        void trap16NonceOfRefusalsAndPostponementsToo() {
            refused(Check.RECIPIENT_NONCE, request -> request.answer().status(2).without(AttributeId.RECIPIENT_NONCE));
            refused(Check.RECIPIENT_NONCE, request -> request.answer().status(3).without(AttributeId.RECIPIENT_NONCE));
        }

        @Test
        void wrongTransactionId() {
            refused(Check.TRANSACTION_ID, request -> success(request).transaction("42"));
            refused(Check.TRANSACTION_ID, request -> success(request)
                    .transaction(request.transactionId().toUpperCase(Locale.ROOT)));
            refused(Check.TRANSACTION_ID, request -> success(request).transaction(request.transactionId() + "0"));
        }

        @Test
        void missingTransactionId() {
            refused(Check.TRANSACTION_ID, request -> success(request).without(AttributeId.TRANSACTION_ID));
        }

        @Test
        void anEarlierAnswerReplayed() throws IOException {
            byte[][] kept = new byte[1][];
            server.operation(message -> {
                kept[0] = kept[0] == null
                        ? success(ForeignRequest.read(message, CA, CA)).encoded()
                        : kept[0];
                return Page.ok("application/x-pki-message", kept[0]);
            });
            client.enrol(DEVICE);

            refused(Check.RECIPIENT_NONCE);
        }

        @ParameterizedTest
        @ValueSource(ints = {17, 19, 20, 21, 22})
        void anotherTypeThanCertRep(int type) {
            refused(Check.MESSAGE_TYPE, request -> success(request).type(type));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 18, 23})
        void unknownType(int type) {
            refused(Check.MESSAGE_TYPE, request -> success(request).type(type));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 4, 7})
        void unknownStatus(int status) {
            refused(Check.STATUS, request -> success(request).status(status));
        }

        @Test
        void missingStatus() {
            refused(Check.STATUS, request -> success(request).without(AttributeId.PKI_STATUS));
        }
    }

    @Nested
    class WrongCertificate {
        @Test
        void forAnotherKey() {
            refused(
                    Check.CERTIFICATE_KEY,
                    request -> request.success(Pki.certificate("device")
                            .key(Pki.rsa("stranger").getPublic())
                            .certificateBy(CA)));
        }

        @Test
        void onlyTheAuthoritysOwn() {
            refused(Check.CERTIFICATE_KEY, request -> request.success(CA.certificate()));
        }

        @Test
        void ofAnotherAuthority() {
            refused(Check.CERTIFICATE_CHAIN, request -> request.success(request.issuedBy(ROGUE), ROGUE.certificate()));
        }

        @Test
        void ofATwinOfTheAuthority() {
            MessageKey twin =
                    Pki.certificate("ca").key(Pki.rsa("twin")).authority().selfSigned();

            refused(
                    Check.CERTIFICATE_CHAIN,
                    request -> request.success(request.issuedBy(twin), twin.certificate(), CA.certificate()));
        }

        @Test
        void ofADeviceThatTheAuthorityCertified() {
            MessageKey device = Pki.certificate("other device").issuedBy(CA);

            refused(
                    Check.CERTIFICATE_CHAIN,
                    request -> request.success(request.issuedBy(device), device.certificate()));
        }

        @Test
        void theSelfSignedOneSentBack() {
            refused(Check.CERTIFICATE_CHAIN, request -> request.success(request.signer()));
        }

        @Test
        void expired() {
            refused(
                    Check.CERTIFICATE_VALIDITY,
                    request -> request.success(request.draft()
                            .valid(Pki.NOW.minusSeconds(7200), Pki.NOW.minusSeconds(1))
                            .certificateBy(CA)));
        }

        @Test
        void notYetValid() {
            refused(
                    Check.CERTIFICATE_VALIDITY,
                    request -> request.success(request.draft()
                            .valid(Pki.NOW.plusSeconds(3600), Pki.NOW.plusSeconds(7200))
                            .certificateBy(CA)));
        }

        @Test
        void underAnExpiredIntermediate() {
            MessageKey expired = Pki.certificate("intermediate")
                    .authority()
                    .valid(Pki.NOW.minusSeconds(7200), Pki.NOW.minusSeconds(1))
                    .issuedBy(CA);

            refused(
                    Check.CERTIFICATE_VALIDITY,
                    request -> request.success(request.issuedBy(expired), expired.certificate()));
        }

        @Test
        void none() {
            refused(Check.CONTENT, request -> request.success());
        }

        @Test
        void somethingElseInTheEnvelope() {
            refused(Check.ENCODING, request -> request.answer()
                    .status(0)
                    .content(ForeignEnvelope.seal(new byte[] {1, 2, 3}, CMSAlgorithm.AES128_CBC, request.signer())));
        }
    }
}
