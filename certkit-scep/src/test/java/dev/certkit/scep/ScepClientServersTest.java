package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.http.UnreachableException;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.scep.ForeignServer.Page;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a client renews, and what it makes of the authorities, capabilities and addresses of its server. */
class ScepClientServersTest extends ScepClientFixture {
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
