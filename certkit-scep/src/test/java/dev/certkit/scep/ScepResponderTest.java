package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.Issuance;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.time.MovableClock;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ScepResponderTest {
    private static final CertificateProfile RA = CertificateProfile.registrationAuthority();

    private final ResponderLab lab = ResponderLab.open();
    private final ChallengePolicy secret = ChallengePolicy.shared(Passphrase.of("secret"));

    private static ScepResponse get(ScepResponder responder, String query) {
        return responder.handle(ScepRequest.of("GET").query(query));
    }

    private static String text(ScepResponse response) {
        return new String(response.body(), StandardCharsets.US_ASCII);
    }

    private static CertifiedKey root(CertificateProfile profile, KeyType type) {
        return CertifiedKey.selfSigned(DistinguishedName.cn("Other Root"))
                .profile(profile)
                .clock(MovableClock.at(Pki.NOW))
                .with(type.generate());
    }

    private CertifiedKey certified(CertifiedKey authority, CertificateProfile profile, String name) throws IOException {
        CertificationRequest request = CertificationRequest.forSubject(DistinguishedName.cn(name))
                .signedBy(Pki.rsa(name))
                .request();
        Issuance issuance =
                LocalAuthority.of(authority).profile(profile).clock(lab.clock).issue(request);
        CertificateChain chain = ((Issuance.Certified) issuance).chain();
        return CertifiedKey.of(Pki.rsa(name).getPrivate(), chain);
    }

    @Nested
    class Capabilities {
        @Test
        void areThoseOfTheStandardInItsSpelling() {
            ScepResponse caps = get(lab.responder(), "operation=GetCACaps");

            assertEquals(200, caps.status());
            assertEquals("text/plain", caps.contentType());
            assertEquals(
                    List.of("AES", "POSTPKIOperation", "Renewal", "SHA-256", "SHA-384", "SHA-512", "SCEPStandard"),
                    text(caps).lines().toList());
        }

        @Test
        void trap14NoEmptyLineAndNoLineEndAtTheEnd() {
            String caps = text(get(lab.responder(), "operation=GetCACaps&message=anything"));

            assertFalse(caps.endsWith("\n"));
            assertFalse(caps.contains("\n\n"));
            assertTrue(caps.length() < 1024);
        }

        @Test
        void nameWeakAlgorithmsOnlyIfTheyAreAccepted() {
            ScepResponder responder = lab.responder().quirks(PeerQuirks.legacyCiscoIos());

            List<String> words =
                    text(get(responder, "operation=GetCACaps")).lines().toList();

            assertTrue(words.containsAll(List.of("DES3", "SHA-1")));
        }
    }

    @Nested
    class AuthorityCertificates {
        @Test
        void oneRootIsSentBare() throws Exception {
            ScepResponse response = get(lab.responder(), "operation=GetCACert");

            assertEquals("application/x-x509-ca-cert", response.contentType());
            assertArrayEquals(ResponderLab.ROOT.chain().leaf().getEncoded(), response.body());
        }

        @Test
        void anIntermediateIsSentWithItsChain() throws IOException {
            CertifiedKey issuing = certified(ResponderLab.ROOT, CertificateProfile.scepAuthority(), "Issuing");

            ScepResponse response = get(ScepResponder.of(LocalAuthority.of(issuing)), "operation=GetCACert&message=0");

            assertEquals("application/x-x509-ca-ra-cert", response.contentType());
            assertEquals(issuing.chain().certificates(), CertsOnly.decode(response.body()));
        }

        @Test
        void aRegistrationAuthorityIsSentBeforeTheAuthority() throws IOException {
            CertifiedKey ra = certified(ResponderLab.ROOT, RA, "RA");

            ScepResponse response = get(ScepResponder.of(lab.authority(), ra), "operation=GetCACert");

            assertEquals("application/x-x509-ca-ra-cert", response.contentType());
            assertEquals(
                    List.of(ra.chain().leaf(), ResponderLab.ROOT.chain().leaf()), CertsOnly.decode(response.body()));
        }
    }

    @Nested
    class RegistrationAuthority {
        @Test
        void opensAndSignsInPlaceOfTheAuthority() throws IOException {
            CertifiedKey root = root(CertificateProfile.authority(), KeyType.EC_P256);
            CertifiedKey ra = certified(root, RA, "RA");
            ScepResponder responder = ScepResponder.of(LocalAuthority.of(root).clock(lab.clock), ra)
                    .challenges(secret)
                    .clock(lab.clock);

            X509Certificate issued = Device.named("printer")
                    .to(ra.chain().leaf())
                    .san("printer.example")
                    .challenge("secret")
                    .send(responder)
                    .certificate();

            assertEquals(root.chain().leaf().getSubjectX500Principal(), issued.getIssuerX500Principal());
        }

        @Test
        void isNeededByAnAuthorityThatCannotDecrypt() {
            LocalAuthority authority = LocalAuthority.of(root(CertificateProfile.authority(), KeyType.EC_P256));

            String message = assertThrows(IllegalArgumentException.class, () -> ScepResponder.of(authority))
                    .getMessage();

            assertTrue(message.contains("registration authority"), message);
        }

        @Test
        void mustBeCertifiedByTheAuthority() throws IOException {
            CertifiedKey foreign = certified(root(CertificateProfile.authority(), KeyType.EC_P256), RA, "RA");

            assertThrows(IllegalArgumentException.class, () -> ScepResponder.of(lab.authority(), foreign));
        }

        @Test
        void mustNotLookLikeAnyDevice() throws IOException {
            CertifiedKey device =
                    certified(ResponderLab.ROOT, CertificateProfile.tlsServer().needingOneOf(), "device");

            String message = assertThrows(
                            IllegalArgumentException.class, () -> ScepResponder.of(lab.authority(), device))
                    .getMessage();

            assertTrue(message.contains("id-kp-cmcRA"), message);
        }

        @Test
        void mustHaveAnRsaKey() {
            CertifiedKey elliptic = root(CertificateProfile.tlsServer(), KeyType.EC_P256);

            assertThrows(IllegalArgumentException.class, () -> ScepResponder.of(lab.authority(), elliptic));
        }
    }

    @Nested
    class Transport {
        private final Device device = Device.named("printer").challenge("secret");
        private final ScepResponder responder = lab.responder(secret);

        private Device.Reply sentByGet(String message) {
            return device.read(get(responder, "operation=PKIOperation&message=" + message));
        }

        private String base64() {
            return Base64.getEncoder().encodeToString(device.message());
        }

        @Test
        void postWithoutOperationIsAPkiOperation() {
            ScepResponse response = responder.handle(ScepRequest.of("POST").body(device.message()));

            assertEquals("printer", commonName(device.read(response).certificate()));
        }

        @Test
        void trap12EscapedBase64ByGet() {
            sentByGet(URLEncoder.encode(base64(), StandardCharsets.US_ASCII)).certificate();
        }

        @Test
        void trap12PlusAndSlashThatAreNotEscapedByGet() {
            assertTrue(base64().contains("+"));
            sentByGet(base64()).certificate();
        }

        @Test
        void trap12Base64UrlWithoutPaddingByGet() {
            sentByGet(Base64.getUrlEncoder().withoutPadding().encodeToString(device.message()))
                    .certificate();
        }

        @Test
        void trap12LinesOf64CharactersByGet() {
            String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(device.message());

            sentByGet(URLEncoder.encode(lines, StandardCharsets.US_ASCII)).certificate();
        }

        @Test
        void whatIsNoBase64IsABadRequest() {
            assertEquals(
                    400, get(responder, "operation=PKIOperation&message=%%%").status());
            assertEquals(400, get(responder, "operation=PKIOperation&message=a").status());
            assertEquals(400, get(responder, "operation=PKIOperation").status());
        }

        @Test
        void unknownOperationsAndMethodsAreNotAnswered() {
            assertEquals(400, get(responder, "operation=GetNothing").status());
            assertEquals(400, get(responder, "").status());
            assertEquals(
                    400,
                    responder
                            .handle(ScepRequest.of("POST").query("operation=GetCACaps"))
                            .status());
            assertEquals(405, responder.handle(ScepRequest.of("PUT")).status());
        }

        @Test
        void whatIsTooLargeIsNotRead() {
            byte[] large = new byte[ScepRequest.MAX_BODY + 1];

            assertEquals(
                    413, responder.handle(ScepRequest.of("POST").body(large)).status());
            assertEquals(
                    414,
                    get(responder, "operation=PKIOperation&message=" + "A".repeat(600_000))
                            .status());
        }

        @Test
        void noContentTypeHasParameters() {
            for (String query : List.of("operation=GetCACaps", "operation=GetCACert", "operation=Nonsense")) {
                assertFalse(get(responder, query).contentType().contains(";"));
            }
        }
    }

    @Nested
    class Answers {
        @Test
        void trap1TheIssuedCertificateIsAlone() {
            Device.Reply reply = Device.named("printer").challenge("secret").send(lab.responder(secret));

            assertEquals(1, reply.certificates().size());
        }

        @Test
        void trap1TheIssuedCertificateIsFirstIfTheChainIsWanted() {
            Device.Reply reply = Device.named("printer")
                    .challenge("secret")
                    .send(lab.responder(secret).includingAuthority());

            assertEquals(2, reply.certificates().size());
            assertEquals("printer", commonName(reply.certificates().get(0)));
        }

        @Test
        void carryAFreshSenderNonceAndTheRequestersOwn() throws ScepException {
            Device device = Device.named("printer").challenge("wrong");
            byte[] message = device.message();
            Nonce sent = new PkiMessageReader(AlgorithmFloor.standard(), Device.CRYPTO)
                    .read(message)
                    .claimedSenderNonce()
                    .orElseThrow();

            PkiMessage first = device.send(lab.responder(secret), message).message();
            PkiMessage second = device.send(lab.responder(secret), message).message();

            assertEquals(sent, first.recipientNonce().orElseThrow());
            assertNotEquals(
                    first.senderNonce().orElseThrow(), second.senderNonce().orElseThrow());
            assertNotEquals(sent, first.senderNonce().orElseThrow());
        }

        @Test
        void carryTheTimeOfTheClock() {
            PkiMessage answer =
                    Device.named("printer").send(lab.responder(secret)).message();

            assertEquals(Pki.NOW, answer.signingTime().orElseThrow());
        }
    }

    @Test
    void withoutAPolicyNobodyGetsAFirstCertificate() throws IOException {
        ScepResponder responder = ScepResponder.of(lab.authority()).clock(lab.clock);

        Device.named("printer").challenge("secret").send(responder).refusedFor(2);

        assertEquals(0, lab.issued());
    }

    @Test
    void nullIsTheCallersMistake() {
        assertThrows(NullPointerException.class, () -> lab.responder().handle(null));
        assertThrows(NullPointerException.class, () -> lab.responder().challenges(null));
    }

    static String commonName(X509Certificate certificate) {
        return DistinguishedName.of(certificate.getSubjectX500Principal())
                .commonName()
                .orElseThrow();
    }
}
