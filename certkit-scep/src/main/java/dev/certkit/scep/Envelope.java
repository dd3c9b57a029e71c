package dev.certkit.scep;

import dev.certkit.key.CryptoProviders;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientIdentifier;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** Writes the pkcsPKIEnvelope (RFC 8894, section 3.2.2): content encrypted to one RSA certificate with AES-128-CBC. */
final class Envelope {
    private static final ContentCipher CIPHER = ContentCipher.AES_128_CBC;

    private Envelope() {}

    /**
     * Encrypts.
     *
     * @param recipient named by issuer and serial number; its key usage is not looked at
     * @return a ContentInfo of definite length
     * @throws IllegalArgumentException if the recipient's key is no RSA key
     */
    static byte[] seal(byte[] content, X509Certificate recipient, CryptoProviders crypto) {
        byte[] key = random(CIPHER.keyBytes(), crypto);
        byte[] iv = random(CIPHER.blockBytes(), crypto);
        KeyTransRecipientInfo forRecipient = new KeyTransRecipientInfo(
                new RecipientIdentifier(CertificateIds.issuerAndSerial(recipient)),
                Asn1.algorithm(SigningDigest.RSA_ENCRYPTION),
                new DEROctetString(KeyTransport.wrap(key, recipient.getPublicKey(), crypto)));
        EncryptedContentInfo encrypted = new EncryptedContentInfo(
                CMSObjectIdentifiers.data,
                new AlgorithmIdentifier(Asn1.oid(CIPHER.oid()), new DEROctetString(iv)),
                new DEROctetString(
                        encrypt(content, new SecretKeySpec(key, CIPHER.jcaKey()), new IvParameterSpec(iv), crypto)));
        EnvelopedData enveloped =
                new EnvelopedData(null, new DERSet(new RecipientInfo(forRecipient)), encrypted, (ASN1Set) null);
        return Asn1.definite(new ContentInfo(CMSObjectIdentifiers.envelopedData, enveloped));
    }

    private static byte[] encrypt(byte[] content, SecretKeySpec key, IvParameterSpec iv, CryptoProviders crypto) {
        try {
            Cipher cipher = crypto.cipher(CIPHER.transformation());
            cipher.init(Cipher.ENCRYPT_MODE, key, iv);
            return cipher.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(CIPHER.transformation() + " is missing from this Java runtime", e);
        }
    }

    private static byte[] random(int bytes, CryptoProviders crypto) {
        byte[] random = new byte[bytes];
        crypto.random().nextBytes(random);
        return random;
    }
}
