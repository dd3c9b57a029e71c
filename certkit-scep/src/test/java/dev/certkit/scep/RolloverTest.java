package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.scep.ForeignServer.Page;
import dev.certkit.scep.ScepException.Check;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The next authority is believed for the present one's signature, and can be asked before it is in office. */
class RolloverTest {
    private static final Instant CHANGE = Pki.NOW.plusSeconds(30 * 86400);
    private static final MessageKey NEXT = Pki.certificate("ca")
            .key(Pki.rsa("next ca"))
            .valid(CHANGE, CHANGE.plusSeconds(3650L * 86400))
            .authority()
            .selfSigned();

    private final ForeignLab lab = new ForeignLab();
    private final ScepClient client = lab.client();

    @AfterEach
    void stop() {
        lab.close();
    }

    @BeforeEach
    void announce() {
        lab.announcing("SCEPStandard", "GetNextCACert");
        offering(signedBy(ForeignLab.CA, NEXT.certificate()));
    }

    private void offering(byte[] answer) {
        lab.server.nextCertificates(Page.ok("application/x-x509-next-ca-cert", answer));
    }

    private static byte[] signedBy(MessageKey signer, X509Certificate... certificates) {
        return Forge.signedBy(signer)
                .content(ForeignRequest.certsOnly(certificates))
                .encoded();
    }

    private ScepRollover rollover() throws IOException {
        return client.rollover().orElseThrow();
    }

    @Test
    void isToldByThePresentAuthority() throws IOException {
        ScepRollover rollover = rollover();

        assertEquals(List.of(NEXT.certificate()), rollover.authorities());
        assertEquals(Fingerprint.sha256(NEXT.certificate()), rollover.fingerprint());
        assertEquals(CHANGE, rollover.validFrom());
        assertTrue(rollover.toString().contains("2026-12-22"), rollover.toString());
    }

    @Nested
    class Asked {
        @Test
        void beforeTheChangeItIssuesToRequestsThatAreEncryptedToIt() throws IOException {
            ScepClient next = rollover().client();
            lab.answering(
                    NEXT,
                    request -> request.success(request.draft()
                            .valid(CHANGE, CHANGE.plusSeconds(86400))
                            .certificateBy(NEXT)));

            assertEquals(
                    NEXT.certificate(),
                    ForeignLab.issued(next.enrol(ForeignLab.pending("device")))
                            .chain()
                            .certificates()
                            .get(1));
        }

        @Test
        void afterTheChangeItIsFoundWhereThePresentOneWas() throws IOException {
            ScepClient next = rollover().client().clock(Clock.fixed(CHANGE.plusSeconds(1), ZoneOffset.UTC));
            MessageKey ra = Pki.certificate("new ra").issuedBy(NEXT);
            lab.serving(NEXT.certificate(), ra.certificate())
                    .answering(ra, request -> request.success(request.issuedBy(NEXT)));

            ForeignLab.issued(next.enrol(ForeignLab.pending("device")));
        }

        @Test
        void theOldAuthoritysAnswersAreNotItsOwn() throws IOException {
            ScepClient next = rollover().client();
            lab.server.operation(message -> Page.ok(
                    "application/x-pki-message",
                    ForeignLab.success(ForeignRequest.read(message, NEXT, ForeignLab.CA))
                            .encoded()));

            Refused.by(Check.SIGNATURE, () -> next.enrol(ForeignLab.pending("device")));
        }

        @Test
        void anIntermediateUnderTheSameRootKeepsThePin() throws IOException {
            MessageKey intermediate = Pki.certificate("intermediate")
                    .valid(CHANGE, CHANGE.plusSeconds(86400))
                    .authority()
                    .issuedBy(ForeignLab.CA);
            offering(signedBy(ForeignLab.CA, intermediate.certificate()));

            assertEquals(
                    Fingerprint.sha256(ForeignLab.CA.certificate()), rollover().fingerprint());
        }
    }

    @Nested
    class None {
        @Test
        void whereItIsNotAnnounced() throws IOException {
            lab.announcing("SCEPStandard");

            assertEquals(Optional.empty(), client.rollover());
            assertEquals(List.of("GET GetCACaps", "GET GetCACert"), lab.server.operations());
        }

        @ParameterizedTest
        @ValueSource(ints = {403, 404})
        void whereTheServerHasNone(int status) throws IOException {
            lab.server.nextCertificates(new Page(status, "text/plain", new byte[0]));

            assertEquals(Optional.empty(), client.rollover());
        }

        @Test
        void isNotSaidByABrokenServer() {
            lab.server.nextCertificates(new Page(500, "text/plain", new byte[0]));

            Refused.by(Check.HTTP_STATUS, client::rollover);
        }
    }

    @Nested
    class Forged {
        @Test
        void bySomebodyElse() {
            offering(signedBy(Pki.authority("rogue"), NEXT.certificate()));

            Refused.by(Check.SIGNATURE, client::rollover);
        }

        @Test
        void byTheNextAuthorityItself() {
            offering(signedBy(NEXT, NEXT.certificate()));

            Refused.by(Check.SIGNATURE, client::rollover);
        }

        @Test
        void byARegistrationAuthority() {
            MessageKey ra = Pki.certificate("ra").issuedBy(ForeignLab.CA);
            lab.serving(ra.certificate(), ForeignLab.CA.certificate());
            offering(signedBy(ra, NEXT.certificate()));

            Refused.by(Check.SIGNATURE, client::rollover);
        }

        @Test
        void withoutASignatureAsOlderDraftsHadIt() {
            offering(ForeignRequest.certsOnly(NEXT.certificate()));

            Refused.by(Check.SIGNER, client::rollover);
        }

        @Test
        void withCertificatesBesideTheSignedContent() {
            offering(Forge.signedBy(ForeignLab.CA)
                    .noContent()
                    .certificates(ForeignLab.CA.certificate(), NEXT.certificate())
                    .encoded());

            Refused.by(Check.ENCODING, client::rollover);
        }

        @Test
        void withNothingInIt() {
            offering(signedBy(ForeignLab.CA));

            Refused.by(Check.CONTENT, client::rollover);
        }

        @Test
        void withTwoAuthoritiesToChooseFrom() {
            offering(signedBy(
                    ForeignLab.CA, NEXT.certificate(), Pki.authority("another").certificate()));

            Refused.by(Check.CONTENT, client::rollover);
        }
    }
}
