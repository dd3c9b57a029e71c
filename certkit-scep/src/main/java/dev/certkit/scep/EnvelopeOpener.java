package dev.certkit.scep;

import dev.certkit.key.CryptoProviders;
import dev.certkit.scep.ScepException.Check;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;

/**
 * Opens what is enveloped to one certificate, or to a challenge password.
 *
 * <p>Keep one for as long as the key is used: what it answers to a damaged key block is the same only within one opener.
 * Thread safe.
 */
final class EnvelopeOpener {
    private static final String WHAT = "SCEP envelope";

    private final ContentKeys keys;
    private final AlgorithmFloor floor;
    private final CryptoProviders crypto;

    /** Opens with an RSA key, else {@link IllegalArgumentException}. */
    EnvelopeOpener(MessageKey key, AlgorithmFloor floor, CryptoProviders crypto) {
        this(new CertificateKeys(key, crypto), floor, crypto);
    }

    EnvelopeOpener(ContentKeys keys, AlgorithmFloor floor, CryptoProviders crypto) {
        this.keys = keys;
        this.floor = Objects.requireNonNull(floor, "floor");
        this.crypto = crypto;
    }

    /**
     * Decrypts.
     *
     * <p>Bytes that come back are not authentic: whoever damages an envelope may get here anything, so a responder must
     * answer a content that cannot be read exactly as it answers {@link Check#DECRYPTION}.
     *
     * @throws ScepException {@link Check#ENCODING}, {@link Check#SIZE}, {@link Check#ALGORITHM}, {@link Check#RECIPIENT},
     *     {@link Check#DECRYPTION}, {@link Check#PRIVATE_KEY}
     */
    byte[] open(byte[] enveloped) throws ScepException {
        return Asn1.read(enveloped, WHAT, this::decrypted);
    }

    private byte[] decrypted(ASN1Primitive value) throws ScepException {
        ContentInfo info = ContentInfo.getInstance(value);
        if (!CMSObjectIdentifiers.envelopedData.equals(info.getContentType())) {
            throw ScepException.of(
                    Check.ENCODING, "The " + WHAT + " has the type " + info.getContentType() + ", not EnvelopedData");
        }
        EnvelopedData data = EnvelopedData.getInstance(info.getContent());
        EncryptedContentInfo content = data.getEncryptedContentInfo();
        ContentCipher cipher = floor.cipher(
                content.getContentEncryptionAlgorithm().getAlgorithm().getId());
        byte[] iv = ASN1OctetString.getInstance(
                        content.getContentEncryptionAlgorithm().getParameters())
                .getOctets();
        byte[] encrypted = content.getEncryptedContent().getOctets();
        byte[] key = keys.contentKey(data, cipher.keyBytes());
        return decrypt(cipher, key, new IvParameterSpec(iv), encrypted);
    }

    private byte[] decrypt(ContentCipher cipher, byte[] key, IvParameterSpec iv, byte[] encrypted)
            throws ScepException {
        try {
            Cipher content = crypto.cipher(cipher.transformation());
            content.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, cipher.jcaKey()), iv);
            // Of nothing at all, the JDK makes an empty content without looking for the padding.
            if (encrypted.length > 0) {
                return content.doFinal(encrypted);
            }
        } catch (GeneralSecurityException | ProviderException e) {
            // Said below, without the cause: bad padding, bad length and a bad key block look alike to everybody.
        }
        throw ScepException.of(
                Check.DECRYPTION,
                "The " + WHAT + " cannot be opened; it was damaged, or encrypted to a key that is not the one of the"
                        + " certificate it names");
    }
}
