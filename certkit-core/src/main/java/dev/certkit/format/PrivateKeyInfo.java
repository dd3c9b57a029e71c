package dev.certkit.format;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import java.security.PrivateKey;

/** PrivateKeyInfo (RFC 5958, 2, version 1), and the older forms brought into it. */
final class PrivateKeyInfo {
    private static final byte[] RSA = Der.sequence(Der.oid("1.2.840.113549.1.1.1"), Der.nullValue());
    private static final byte[] VERSION_1 = Der.integer(0);

    private PrivateKeyInfo() {}

    /** Without attributes and public key, which OpenSSL 3.0 refuses in Edwards keys. */
    static byte[] of(PrivateKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new IllegalArgumentException("key: this " + key.getAlgorithm()
                    + " key does not leave its token; keep a reference to it instead");
        }
        try {
            DerReader info = DerReader.single(encoded, Tag.SEQUENCE).children();
            info.next(Tag.INTEGER);
            byte[] algorithm = info.next(Tag.SEQUENCE).encoded();
            return Der.sequence(
                    VERSION_1, algorithm, info.next(Tag.OCTET_STRING).encoded());
        } catch (DerException e) {
            throw new IllegalArgumentException("key: its provider does not encode it as PKCS#8", e);
        }
    }

    static byte[] ofPkcs1(byte[] rsaPrivateKey) {
        return Der.sequence(VERSION_1, RSA, Der.octetString(rsaPrivateKey));
    }

    /** An ECPrivateKey (RFC 5915, 3) names its curve inside; PKCS#8 wants it outside. */
    static byte[] ofSec1(DerValue ecPrivateKey) throws DerException {
        DerReader fields = ecPrivateKey.children();
        fields.next(Tag.INTEGER);
        fields.next(Tag.OCTET_STRING);
        if (!fields.hasNext(Tag.constructed(0))) {
            throw new DerException("the EC key does not name its curve");
        }
        byte[] curve = fields.next().content();
        return Der.sequence(
                VERSION_1, Der.sequence(Der.oid("1.2.840.10045.2.1"), curve), Der.octetString(ecPrivateKey.encoded()));
    }
}
