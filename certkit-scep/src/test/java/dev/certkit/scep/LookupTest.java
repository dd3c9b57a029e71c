package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.FailInfo;
import dev.certkit.scep.ScepException.Check;
import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Old certificates and revocation lists, asked for by SCEP. */
class LookupTest {
    private static final CertifiedKey ASKING = ForeignLab.certified("device");

    private final ForeignLab lab = new ForeignLab();
    private final ScepClient client = lab.client();

    @AfterEach
    void stop() {
        lab.close();
    }

    private void refusing(String failInfo) {
        lab.answering(
                request -> request.answer().status(2).with(AttributeId.FAIL_INFO, new DERPrintableString(failInfo)));
    }

    private IssuerAndSerialNumber asked() {
        return IssuerAndSerialNumber.getInstance(lab.requests.get(0).content());
    }

    @Nested
    class Certificates {
        private final X509Certificate old = Pki.certificate("old").certificateBy(ForeignLab.CA);
        private final SerialNumber serial = new SerialNumber(old.getSerialNumber());

        @Test
        void areAskedForByIssuerAndSerialNumber() throws IOException {
            lab.answering(request -> request.success(old));

            assertEquals(Optional.of(old), client.certificate(ASKING, serial).found());
            assertEquals(21, lab.requests.get(0).type());
            assertEquals(serial.value(), asked().getSerialNumber().getValue());
            assertArrayEquals(
                    ForeignLab.CA.certificate().getSubjectX500Principal().getEncoded(),
                    asked().getName().getEncoded());
            assertEquals(ASKING.chain().leaf(), lab.requests.get(0).signer());
        }

        @Test
        void thatAreNotThereAreARefusal() throws IOException {
            refusing("4");

            ScepLookup<X509Certificate> answer = client.certificate(ASKING, serial);

            assertEquals(Optional.empty(), answer.found());
            assertEquals(
                    Optional.of(FailInfo.BAD_CERT_ID),
                    answer.refusal().orElseThrow().failInfo());
        }

        @Test
        void withAnotherSerialNumberAreRefused() {
            lab.answering(request -> request.success(Pki.certificate("other").certificateBy(ForeignLab.CA)));

            Refused.by(Check.CONTENT, () -> client.certificate(ASKING, serial));
        }

        @Test
        void ofAnotherAuthorityAreRefused() {
            lab.answering(request -> request.success(
                    Pki.certificate("old").serial(old.getSerialNumber()).certificateBy(Pki.authority("rogue"))));

            Refused.by(Check.CERTIFICATE_CHAIN, () -> client.certificate(ASKING, serial));
        }

        @Test
        void cannotBePending() {
            lab.answering(request -> request.answer().status(3));

            Refused.by(Check.STATUS, () -> client.certificate(ASKING, serial));
        }

        @Test
        void cannotBeAskedForWithAnEllipticCurveKey() {
            CertifiedKey ec = ForeignLab.certified(Pki.ec("device"));

            assertThrows(IllegalArgumentException.class, () -> client.certificate(ec, serial));
        }
    }

    @Nested
    class RevocationLists {
        private void sending(byte[]... lists) {
            lab.answering(request -> request.answer()
                    .status(0)
                    .content(ForeignEnvelope.seal(listsOnly(lists), CMSAlgorithm.AES128_CBC, request.signer())));
        }

        private static byte[] list(MessageKey issuer, String name) {
            try {
                X509v2CRLBuilder builder =
                        new X509v2CRLBuilder(new X500Name("CN=" + name + ",O=Test"), Date.from(Pki.NOW));
                builder.addCRLEntry(BigInteger.TEN, Date.from(Pki.NOW), 0);
                return builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(issuer.privateKey()))
                        .getEncoded();
            } catch (IOException | OperatorCreationException e) {
                throw new AssertionError(e);
            }
        }

        private static byte[] listsOnly(byte[]... lists) {
            try {
                CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
                for (byte[] each : lists) {
                    generator.addCRL(new X509CRLHolder(each));
                }
                return generator.generate(new CMSAbsentContent()).getEncoded();
            } catch (IOException | CMSException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void areAskedForByTheOwnCertificate() throws IOException {
            sending(list(ForeignLab.CA, "ca"));

            X509CRL list = client.revocationList(ASKING).found().orElseThrow();

            assertEquals(22, lab.requests.get(0).type());
            assertEquals(
                    ASKING.chain().leaf().getSerialNumber(),
                    asked().getSerialNumber().getValue());
            assertEquals(1, list.getRevokedCertificates().size());
        }

        @Test
        void ofOthersBesideAreLeftOut() throws IOException {
            MessageKey rogue = Pki.authority("rogue");
            sending(list(rogue, "rogue"), list(ForeignLab.CA, "ca"));

            assertEquals(
                    ForeignLab.CA.certificate().getSubjectX500Principal(),
                    client.revocationList(ASKING).found().orElseThrow().getIssuerX500Principal());
        }

        @Test
        void forgedInTheAuthoritysNameAreRefused() {
            sending(list(Pki.authority("rogue"), "ca"));

            Refused.by(Check.REVOCATION_LIST, () -> client.revocationList(ASKING));
        }

        @Test
        void thatAreMissingFromASuccessAreRefused() {
            lab.answering(request -> request.success(ASKING.chain().leaf()));

            Refused.by(Check.REVOCATION_LIST, () -> client.revocationList(ASKING));
        }

        @Test
        void canBeRefused() throws IOException {
            refusing("2");

            assertEquals(
                    2, client.revocationList(ASKING).refusal().orElseThrow().number());
        }
    }
}
