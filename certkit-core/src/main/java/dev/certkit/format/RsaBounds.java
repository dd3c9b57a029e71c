package dev.certkit.format;

import dev.certkit.format.DecodingLimits.Bound;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;

/** Refuses RSA numbers that are so long that using them is an attack, before a provider sees them. */
final class RsaBounds {
    /** 1.2.840.113549.1.1.1. */
    private static final byte[] RSA = {0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 1, 1, 1};
    /** 1.2.840.113549.1.1.10. */
    private static final byte[] RSA_PSS = {0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 1, 1, 10};

    private static final int MAX_EXPONENT_BITS = 33;

    private final Decoding decoding;

    RsaBounds(Decoding decoding) {
        this.decoding = decoding;
    }

    /** A SubjectPublicKeyInfo (RFC 5280, 4.1.2.7). */
    void checkPublic(DerValue spki) throws DerException, MalformedEncodingException {
        DerReader info = spki.children();
        if (isRsa(info.next(Tag.SEQUENCE))) {
            DerReader key =
                    info.next(Tag.BIT_STRING).insideBits().next(Tag.SEQUENCE).children();
            checkLength(key.next(), "modulus");
            checkExponent(key.next());
        }
    }

    /** A PrivateKeyInfo (RFC 5958, 2). */
    void checkPrivate(DerValue pkcs8) throws DerException, MalformedEncodingException {
        DerReader info = pkcs8.children();
        info.next(Tag.INTEGER);
        if (isRsa(info.next(Tag.SEQUENCE))) {
            DerReader key = info.next(Tag.OCTET_STRING)
                    .insideOctets()
                    .next(Tag.SEQUENCE)
                    .children();
            key.next(Tag.INTEGER);
            checkLength(key.next(), "modulus");
            checkExponent(key.next());
            while (key.hasNext(Tag.INTEGER)) {
                checkLength(key.next(), "private number");
            }
        }
    }

    private static boolean isRsa(DerValue algorithm) throws DerException {
        DerValue oid = algorithm.children().next(Tag.OID);
        return oid.hasContent(RSA) || oid.hasContent(RSA_PSS);
    }

    private void checkLength(DerValue number, String what) throws DerException, MalformedEncodingException {
        decoding.limits().check(Bound.RSA_BITS, decoding.what(), number.integerBits(), "bits of an RSA " + what);
    }

    private void checkExponent(DerValue exponent) throws DerException, MalformedEncodingException {
        int bits = exponent.integerBits();
        if (bits > MAX_EXPONENT_BITS) {
            throw decoding.malformed("an RSA exponent of " + bits + " bits; at most " + MAX_EXPONENT_BITS
                    + " are read, make a key with the exponent 65537");
        }
    }
}
