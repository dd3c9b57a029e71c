package dev.certkit.scep;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.Passphrase;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientIdentifier;
import org.bouncycastle.asn1.cms.RecipientInfo;

/** To whom an envelope is sealed: the holder of an RSA key, or who knows the challenge password (RFC 8894, 3.1). */
@FunctionalInterface
interface Recipient {
    /** The content key, for nobody else to read. */
    RecipientInfo wrap(byte[] contentKey, CryptoProviders crypto);

    /**
     * Names the certificate by issuer and serial number; its key usage is not looked at.
     *
     * <p>Sealing fails with {@link IllegalArgumentException} if its key is no RSA key.
     */
    static Recipient of(X509Certificate certificate) {
        RecipientIdentifier name = new RecipientIdentifier(CertificateIds.issuerAndSerial(certificate));
        return (contentKey, crypto) -> new RecipientInfo(new KeyTransRecipientInfo(
                name,
                Asn1.algorithm(SigningDigest.RSA_ENCRYPTION),
                new DEROctetString(KeyTransport.wrap(contentKey, certificate.getPublicKey(), crypto))));
    }

    /** The passphrase is read when the envelope is sealed. */
    static Recipient of(Passphrase challenge) {
        return (contentKey, crypto) -> new RecipientInfo(PasswordKey.wrap(contentKey, challenge, crypto));
    }
}
