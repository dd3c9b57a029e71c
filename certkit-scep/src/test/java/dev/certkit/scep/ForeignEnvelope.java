package dev.certkit.scep;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JcePasswordRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputEncryptor;

/** An envelope as other software writes it, and ways to damage one. */
final class ForeignEnvelope {
    private ForeignEnvelope() {}

    /** By Bouncy Castle's own classes, indefinite lengths. */
    static byte[] seal(byte[] content, ASN1ObjectIdentifier cipher, X509Certificate... recipients) {
        try {
            CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
            for (X509Certificate recipient : recipients) {
                generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(recipient));
            }
            OutputEncryptor encryptor = new JceCMSContentEncryptorBuilder(cipher)
                    .setProvider(new BouncyCastleProvider())
                    .build();
            return generator
                    .generate(new CMSProcessableByteArray(content), encryptor)
                    .getEncoded();
        } catch (CMSException | IOException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** To who knows a password, by Bouncy Castle's own classes. */
    static byte[] seal(byte[] content, char[] password) {
        return seal(content, password, 1024);
    }

    static byte[] seal(byte[] content, char[] password, int iterations) {
        try {
            CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
            generator.addRecipientInfoGenerator(new JcePasswordRecipientInfoGenerator(CMSAlgorithm.AES256_CBC, password)
                    .setProvider(new BouncyCastleProvider())
                    .setSaltAndIterationCount(new byte[16], iterations));
            OutputEncryptor encryptor = new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES128_CBC)
                    .setProvider(new BouncyCastleProvider())
                    .build();
            return generator
                    .generate(new CMSProcessableByteArray(content), encryptor)
                    .getEncoded();
        } catch (CMSException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same envelope with another key block for its first recipient. */
    static byte[] withKeyBlock(byte[] envelope, UnaryOperator<byte[]> change) {
        EnvelopedData data =
                EnvelopedData.getInstance(ContentInfo.getInstance(envelope).getContent());
        KeyTransRecipientInfo info = (KeyTransRecipientInfo)
                RecipientInfo.getInstance(data.getRecipientInfos().getObjectAt(0))
                        .getInfo();
        ASN1OctetString block =
                new DEROctetString(change.apply(info.getEncryptedKey().getOctets()));
        RecipientInfo changed = new RecipientInfo(
                new KeyTransRecipientInfo(info.getRecipientIdentifier(), info.getKeyEncryptionAlgorithm(), block));
        return encode(new EnvelopedData(null, new DERSet(changed), data.getEncryptedContentInfo(), (ASN1Set) null));
    }

    /** The same envelope with other encrypted content. */
    static byte[] withContent(byte[] envelope, UnaryOperator<byte[]> change) {
        EnvelopedData data =
                EnvelopedData.getInstance(ContentInfo.getInstance(envelope).getContent());
        EncryptedContentInfo info = data.getEncryptedContentInfo();
        EncryptedContentInfo changed = new EncryptedContentInfo(
                info.getContentType(),
                info.getContentEncryptionAlgorithm(),
                new DEROctetString(change.apply(info.getEncryptedContent().getOctets())));
        return encode(new EnvelopedData(null, data.getRecipientInfos(), changed, (ASN1Set) null));
    }

    private static byte[] encode(EnvelopedData data) {
        try {
            return new ContentInfo(CMSObjectIdentifiers.envelopedData, data).getEncoded(ASN1Encoding.DL);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
