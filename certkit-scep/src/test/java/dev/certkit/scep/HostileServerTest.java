package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.http.HttpLimits;
import dev.certkit.http.HttpTransport;
import dev.certkit.http.UnreachableException;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.Enrolment;
import dev.certkit.scep.ForeignServer.Page;
import dev.certkit.scep.ScepException.Check;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cms.CMSAlgorithm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every dishonest or broken answer is refused by the check that names it; each differs from an honest one in one thing. */
class HostileServerTest {
    private static final MessageKey CA = Pki.authority("ca");
    private static final MessageKey ROGUE = Pki.authority("rogue");
    private static final PendingKey DEVICE = CertificationRequest.forSubject(
                    DistinguishedName.cn("device").o("Test"))
            .signedBy(Pki.rsa("device"));

    private final ForeignServer server = new ForeignServer();
    private ScepClient client;

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

    private void answering(Function<ForeignRequest, Forge> answer) {
        server.operation(message -> Page.ok(
                "application/x-pki-message",
                answer.apply(ForeignRequest.read(message, CA, CA)).encoded()));
    }

    private void serving(X509Certificate... certificates) {
        server.certificates(Page.ok("application/x-x509-ca-ra-cert", ForeignRequest.certsOnly(certificates)));
    }

    private static Forge success(ForeignRequest request) {
        return request.success(request.issued());
    }

    private void refused(Check check, Function<ForeignRequest, Forge> answer) {
        answering(answer);
        Refused.by(check, () -> client.enrol(DEVICE));
    }

    private void refused(Check check) {
        Refused.by(check, () -> client.enrol(DEVICE));
    }

    private long posts() {
        return server.calls().stream()
                .filter(call -> call.method().equals("POST"))
                .count();
    }

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
