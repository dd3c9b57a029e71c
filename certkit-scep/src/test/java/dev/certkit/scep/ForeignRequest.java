package dev.certkit.scep;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.KeyTransRecipientId;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * A client's message as a foreign server reads it, with Bouncy Castle's own classes: verified and opened.
 *
 * <p>What is wrong with the message ends the test.
 */
final class ForeignRequest {
    private final X509Certificate signer;
    private final AttributeTable attributes;
    private final byte[] content;
    private final MessageKey authority;

    private Optional<String> password = Optional.empty();

    private ForeignRequest(X509Certificate signer, AttributeTable attributes, byte[] content, MessageKey authority) {
        this.signer = signer;
        this.attributes = attributes;
        this.content = content;
        this.authority = authority;
    }

    /** Reads a message that is enveloped to the recipient; answers will be signed by the authority. */
    static ForeignRequest read(byte[] message, MessageKey recipient, MessageKey authority) {
        try {
            CMSSignedData signed = new CMSSignedData(message);
            SignerInformation info =
                    signed.getSignerInfos().getSigners().iterator().next();
            X509CertificateHolder holder = signed.getCertificates().getMatches(null).stream()
                    .filter(each -> each.getSerialNumber().equals(info.getSID().getSerialNumber()))
                    .findFirst()
                    .orElseThrow();
            X509Certificate signer = new JcaX509CertificateConverter().getCertificate(holder);
            if (!info.verify(new JcaSimpleSignerInfoVerifierBuilder().build(signer.getPublicKey()))) {
                throw new AssertionError("the client's signature is wrong");
            }
            CMSEnvelopedData enveloped =
                    new CMSEnvelopedData((byte[]) signed.getSignedContent().getContent());
            RecipientInformation toUs = enveloped.getRecipientInfos().getRecipients().stream()
                    .filter(each -> ((KeyTransRecipientId) each.getRID())
                            .getSerialNumber()
                            .equals(recipient.certificate().getSerialNumber()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the client encrypted to another certificate"));
            byte[] content = toUs.getContent(
                    new JceKeyTransEnvelopedRecipient(recipient.privateKey()).setProvider(new BouncyCastleProvider()));
            return new ForeignRequest(signer, info.getSignedAttributes(), content, authority);
        } catch (CMSException | OperatorCreationException | GeneralSecurityException e) {
            throw new AssertionError("the client's message cannot be read", e);
        }
    }

    /** The object identifier of the digest that a message was signed with. */
    static String digestOf(byte[] message) {
        try {
            return new CMSSignedData(message)
                    .getSignerInfos()
                    .getSigners()
                    .iterator()
                    .next()
                    .getDigestAlgOID();
        } catch (CMSException e) {
            throw new AssertionError(e);
        }
    }

    X509Certificate signer() {
        return signer;
    }

    byte[] content() {
        return content.clone();
    }

    String transactionId() {
        return ((ASN1PrintableString) value(AttributeId.TRANSACTION_ID)).getString();
    }

    int type() {
        return Integer.parseInt(((ASN1PrintableString) value(AttributeId.MESSAGE_TYPE)).getString());
    }

    byte[] nonce() {
        return ((ASN1OctetString) value(AttributeId.SENDER_NONCE)).getOctets();
    }

    private ASN1Primitive value(AttributeId id) {
        return attributes
                .get(new ASN1ObjectIdentifier(id.oid().getId()))
                .getAttrValues()
                .getObjectAt(0)
                .toASN1Primitive();
    }

    /** Answers are encrypted to this password. */
    ForeignRequest password(String challenge) {
        password = Optional.of(challenge);
        return this;
    }

    /** An honest certificate for the request's key. */
    X509Certificate issued() {
        return issuedBy(authority);
    }

    X509Certificate issuedBy(MessageKey issuer) {
        return draft().certificateBy(issuer);
    }

    /** What an honest certificate would say. */
    Pki.Draft draft() {
        try {
            JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(content);
            return Pki.certificate("x").key(request.getPublicKey()).subject(request.getSubject());
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError("the client's request cannot be read", e);
        }
    }

    /** An answer to this request that lacks only a status and content. */
    Forge answer() {
        return answerBy(authority);
    }

    Forge answerBy(MessageKey key) {
        return Forge.signedBy(key)
                .type(3)
                .transaction(transactionId())
                .with(AttributeId.SENDER_NONCE, new DEROctetString(new byte[16]))
                .with(AttributeId.RECIPIENT_NONCE, new DEROctetString(nonce()));
    }

    /** A successful answer with these certificates, as an honest server would send it. */
    Forge success(X509Certificate... certificates) {
        return answer().status(0).content(envelope(certificates));
    }

    /** Certificates, enveloped to the signer of the request. */
    byte[] envelope(X509Certificate... certificates) {
        return envelope(CMSAlgorithm.AES128_CBC, certificates);
    }

    byte[] envelope(ASN1ObjectIdentifier cipher, X509Certificate... certificates) {
        if (password.isPresent()) {
            return ForeignEnvelope.seal(certsOnly(certificates), password.get().toCharArray());
        }
        return ForeignEnvelope.seal(certsOnly(certificates), cipher, signer);
    }

    static byte[] certsOnly(X509Certificate... certificates) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addCertificates(new JcaCertStore(List.of(certificates)));
            return generator.generate(new CMSAbsentContent()).getEncoded();
        } catch (CMSException | IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
