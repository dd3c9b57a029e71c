package dev.certkit.scep;

import dev.certkit.key.CryptoProviders;
import dev.certkit.key.Passphrase;
import dev.certkit.scep.ScepException.Check;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.PasswordRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;

/** The content keys of envelopes that are sealed to a challenge password, for keys that cannot decrypt. */
final class PasswordKeys implements ContentKeys {
    private final Passphrase challenge;
    private final CryptoProviders crypto;

    PasswordKeys(Passphrase challenge, CryptoProviders crypto) {
        this.challenge = challenge;
        this.crypto = crypto;
    }

    @Override
    public byte[] contentKey(EnvelopedData data, int keyBytes) throws ScepException {
        for (ASN1Encodable each : data.getRecipientInfos()) {
            if (RecipientInfo.getInstance(each).getInfo() instanceof PasswordRecipientInfo info) {
                return PasswordKey.unwrap(info, challenge, keyBytes, crypto);
            }
        }
        throw ScepException.of(
                Check.RECIPIENT,
                "The SCEP envelope is not encrypted to the challenge password, and our key cannot decrypt; the peer must"
                        + " use a PasswordRecipientInfo (RFC 8894, section 3.1), or take an RSA key here");
    }
}
