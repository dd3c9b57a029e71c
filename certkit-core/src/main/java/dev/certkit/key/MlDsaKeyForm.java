package dev.certkit.key;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.jcajce.interfaces.MLDSAPrivateKey;

/**
 * The three forms of an ML-DSA private key (RFC 9881, 6): seed, expandedKey, both. Bouncy Castle makes the last and
 * reads all, the JDK reads and writes the second only, OpenSSL writes the first if told to.
 */
final class MlDsaKeyForm {
    private MlDsaKeyForm() {}

    /** A PrivateKeyInfo of any form as expandedKey; where seed and expanded key are there, they are checked. */
    static PKCS8EncodedKeySpec expanded(PKCS8EncodedKeySpec any, Provider bouncyCastle)
            throws GeneralSecurityException, DerException {
        MLDSAPrivateKey key = (MLDSAPrivateKey)
                KeyFactory.getInstance(any.getAlgorithm(), bouncyCastle).generatePrivate(any);
        DerReader info = DerReader.single(any.getEncoded(), Tag.SEQUENCE).children();
        byte[] version = info.next(Tag.INTEGER).encoded();
        byte[] identifier = info.next(Tag.SEQUENCE).encoded();
        byte[] expanded = Der.octetString(Der.octetString(key.getPrivateData()));
        return new PKCS8EncodedKeySpec(Der.sequence(version, identifier, expanded), any.getAlgorithm());
    }
}
