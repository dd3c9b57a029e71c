package dev.certkit.scep;

import dev.certkit.key.CryptoProviders;
import dev.certkit.scep.ScepException.Check;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.x509.Certificate;

/** The content keys of envelopes that are sealed to one certificate's RSA key. Thread safe. */
final class CertificateKeys implements ContentKeys {
    private final Certificate recipient;
    private final KeyTransport transport;

    /** Opens with an RSA key, else {@link IllegalArgumentException}. */
    CertificateKeys(MessageKey key, CryptoProviders crypto) {
        this.recipient = key.structure();
        this.transport = new KeyTransport(key, crypto);
    }

    @Override
    public byte[] contentKey(EnvelopedData data, int keyBytes) throws ScepException {
        KeyTransRecipientInfo ours = ours(data);
        return transport.unwrap(
                ours.getKeyEncryptionAlgorithm(), ours.getEncryptedKey().getOctets(), keyBytes);
    }

    /** Some clients encrypt to every certificate of the authority. */
    private KeyTransRecipientInfo ours(EnvelopedData data) throws ScepException {
        for (ASN1Encodable each : data.getRecipientInfos()) {
            if (RecipientInfo.getInstance(each).getInfo() instanceof KeyTransRecipientInfo info
                    && CertificateIds.names(info.getRecipientIdentifier().getId(), recipient)) {
                return info;
            }
        }
        throw ScepException.of(
                Check.RECIPIENT,
                "The SCEP envelope is not encrypted to our certificate with serial number "
                        + recipient.getSerialNumber().getValue().toString(16)
                        + "; the peer must encrypt to that certificate's RSA key");
    }
}
