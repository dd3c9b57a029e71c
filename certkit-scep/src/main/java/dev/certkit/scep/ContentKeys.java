package dev.certkit.scep;

import org.bouncycastle.asn1.cms.EnvelopedData;

/** A way to an envelope's content key. */
@FunctionalInterface
interface ContentKeys {
    /**
     * Takes the content key out of the recipient's part that is ours.
     *
     * @param keyBytes the length of the content key
     * @return always a key of that length, perhaps a wrong one
     */
    byte[] contentKey(EnvelopedData data, int keyBytes) throws ScepException;
}
