package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.Enrolment;
import dev.certkit.issue.FailInfo;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.RevocationReason;
import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.x500.X500Name;
import org.jscep.client.Client;
import org.jscep.client.verification.OptimisticCertificateVerifier;
import org.jscep.transaction.OperationFailureException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Old certificates, revocation lists and the next authority, given out by our responder. */
class ResponderLookupTest {
    private static final X509Certificate ROOT = ResponderLab.ROOT.chain().leaf();
    private static final CertifiedKey NEXT = CertifiedKey.selfSigned(
                    DistinguishedName.cn("Next Root").o("Test"))
            .profile(CertificateProfile.scepAuthority())
            .with(Pki.rsa("next root"));

    private final ResponderLab lab = ResponderLab.open();
    private final LocalAuthority authority = lab.authority();
    private ScepHttpServer server = ScepHttpServer.start(lab.responder());
    private ScepClient client = client();
    private CertifiedKey device;

    private ScepClient client() {
        return ScepClient.at(server.uri()).trustingCa(Fingerprint.sha256(ROOT)).clock(lab.clock);
    }

    private void restart(ScepResponder responder) {
        server.close();
        server = ScepHttpServer.start(responder);
        client = client();
    }

    @BeforeEach
    void enrol() throws IOException {
        device = enrolled("device");
    }

    private CertifiedKey enrolled(String name) throws IOException {
        return ((Enrolment.Issued) client.enrol(CertificationRequest.forSubject(DistinguishedName.cn(name))
                        .challengePassword(lab.challenge())
                        .signedBy(Pki.rsa(name))))
                .key();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static SerialNumber serial(CertifiedKey key) {
        return new SerialNumber(key.chain().leaf().getSerialNumber());
    }

    @Nested
    class ACertificate {
        @Test
        void isGivenToAnotherHolderByItsSerialNumber() throws IOException {
            CertifiedKey other = enrolled("other");

            assertEquals(
                    Optional.of(other.chain().leaf()),
                    client.certificate(device, serial(other)).found());
        }

        @Test
        void thatWasNeverIssuedIsBadCertId() throws IOException {
            ScepLookup<X509Certificate> answer = client.certificate(device, new SerialNumber(BigInteger.TEN));

            assertEquals(
                    Optional.of(FailInfo.BAD_CERT_ID),
                    answer.refusal().orElseThrow().failInfo());
        }

        @Test
        void isNotGivenToAStranger() throws IOException {
            CertifiedKey stranger = CertifiedKey.selfSigned(DistinguishedName.cn("stranger"))
                    .clock(lab.clock)
                    .with(Pki.rsa("stranger"));

            Enrolment.Refused refusal =
                    client.certificate(stranger, serial(device)).refusal().orElseThrow();

            assertEquals(Optional.of(FailInfo.BAD_REQUEST), refusal.failInfo());
            assertTrue(refusal.text().contains("Only holders"), refusal.text());
        }

        @Test
        void isNotGivenToWhoHasForgedACertificateOfTheAuthority() throws IOException {
            X509Certificate forged = Pki.certificate("x")
                    .serial(device.chain().leaf().getSerialNumber())
                    .key(Pki.rsa("stranger").getPublic())
                    .certificateBy(new MessageKey(Pki.rsa("rogue").getPrivate(), ROOT));
            Device liar = Device.named("device")
                    .signer(new MessageKey(Pki.rsa("stranger").getPrivate(), forged))
                    .type(MessageType.GET_CERT);

            liar.send(lab.responder(), liar.message(asking(ROOT.getSubjectX500Principal(), BigInteger.ONE)))
                    .refusedFor(2);
        }
    }

    private byte[] asking(X500Principal issuer, BigInteger serial) {
        IssuerAndSerialNumber asked = new IssuerAndSerialNumber(
                X500Name.getInstance(issuer.getEncoded()), new ASN1Integer(serial).getValue());
        return Envelope.seal(Asn1.der(asked), ROOT, Device.CRYPTO);
    }

    @Nested
    class AQuestion {
        private Device asker(MessageType type) {
            return Device.named("device")
                    .signer(new MessageKey(device.privateKey(), device.chain().leaf()))
                    .type(type);
        }

        private String refused(MessageType type, byte[] envelope, int failInfo) {
            Device asker = asker(type);
            return asker.send(lab.responder(), asker.message(envelope)).refusedFor(failInfo);
        }

        @Test
        void aboutAnotherAuthorityIsBadCertId() {
            for (MessageType type : List.of(MessageType.GET_CERT, MessageType.GET_CRL)) {
                refused(type, asking(new X500Principal("CN=Lab Root"), BigInteger.ONE), 4);
            }
        }

        @Test
        void aboutANumberThatNoCertificateHasIsBadCertId() {
            for (BigInteger number : List.of(BigInteger.ZERO, BigInteger.ONE.negate(), BigInteger.ONE.shiftLeft(200))) {
                refused(MessageType.GET_CERT, asking(ROOT.getSubjectX500Principal(), number), 4);
            }
        }

        @Test
        void thatCannotBeReadIsToldNothingOfHowFarItWasRead() {
            byte[] whole = asking(ROOT.getSubjectX500Principal(), BigInteger.ONE);
            byte[] damaged = whole.clone();
            damaged[damaged.length - 1] ^= 1;

            String unreadable = refused(MessageType.GET_CERT, damaged, 1);

            assertEquals(
                    unreadable,
                    refused(
                            MessageType.GET_CERT,
                            Envelope.seal("nonsense".getBytes(StandardCharsets.UTF_8), ROOT, Device.CRYPTO),
                            1));
        }

        @Test
        void fromAnEllipticCurveKeyCannotBeAnswered() {
            CertifiedKey ec = ForeignLab.certified(Pki.ec("curve"));
            Device asker = Device.named("device")
                    .signer(new MessageKey(ec.privateKey(), ec.chain().leaf()))
                    .type(MessageType.GET_CERT);

            // The answer is signed, not encrypted, so that the same device reads it.
            asker.send(lab.responder(), asker.message(asking(ROOT.getSubjectX500Principal(), BigInteger.ONE)))
                    .refusedFor(2);
        }
    }

    @Nested
    class ARevocationList {
        private X509CRL list() throws IOException {
            return client.revocationList(device).found().orElseThrow();
        }

        @Test
        void tellsWhatWasRevoked() throws IOException {
            CertifiedKey lost = enrolled("lost");
            authority.revocations().revoke(serial(lost), RevocationReason.KEY_COMPROMISE);

            X509CRL list = list();

            assertTrue(list.isRevoked(lost.chain().leaf()));
            assertFalse(list.isRevoked(device.chain().leaf()));
        }

        @Test
        void isMadeOnceInAnHourWhoeverAsks() throws IOException {
            X509CRL first = list();
            lab.clock.advance(Duration.ofMinutes(59));
            assertEquals(first, list());

            lab.clock.advance(Duration.ofMinutes(1));
            authority.revocations().revoke(serial(enrolled("lost")), RevocationReason.SUPERSEDED);

            assertNotEquals(first, list());
            assertEquals(1, list().getRevokedCertificates().size());
        }

        @Test
        void isNotGivenToAStranger() throws IOException {
            CertifiedKey stranger = CertifiedKey.selfSigned(DistinguishedName.cn("stranger"))
                    .clock(lab.clock)
                    .with(Pki.rsa("stranger"));

            assertEquals(
                    2, client.revocationList(stranger).refusal().orElseThrow().number());
        }
    }

    @Nested
    class TheNextAuthority {
        @Test
        void isToldInTheNameOfThePresentOne() throws IOException {
            restart(lab.responder().next(NEXT.chain()));

            ScepRollover rollover = client.rollover().orElseThrow();

            assertTrue(client.capabilities().contains(CaCapability.GET_NEXT_CA_CERT));
            assertEquals(Fingerprint.sha256(NEXT.chain().leaf()), rollover.fingerprint());
            assertEquals(NEXT.chain().certificates(), rollover.authorities());
        }

        @Test
        void isVouchedForByTheAuthorityWhereARegistrationAuthorityAnswers() throws IOException {
            CertifiedKey registrar = ((Enrolment.Issued) LocalAuthority.of(ResponderLab.ROOT)
                            .profile(CertificateProfile.registrationAuthority())
                            .clock(lab.clock)
                            .enrol(CertificationRequest.forSubject(DistinguishedName.cn("Registrar"))
                                    .signedBy(Pki.rsa("registrar"))))
                    .key();
            restart(ScepResponder.of(authority, registrar).clock(lab.clock).next(NEXT.chain()));

            assertEquals(
                    NEXT.chain().certificates(), client.rollover().orElseThrow().authorities());
        }

        @Test
        void isNeitherAnnouncedNorThereWithoutOne() throws IOException {
            assertFalse(client.capabilities().contains(CaCapability.GET_NEXT_CA_CERT));
            assertEquals(Optional.empty(), client.rollover());
            assertEquals(
                    404,
                    lab.responder()
                            .handle(ScepRequest.of("GET").query("operation=GetNextCACert"))
                            .status());
        }

        @Test
        void isAskedForByGetOnly() {
            assertEquals(
                    400,
                    lab.responder()
                            .next(NEXT.chain())
                            .handle(ScepRequest.of("POST").query("operation=GetNextCACert"))
                            .status());
        }

        @Test
        void mustBeAnAuthority() {
            CertificateChain leaf = device.chain();

            assertThrows(IllegalArgumentException.class, () -> lab.responder().next(leaf));
            assertThrows(NullPointerException.class, () -> lab.responder().next(null));
        }
    }

    /** A client of another house. */
    @Nested
    class Jscep {
        private Client jscep() throws IOException {
            return new Client(server.uri().toURL(), new OptimisticCertificateVerifier());
        }

        @Test
        void getsACertificate() throws Exception {
            CertifiedKey other = enrolled("other");

            assertEquals(
                    List.of(other.chain().leaf()),
                    List.copyOf(jscep().getCertificate(
                                    device.chain().leaf(),
                                    device.privateKey(),
                                    other.chain().leaf().getSerialNumber())
                            .getCertificates(null)));
        }

        @Test
        void isRefusedAnUnknownOne() {
            OperationFailureException refusal =
                    assertThrows(OperationFailureException.class, () -> jscep().getCertificate(
                                    device.chain().leaf(), device.privateKey(), BigInteger.TEN));

            assertEquals(4, refusal.getFailInfo().getValue());
        }

        @Test
        void getsTheRevocationList() throws Exception {
            CertifiedKey lost = enrolled("lost");
            authority.revocations().revoke(serial(lost), RevocationReason.KEY_COMPROMISE);

            X509CRL list = jscep().getRevocationList(
                            device.chain().leaf(),
                            device.privateKey(),
                            ROOT.getSubjectX500Principal(),
                            device.chain().leaf().getSerialNumber());

            assertTrue(list.isRevoked(lost.chain().leaf()));
        }
    }
}
