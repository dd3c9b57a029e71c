package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certkit.key.CryptoProviders;
import dev.certkit.peers.Peer;
import dev.certkit.scep.ScepException.Check;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.BERSet;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertsOnlyTest {
    private static final X509Certificate CA = Pki.authority("ca").certificate();
    private static final X509Certificate LEAF =
            Pki.certificate("leaf").issuedBy(Pki.authority("ca")).certificate();

    private static byte[] list(ASN1Encodable... choices) throws IOException {
        ASN1EncodableVector all = new ASN1EncodableVector();
        all.addAll(choices);
        SignedData data = new SignedData(
                new DERSet(), new ContentInfo(CMSObjectIdentifiers.data, null), new BERSet(all), null, new DERSet());
        return new ContentInfo(CMSObjectIdentifiers.signedData, data).getEncoded(ASN1Encoding.BER);
    }

    @Nested
    class Written {
        @Test
        void trap1TheOrderIsKeptBothWays() throws ScepException {
            assertEquals(List.of(LEAF, CA), CertsOnly.decode(CertsOnly.encode(List.of(LEAF, CA))));
            assertEquals(List.of(CA, LEAF), CertsOnly.decode(CertsOnly.encode(List.of(CA, LEAF))));
        }

        @Test
        void trap1AllLengthsAreDefinite() {
            Definite.assertAllLengthsIn(CertsOnly.encode(List.of(LEAF, CA)));
            Definite.assertAllLengthsIn(CertsOnly.encode(List.of(CA, LEAF)));
        }

        @Test
        void theJdkReadsTheSameCertificates() throws Exception {
            byte[] encoded = CertsOnly.encode(List.of(LEAF, CA));

            assertEquals(
                    List.of(LEAF, CA),
                    List.copyOf(CertificateFactory.getInstance("X.509")
                            .generateCertPath(new ByteArrayInputStream(encoded), "PKCS7")
                            .getCertificates()));
        }

        @Test
        void opensslPrintsTheSameCertificates(@TempDir Path directory) throws IOException {
            Path file = Files.write(directory.resolve("list.p7"), CertsOnly.encode(List.of(LEAF, CA)));
            String printed = Peer.require("openssl")
                    .run(directory, "pkcs7", "-inform", "DER", "-in", file.toString(), "-print_certs", "-noout")
                    .succeeded()
                    .out();

            assertEquals(
                    List.of("subject=CN = leaf, O = Test", "subject=CN = ca, O = Test"),
                    printed.lines().filter(line -> line.startsWith("subject")).toList());
        }
    }

    @Nested
    class Read {
        @Test
        void indefiniteLengths() throws IOException {
            assertEquals(
                    List.of(LEAF, CA),
                    CertsOnly.decode(list(CertificateIds.structure(LEAF), CertificateIds.structure(CA))));
        }

        @Test
        void trap27OtherKindsOfCertificatesAreLeftOut() throws IOException {
            ASN1Encodable attributeCertificate = new DERTaggedObject(false, 2, new DERSequence());

            assertEquals(List.of(LEAF), CertsOnly.decode(list(attributeCertificate, CertificateIds.structure(LEAF))));
        }

        @Test
        void noCertificateAtAll() throws ScepException {
            assertEquals(List.of(), CertsOnly.decode(CertsOnly.encode(List.of())));
        }

        @Test
        void listOrOneIsToldByContent() throws ScepException, CertificateEncodingException {
            assertEquals(List.of(CA), CertsOnly.decodeListOrOne(CA.getEncoded()));
            assertEquals(List.of(LEAF, CA), CertsOnly.decodeListOrOne(CertsOnly.encode(List.of(LEAF, CA))));
        }

        @Test
        void aBareCertificateIsNoList() {
            Refused.by(Check.ENCODING, () -> CertsOnly.decode(CA.getEncoded()));
        }

        @Test
        void somethingElseIsRefused() {
            byte[] envelope = Envelope.seal(new byte[3], CA, CryptoProviders.standard());

            Refused.by(Check.ENCODING, () -> CertsOnly.decode(envelope));
            Refused.by(Check.ENCODING, () -> CertsOnly.decodeListOrOne(new byte[] {0x30, 0}));
            Refused.by(Check.ENCODING, () -> CertsOnly.decodeListOrOne("<html>".getBytes(StandardCharsets.UTF_8)));
        }

        @Test
        void tooManyAreRefused() {
            Refused.by(Check.SIZE, () -> CertsOnly.decode(CertsOnly.encode(Collections.nCopies(33, CA))));
        }
    }
}
