package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.Enrolment;
import dev.certkit.issue.Enrolment.Issued.Difference;
import dev.certkit.key.Passphrase;
import dev.certkit.scep.ScepException.Check;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server may give other names than it was asked for; the caller is told, or demands his own. */
class IssuedNamesTest {
    private final ForeignLab lab = new ForeignLab();
    private final PendingKey withoutNames = CertificationRequest.forSubject(
                    DistinguishedName.cn("device").o("Test"))
            .challengePassword(Passphrase.of(ForeignLab.CHALLENGE))
            .signedBy(Pki.rsa("device"));

    @AfterEach
    void stop() {
        lab.close();
    }

    private void naming(String subject) {
        lab.answering(request -> request.success(Pki.certificate("x")
                .subject(new X500Name(subject))
                .key(Pki.rsa("device").getPublic())
                .certificateBy(ForeignLab.CA)));
    }

    private static Set<Difference> differences(Enrolment enrolment) {
        return assertInstanceOf(Enrolment.Issued.class, enrolment).differences();
    }

    @Test
    void asAskedForAreNoDifference() throws IOException {
        lab.answering(request -> request.success(request.issuedBy(ForeignLab.CA)));

        assertEquals(Set.of(), differences(lab.client().enrol(withoutNames)));
        assertEquals(Set.of(), differences(lab.client().requiringNamesAsAsked().enrol(withoutNames)));
    }

    @Test
    void ofAnotherSubjectAreTold() throws IOException {
        naming("CN=renamed,O=Test");

        Enrolment enrolment = lab.client().enrol(withoutNames);

        assertEquals(Set.of(Difference.SUBJECT), differences(enrolment));
        assertEquals(
                "renamed",
                ForeignLab.issued(enrolment).chain().subject().commonName().orElseThrow());
    }

    @Test
    void thatAreMissingAreTold() throws IOException {
        lab.answering(request -> request.success(request.issuedBy(ForeignLab.CA)));

        assertEquals(
                Set.of(Difference.ALTERNATIVE_NAMES),
                differences(lab.client().enrol(ForeignLab.pending(Pki.rsa("device")))));
    }

    @Test
    void areRefusedWhereTheCallerDemandsHisOwn() {
        naming("CN=renamed,O=Test");

        ScepException refusal = Refused.by(
                Check.CERTIFICATE_NAMES,
                () -> lab.client().requiringNamesAsAsked().requiringStandard().enrol(withoutNames));

        assertTrue(refusal.getMessage().contains("SUBJECT"), refusal.getMessage());
    }
}
