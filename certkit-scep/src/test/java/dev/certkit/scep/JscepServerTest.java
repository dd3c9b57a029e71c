package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.Enrolment;
import dev.certkit.issue.FailInfo;
import dev.certkit.scep.JscepAuthority.Word;
import dev.certkit.scep.ScepException.Check;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Our client against jscep's servlet, whose answers are BER, signed with SHA-1 and enveloped in triple DES. */
class JscepServerTest {
    private static final MessageKey CA = Pki.authority("ca");

    private final JscepAuthority authority = new JscepAuthority(CA);
    private final ServletServer server = new ServletServer(authority);
    private final ScepClient strict = ScepClient.at(server.uri())
            .trustingCa(Fingerprint.sha256(CA.certificate()))
            .clock(Clock.fixed(Pki.NOW, ZoneOffset.UTC));
    private final ScepClient client = strict.quirks(PeerQuirks.legacyCiscoIos());

    @AfterEach
    void stop() {
        server.close();
    }

    private CertifiedKey enrolled() throws IOException {
        return ForeignLab.issued(client.enrol(ForeignLab.pending("device")));
    }

    @Test
    void enrols() throws IOException {
        CertifiedKey key = enrolled();

        assertEquals(List.of(key.chain().leaf(), CA.certificate()), key.chain().certificates());
        assertEquals(List.of("GET GetCACaps", "GET GetCACert", "POST PKIOperation"), server.seen());
    }

    @Test
    void byGetWhereItDoesNotAnnouncePost() throws IOException {
        authority.withoutPost();
        enrolled();

        assertEquals("GET PKIOperation", server.seen().get(2));
    }

    @Test
    void itsWeakAnswersAreRefusedWithoutAQuirk() {
        Refused.by(Check.ALGORITHM, () -> strict.enrol(ForeignLab.pending("device")));
    }

    @Test
    void renewsInTheOldForm() throws IOException {
        CertifiedKey current = enrolled();

        ForeignLab.issued(client.renew(current, ForeignLab.pending("next device")));
    }

    @Test
    void pollsUntilItsYes() throws IOException {
        authority.says(Word.LATER);
        Enrolment.Pending waiting =
                assertInstanceOf(Enrolment.Pending.class, client.enrol(ForeignLab.pending("device")));
        assertInstanceOf(Enrolment.Pending.class, client.poll(waiting));
        authority.says(Word.YES);

        ForeignLab.issued(client.poll(waiting));
    }

    @Test
    void isRefusedWithItsReason() throws IOException {
        authority.says(Word.NO);

        Enrolment.Refused refused =
                assertInstanceOf(Enrolment.Refused.class, client.enrol(ForeignLab.pending("device")));
        assertEquals(Optional.of(FailInfo.BAD_REQUEST), refused.failInfo());
    }

    @Test
    void fetchesACertificateAndIsToldOfOneThatIsNotThere() throws IOException {
        CertifiedKey key = enrolled();
        X509Certificate leaf = key.chain().leaf();

        assertEquals(
                Optional.of(leaf),
                client.certificate(key, new SerialNumber(leaf.getSerialNumber()))
                        .found());
        assertEquals(
                4,
                client.certificate(key, new SerialNumber(BigInteger.TWO))
                        .refusal()
                        .orElseThrow()
                        .number());
    }

    @Test
    void fetchesTheRevocationList() throws IOException {
        assertEquals(
                CA.certificate().getSubjectX500Principal(),
                client.revocationList(enrolled()).found().orElseThrow().getIssuerX500Principal());
    }

    @Test
    void itsNextAuthorityIsNotAmongWhatItSignsAndIsRefused() {
        Refused.by(Check.ENCODING, client::rollover);
    }
}
