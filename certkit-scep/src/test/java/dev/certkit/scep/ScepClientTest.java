package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import dev.certkit.key.Passphrase;
import dev.certkit.scep.ForeignServer.Page;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cms.CMSAlgorithm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against foreign servers that are honest; {@link HostileServerTest} has the others. */
class ScepClientTest {
    private static final MessageKey CA = Pki.authority("ca");
    private static final PendingKey DEVICE = pending("device");

    private final ForeignServer server = new ForeignServer();
    private final List<ForeignRequest> requests = new ArrayList<>();
    private ScepClient client;

    private static PendingKey pending(String name) {
        return CertificationRequest.forSubject(DistinguishedName.cn(name).o("Test"))
                .san(name + ".example")
                .challengePassword(Passphrase.of("secret"))
                .signedBy(Pki.rsa(name));
    }

    private static CertifiedKey certified(String name) throws IOException {
        X509Certificate leaf = Pki.certificate(name).certificateBy(CA);
        return CertifiedKey.of(Pki.rsa(name).getPrivate(), CertificateChain.of(List.of(leaf, CA.certificate())));
    }

    @BeforeEach
    void serveTheAuthority() throws CertificateEncodingException {
        server.certificates(
                Page.ok("application/x-x509-ca-cert", CA.certificate().getEncoded()));
        client = client().trustingCa(Fingerprint.sha256(CA.certificate())).clock(Clock.fixed(Pki.NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ScepClient.Unpinned client() {
        return ScepClient.at(server.uri());
    }

    private void answering(Function<ForeignRequest, Forge> answer) {
        answering(CA, CA, answer);
    }

    private void answering(MessageKey recipient, MessageKey signer, Function<ForeignRequest, Forge> answer) {
        server.operation(message -> {
            ForeignRequest request = ForeignRequest.read(message, recipient, signer);
            requests.add(request);
            return Page.ok("application/x-pki-message", answer.apply(request).encoded());
        });
    }

    private static Forge success(ForeignRequest request) {
        return request.success(request.issued());
    }

    private void serving(X509Certificate... certificates) {
        server.certificates(Page.ok("application/x-x509-ca-ra-cert", ForeignRequest.certsOnly(certificates)));
    }

    private static CertifiedKey issued(Enrolment enrolment) {
        return assertInstanceOf(Enrolment.Issued.class, enrolment).key();
    }

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

    @Nested
    class Renewing {
        @Test
        void isSignedWithTheCurrentCertificateAndTrap11OpenedWithTheCurrentKey() throws IOException {
            CertifiedKey current = certified("old device");
            answering(ScepClientTest::success);

            CertifiedKey next = issued(client.renew(current, DEVICE));

            assertEquals(17, requests.get(0).type());
            assertEquals(current.chain().leaf(), requests.get(0).signer());
            assertEquals(Pki.rsa("device").getPublic(), next.chain().leaf().getPublicKey());
        }

        @Test
        void trap28WithTheSameKeyIsAnotherTransaction() throws IOException {
            CertifiedKey current = certified("device");
            answering(ScepClientTest::success);
            client.enrol(DEVICE);
            client.renew(current, DEVICE);
            client.renew(current, DEVICE);

            assertNotEquals(requests.get(0).transactionId(), requests.get(1).transactionId());
            assertEquals(requests.get(1).transactionId(), requests.get(2).transactionId());
        }

        @Test
        void toAnEllipticCurveKeyWorks() throws IOException {
            PendingKey ec =
                    CertificationRequest.forSubject(DistinguishedName.cn("ec")).signedBy(Pki.ec("ec"));
            answering(ScepClientTest::success);

            assertEquals(
                    "EC",
                    issued(client.renew(certified("old device"), ec))
                            .chain()
                            .leaf()
                            .getPublicKey()
                            .getAlgorithm());
        }

        @Test
        void ofAnEllipticCurveKeyWithoutChallengeIsTheCallersMistake() throws IOException {
            X509Certificate leaf = Pki.certificate("ec").key(Pki.ec("ec")).certificateBy(CA);
            CertifiedKey ec =
                    CertifiedKey.of(Pki.ec("ec").getPrivate(), CertificateChain.of(List.of(leaf, CA.certificate())));

            PendingKey withoutChallenge = CertificationRequest.forSubject(DistinguishedName.cn("next"))
                    .signedBy(Pki.rsa("next"));

            assertThrows(IllegalArgumentException.class, () -> client.renew(ec, withoutChallenge));
        }
    }

    @Nested
    class Authorities {
        private final MessageKey intermediate = Pki.certificate("intermediate")
                .usage(KeyUsage.keyCertSign | KeyUsage.digitalSignature | KeyUsage.keyEncipherment)
                .authority()
                .issuedBy(CA);
        private final MessageKey raSigner = Pki.certificate("ra signer")
                .usage(KeyUsage.digitalSignature)
                .purposes(KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.1")))
                .issuedBy(CA);
        private final MessageKey raOpener =
                Pki.certificate("ra opener").usage(KeyUsage.keyEncipherment).issuedBy(CA);

        @Test
        void trap9AnIntermediateIsFoundInAnyOrder() throws IOException {
            for (List<X509Certificate> order : List.of(
                    List.of(CA.certificate(), intermediate.certificate()),
                    List.of(intermediate.certificate(), CA.certificate()))) {
                serving(order.toArray(X509Certificate[]::new));
                client = client.remembering(Duration.ZERO);
                answering(intermediate, intermediate, ScepClientTest::success);

                assertEquals(
                        List.of(intermediate.certificate(), CA.certificate()),
                        issued(client.enrol(DEVICE)).chain().certificates().subList(1, 3));
            }
        }

        @Test
        void trap9TheRootMayBeAbsentIfItWasGiven() throws IOException {
            serving(intermediate.certificate());
            answering(intermediate, intermediate, ScepClientTest::success);

            issued(client().trustingCa(CA.certificate())
                    .clock(Clock.fixed(Pki.NOW, ZoneOffset.UTC))
                    .enrol(DEVICE));
        }

        @Test
        void theIntermediateAloneMayBePinned() throws IOException {
            serving(CA.certificate(), intermediate.certificate());
            answering(intermediate, intermediate, ScepClientTest::success);

            issued(client().trustingCa(Fingerprint.sha256(intermediate.certificate()))
                    .clock(Clock.fixed(Pki.NOW, ZoneOffset.UTC))
                    .enrol(DEVICE));
        }

        @Test
        void trap18SeparateRegistrationAuthoritiesSignAndOpen() throws IOException {
            serving(raSigner.certificate(), raOpener.certificate(), CA.certificate());
            answering(raOpener, raSigner, request -> request.success(request.issuedBy(CA)));

            issued(client.enrol(DEVICE));
        }

        @Test
        void trap8ARegistrationAuthorityWithoutKeyUsageServesToo() throws IOException {
            MessageKey bare = Pki.certificate("bare ra").issuedBy(CA);
            serving(CA.certificate(), bare.certificate());
            answering(bare, bare, request -> request.success(request.issuedBy(CA)));

            issued(client.enrol(DEVICE));
        }

        @Test
        void anExpiredRegistrationAuthorityIsPassedOver() throws IOException {
            MessageKey expired = Pki.certificate("expired ra")
                    .valid(Pki.NOW.minusSeconds(9000), Pki.NOW.minusSeconds(100))
                    .issuedBy(CA);
            serving(expired.certificate(), raOpener.certificate(), raSigner.certificate(), CA.certificate());
            answering(raOpener, raSigner, request -> request.success(request.issuedBy(CA)));

            issued(client.enrol(DEVICE));
        }

        @Test
        void strangeAuthoritiesAreLeftOut() throws IOException {
            serving(Pki.authority("stranger").certificate(), CA.certificate());
            answering(ScepClientTest::success);

            issued(client.enrol(DEVICE));
            assertEquals(List.of(CA.certificate()), client.authorities());
        }

        @Test
        void areListedThePinnedOneFirst() throws IOException {
            serving(intermediate.certificate(), raOpener.certificate(), CA.certificate());

            assertEquals(List.of(CA.certificate(), intermediate.certificate()), client.authorities());
        }
    }

    @Nested
    class Capabilities {
        @Test
        void trap14AnyCaseAndLineEndAndUnknownWords() throws IOException {
            server.capabilities(Page.ok(
                    "application/octet-stream",
                    "\r\nrenewal \r\nPOSTPkiOperation\n\nExample.com-Thing\r\nsha-256"
                            .getBytes(StandardCharsets.UTF_8)));

            assertEquals(
                    Set.of(CaCapability.RENEWAL, CaCapability.POST_PKI_OPERATION, CaCapability.SHA_256),
                    client.capabilities());
        }

        @Test
        void scepStandardImpliesWhatItStandsFor() throws IOException {
            server.capabilities(Page.ok("text/plain", "SCEPStandard".getBytes(StandardCharsets.UTF_8)));

            assertEquals(
                    Set.of(
                            CaCapability.SCEP_STANDARD,
                            CaCapability.AES,
                            CaCapability.POST_PKI_OPERATION,
                            CaCapability.SHA_256),
                    client.capabilities());
        }

        @Test
        void trap14NoneFromErrorsWebPagesAndClosedConnections() throws IOException {
            for (Page page : List.of(
                    Page.ok("text/plain", new byte[0]),
                    new Page(404, "text/plain", "AES".getBytes(StandardCharsets.UTF_8)),
                    new Page(500, "text/html", new byte[0]),
                    Page.ok("text/html", "<html>\n<body>AES</body>\n".getBytes(StandardCharsets.UTF_8)),
                    Page.closed())) {
                server.capabilities(page);

                assertEquals(Set.of(), client.capabilities());
            }
        }

        @Test
        void anUnreachableServerIsNotOneWithoutCapabilities() {
            server.close();

            assertThrows(UnreachableException.class, client::capabilities);
        }

        @Test
        void theirLackChangesNothing() throws IOException {
            server.capabilities(new Page(404, "text/plain", new byte[0]));
            answering(ScepClientTest::success);

            issued(client.enrol(DEVICE));
        }
    }

    @Nested
    class Addresses {
        @Test
        void withoutAPathMeanTheDefaultOne() {
            assertTrue(ScepClient.at(URI.create("http://ca.example"))
                    .trustingCa(CA.certificate())
                    .toString()
                    .contains("http://ca.example/cgi-bin/pkiclient.exe"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"ldap://ca.example", "ca.example", "http:///x", "http://user@ca.example/"})
        void thatAreNoneAreTheCallersMistake(String text) {
            assertThrows(IllegalArgumentException.class, () -> ScepClient.at(URI.create(text)));
        }
    }
}
