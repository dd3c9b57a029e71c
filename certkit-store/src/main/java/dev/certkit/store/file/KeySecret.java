package dev.certkit.store.file;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import java.security.MessageDigest;
import java.security.PrivateKey;

/**
 * Tells whether two private keys are one, also where one has its public half beside it and the other has not.
 *
 * <p>Both may, in PKCS#8 of Ed25519 keys (RFC 5958, section 2) and in the structure inside that of EC keys (RFC 5915).
 */
final class KeySecret {
    private static final String EC = "1.2.840.10045.2.1";

    private KeySecret() {}

    static boolean isSame(PrivateKey one, PrivateKey other) {
        return MessageDigest.isEqual(of(one.getEncoded()), of(other.getEncoded()));
    }

    private static byte[] of(byte[] pkcs8) {
        try {
            DerReader fields = DerReader.single(pkcs8, Tag.SEQUENCE).children();
            fields.next(Tag.INTEGER);
            String algorithm =
                    fields.next(Tag.SEQUENCE).children().next(Tag.OID).oid();
            byte[] key = fields.next(Tag.OCTET_STRING).content();
            if (!algorithm.equals(EC)) {
                return key;
            }
            DerReader ec = DerReader.single(key, Tag.SEQUENCE).children();
            ec.next(Tag.INTEGER);
            return ec.next(Tag.OCTET_STRING).content();
        } catch (DerException e) {
            return pkcs8;
        }
    }
}
