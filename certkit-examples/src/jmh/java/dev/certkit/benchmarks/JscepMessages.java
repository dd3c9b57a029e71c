package dev.certkit.benchmarks;

import dev.certkit.identity.CertifiedKey;
import java.security.cert.X509Certificate;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.jscep.message.CertRep;
import org.jscep.message.PkcsPkiEnvelopeDecoder;
import org.jscep.message.PkcsPkiEnvelopeEncoder;
import org.jscep.message.PkcsReq;
import org.jscep.message.PkiMessageDecoder;
import org.jscep.message.PkiMessageEncoder;
import org.jscep.transaction.Nonce;
import org.jscep.transaction.TransactionId;

/** The same message and answer as jscep builds and opens them, told AES-128 and SHA-256. */
final class JscepMessages {
    private final CertifiedKey device;
    private final X509Certificate authority;
    private final PKCS10CertificationRequest request;
    private final byte[] answer;

    JscepMessages(CertifiedKey device, CertifiedKey authority, byte[] request) throws Exception {
        this.device = device;
        this.authority = authority.chain().leaf();
        this.request = new PKCS10CertificationRequest(request);
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addCertificates(
                new JcaCertStore(java.util.List.of(device.chain().leaf())));
        this.answer = new PkiMessageEncoder(
                        authority.privateKey(),
                        this.authority,
                        new PkcsPkiEnvelopeEncoder(device.chain().leaf(), "AES_128"),
                        "SHA256withRSA")
                .encode(new CertRep(
                        TransactionId.createTransactionId(),
                        Nonce.nextNonce(),
                        Nonce.nextNonce(),
                        generator.generate(new CMSAbsentContent())))
                .getEncoded();
    }

    Object buildAndOpen() throws Exception {
        byte[] built = new PkiMessageEncoder(
                        device.privateKey(),
                        device.chain().leaf(),
                        new PkcsPkiEnvelopeEncoder(authority, "AES_128"),
                        "SHA256withRSA")
                .encode(new PkcsReq(TransactionId.createTransactionId(), Nonce.nextNonce(), request))
                .getEncoded();
        Object opened = new PkiMessageDecoder(
                        authority, new PkcsPkiEnvelopeDecoder(device.chain().leaf(), device.privateKey()))
                .decode(new CMSSignedData(answer));
        return new Object[] {built, opened};
    }
}
