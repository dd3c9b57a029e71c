package dev.certkit.scep;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.operator.OperatorCreationException;

/** Messages as a plain Bouncy Castle client makes them: indefinite lengths, combined signature algorithm names. */
final class OtherCms {
    private OtherCms() {}

    /** A message of any type, signed by the client of this name, with the identifier of its key. */
    static byte[] message(String client, String type, byte[] envelope)
            throws GeneralSecurityException, OperatorCreationException, CMSException, IOException {
        MessageKey key = Pki.client(client);
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(attribute(AttributeId.MESSAGE_TYPE, new DERPrintableString(type)));
        attributes.add(attribute(
                AttributeId.TRANSACTION_ID,
                new DERPrintableString(
                        TransactionId.of(key.certificate().getPublicKey()).text())));
        attributes.add(attribute(AttributeId.SENDER_NONCE, new DEROctetString(new byte[16])));
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSimpleSignerInfoGeneratorBuilder()
                .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes)))
                .build("SHA512withRSA", key.privateKey(), key.certificate()));
        generator.addCertificates(new JcaCertStore(List.of(key.certificate())));
        return generator.generate(new CMSProcessableByteArray(envelope), true).getEncoded();
    }

    private static Attribute attribute(AttributeId id, ASN1Encodable value) {
        return new Attribute(id.oid(), new DERSet(value));
    }

    static byte[] tripleDes(byte[] content) throws GeneralSecurityException, CMSException, IOException {
        return enveloped(
                CMSAlgorithm.DES_EDE3_CBC, content, ResponderLab.ROOT.chain().leaf());
    }

    static byte[] aes256(byte[] content) throws GeneralSecurityException, CMSException, IOException {
        return enveloped(
                CMSAlgorithm.AES256_CBC, content, ResponderLab.ROOT.chain().leaf());
    }

    static byte[] toSeveral(byte[] content, X509Certificate... recipients)
            throws GeneralSecurityException, CMSException, IOException {
        return enveloped(CMSAlgorithm.AES128_CBC, content, recipients);
    }

    private static byte[] enveloped(ASN1ObjectIdentifier cipher, byte[] content, X509Certificate... recipients)
            throws GeneralSecurityException, CMSException, IOException {
        CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
        for (X509Certificate recipient : recipients) {
            generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(recipient));
        }
        return generator
                .generate(new CMSProcessableByteArray(content), new JceCMSContentEncryptorBuilder(cipher).build())
                .getEncoded();
    }
}
