package dev.certkit.key;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * The three forms of an ML-DSA private key (RFC 9881, 6): seed, expandedKey, both. Bouncy Castle writes the last and
 * reads all, the JDK reads and writes the second only, OpenSSL writes the first if told to.
 */
final class MlDsaKeyForm {
    private MlDsaKeyForm() {}

    /** A PrivateKeyInfo of any form as expandedKey; where seed and expanded key are there, they are checked. */
    static byte[] expanded(byte[] pkcs8, String algorithm, Provider bouncyCastle)
            throws GeneralSecurityException, DerException {
        byte[] both = KeyFactory.getInstance(algorithm, bouncyCastle)
                .generatePrivate(new PKCS8EncodedKeySpec(pkcs8))
                .getEncoded();
        DerReader info = DerReader.single(both, Tag.SEQUENCE).children();
        byte[] version = info.next(Tag.INTEGER).encoded();
        byte[] identifier = info.next(Tag.SEQUENCE).encoded();
        byte[] key = info.next(Tag.OCTET_STRING).octets();
        if (key[0] == Tag.SEQUENCE) {
            DerReader parts = DerReader.single(key, Tag.SEQUENCE).children();
            parts.next(Tag.OCTET_STRING);
            key = parts.next(Tag.OCTET_STRING).encoded();
        }
        return Der.sequence(version, identifier, Der.octetString(key));
    }
}
