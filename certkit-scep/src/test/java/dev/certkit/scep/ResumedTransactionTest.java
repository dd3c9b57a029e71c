package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.certkit.format.Certificates;
import dev.certkit.format.PrivateKeys;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.Enrolment;
import dev.certkit.scep.ForeignServer.Page;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A device that lost its power goes on from what it wrote down before it touched the network: key, request, identifier. */
@Tag("S15")
class ResumedTransactionTest {
    private final ForeignLab lab = new ForeignLab();

    @AfterEach
    void stop() {
        lab.close();
    }

    /** What a device has in its storage: text only. */
    private record Kept(String key, String request, String transactionId, Optional<String> chain) {
        static Kept of(Enrolment.Pending before, Optional<CertifiedKey> current) {
            return new Kept(
                    PrivateKeys.toUnencryptedPem(before.pendingKey().privateKey()),
                    before.pendingKey().request().toPem(),
                    before.transactionId(),
                    current.map(each -> each.chain().toPem()));
        }

        PendingKey pendingKey() throws IOException {
            return PendingKey.of(PrivateKeys.parse(key), CertificationRequest.parse(request));
        }
    }

    private Enrolment.Pending afterRestart(Kept kept, Optional<CertifiedKey> current) throws IOException {
        return new Enrolment.Pending(kept.pendingKey(), kept.transactionId(), current);
    }

    @Test
    void whatIsKeptIsKnownBeforeTheNetworkIsTouchedAndIsWhatIsSent() throws IOException {
        Enrolment.Pending before = lab.client().transaction(ForeignLab.pending("device"));
        assertEquals(0, lab.server.operations().size());

        lab.client().enrol(ForeignLab.pending("device"));
        assertEquals(before.transactionId(), lab.requests.get(0).transactionId());
    }

    @Test
    void ofARenewalToo() throws IOException {
        CertifiedKey current = ForeignLab.certified("old device");
        Enrolment.Pending before = lab.client().transaction(current, ForeignLab.pending("device"));

        lab.client().renew(current, ForeignLab.pending("device"));

        assertEquals(before.transactionId(), lab.requests.get(0).transactionId());
        assertEquals(Optional.of(current), before.current());
    }

    @Test
    void ofARenewalThatKeepsItsKeyToo() throws IOException {
        CertifiedKey current = ForeignLab.certified("device");
        Enrolment.Pending before = lab.client().transaction(current, ForeignLab.pending("device"));

        lab.client().renew(current, ForeignLab.pending("device"));

        assertEquals(before.transactionId(), lab.requests.get(0).transactionId());
        assertFalse(before.transactionId()
                .equals(lab.client().transaction(ForeignLab.pending("device")).transactionId()));
    }

    @Test
    void theCertificateIsFetchedByPollingWithWhatWasKept() throws IOException {
        Kept kept = Kept.of(lab.client().transaction(ForeignLab.pending("device")), Optional.empty());
        lab.answering(request -> request.answer().status(3));
        lab.client().enrol(ForeignLab.pending("device"));

        lab.answering(request -> request.success(Pki.certificate("device").certificateBy(ForeignLab.CA)));
        Enrolment answer = lab.client().poll(afterRestart(kept, Optional.empty()));

        assertEquals(
                Pki.rsa("device").getPublic(),
                ForeignLab.issued(answer).chain().leaf().getPublicKey());
        assertEquals(20, lab.requests.get(1).type());
        assertEquals(lab.requests.get(0).transactionId(), lab.requests.get(1).transactionId());
    }

    @Test
    void anAnswerToTheSignerOfTheFirstMessageOpensAfterARestart() throws IOException, CertificateEncodingException {
        Kept kept = Kept.of(lab.client().transaction(ForeignLab.pending("device")), Optional.empty());
        lab.answering(request -> request.answer().status(3));
        lab.client().enrol(ForeignLab.pending("device"));
        X509Certificate first = lab.requests.get(0).signer();

        lab.answering(request -> request.answer()
                .status(0)
                .content(ForeignEnvelope.seal(
                        ForeignRequest.certsOnly(Pki.certificate("device").certificateBy(ForeignLab.CA)),
                        org.bouncycastle.cms.CMSAlgorithm.AES128_CBC,
                        first)));

        ForeignLab.issued(lab.client().poll(afterRestart(kept, Optional.empty())));
        assertArrayEquals(first.getEncoded(), lab.requests.get(1).signer().getEncoded());
    }

    @Test
    void theSignerIsMadeOnceForAKeyAndASubjectAndAnewForAnother() throws IOException {
        ScepClient client = lab.client();
        client.enrol(ForeignLab.pending("device"));
        client.enrol(ForeignLab.pending("device"));
        client.enrol(ForeignLab.pending("other device"));
        client.enrol(
                CertificationRequest.forSubject(DistinguishedName.cn("renamed")).signedBy(Pki.rsa("other device")));

        assertEquals(lab.requests.get(0).signer(), lab.requests.get(1).signer());
        assertEquals(
                Pki.rsa("other device").getPublic(),
                lab.requests.get(2).signer().getPublicKey());
        assertEquals(
                DistinguishedName.cn("renamed").toPrincipal(),
                lab.requests.get(3).signer().getSubjectX500Principal());
    }

    @Test
    void theSameRequestAgainIsTheSameTransaction() throws IOException {
        Kept kept = Kept.of(lab.client().transaction(ForeignLab.pending("device")), Optional.empty());
        lab.server.operation(message -> {
            lab.requests.add(ForeignRequest.read(message, ForeignLab.CA, ForeignLab.CA));
            return Page.closed();
        });
        org.junit.jupiter.api.Assertions.assertThrows(
                IOException.class, () -> lab.client().enrol(ForeignLab.pending("device")));

        lab.answering(ForeignLab::success);
        ForeignLab.issued(lab.client().enrol(kept.pendingKey()));

        assertEquals(lab.requests.get(0).transactionId(), lab.requests.get(1).transactionId());
        assertArrayEquals(lab.requests.get(0).content(), lab.requests.get(1).content());
    }

    @Test
    void aWaitingRenewalIsResumedWithTheCurrentKey() throws IOException {
        CertifiedKey current = ForeignLab.certified("old device");
        Kept kept = Kept.of(lab.client().transaction(current, ForeignLab.pending("device")), Optional.of(current));
        lab.answering(request -> request.answer().status(3));
        lab.client().renew(current, ForeignLab.pending("device"));

        CertifiedKey again = CertifiedKey.of(
                Pki.rsa("old device").getPrivate(),
                CertificateChain.of(Certificates.parse(kept.chain().orElseThrow())));
        lab.answering(request -> request.success(Pki.certificate("device").certificateBy(ForeignLab.CA)));

        ForeignLab.issued(lab.client().poll(afterRestart(kept, Optional.of(again))));
    }
}
