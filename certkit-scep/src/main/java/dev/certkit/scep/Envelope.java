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
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** Writes the pkcsPKIEnvelope (RFC 8894, section 3.2.2): content encrypted to one recipient. */
final class Envelope {
    private Envelope() {}

    /**
     * Encrypts with AES-128-CBC.
     *
     * @param recipient named by issuer and serial number; its key usage is not looked at
     * @return a ContentInfo of definite length
     * @throws IllegalArgumentException if the recipient's key is no RSA key
     */
    static byte[] seal(byte[] content, X509Certificate recipient, CryptoProviders crypto) {
        return seal(content, Recipient.of(recipient), MessageSuite.STANDARD.cipher(), crypto);
    }

    /** The same for any recipient and cipher. */
    static byte[] seal(byte[] content, Recipient recipient, ContentCipher cipher, CryptoProviders crypto) {
        byte[] key = random(cipher.keyBytes(), crypto);
        byte[] iv = random(cipher.blockBytes(), crypto);
        EncryptedContentInfo encrypted = new EncryptedContentInfo(
                CMSObjectIdentifiers.data,
                new AlgorithmIdentifier(Asn1.oid(cipher.oid()), new DEROctetString(iv)),
                new DEROctetString(encrypt(content, initialised(cipher, key, iv, crypto))));
        EnvelopedData enveloped =
                new EnvelopedData(null, new DERSet(recipient.wrap(key, crypto)), encrypted, (ASN1Set) null);
        return Asn1.definite(new ContentInfo(CMSObjectIdentifiers.envelopedData, enveloped));
    }

    private static Cipher initialised(ContentCipher content, byte[] key, byte[] iv, CryptoProviders crypto) {
        try {
            Cipher cipher = crypto.cipher(content.transformation());
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, content.jcaKey()), new IvParameterSpec(iv));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(content.transformation() + " is missing from this Java runtime", e);
        }
    }

    private static byte[] encrypt(byte[] content, Cipher cipher) {
        try {
            return cipher.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the cipher of this Java runtime does not encrypt", e);
        }
    }

    private static byte[] random(int bytes, CryptoProviders crypto) {
        byte[] random = new byte[bytes];
        crypto.random().nextBytes(random);
        return random;
    }
}
