package dev.certkit.format;

import dev.certkit.format.DecodingLimits.Bound;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;

/** Refuses a certificate whose size, key or names are an attack, before Java's parser sees it. */
final class CertificateBounds {
    /** 2.5.29.17 and 2.5.29.18. */
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = {0x55, 0x1D, 0x11};

    private static final byte[] ISSUER_ALTERNATIVE_NAME = {0x55, 0x1D, 0x12};
    /** Signature algorithm, issuer, validity and subject (RFC 5280, 4.1). */
    private static final int FIELDS_BEFORE_KEY = 4;

    private final Decoding decoding;

    CertificateBounds(Decoding decoding) {
        this.decoding = decoding;
    }

    /** The caller has checked the depth. */
    void check(byte[] der) throws DerException, MalformedEncodingException {
        decoding.limits().check(Bound.CERTIFICATE_BYTES, decoding.what(), der.length, "octets of one certificate");
        DerReader fields = DerReader.of(der)
                .next(Tag.SEQUENCE)
                .children()
                .next(Tag.SEQUENCE)
                .children();
        fields.nextIf(Tag.constructed(0));
        fields.next(Tag.INTEGER);
        for (int i = 0; i < FIELDS_BEFORE_KEY; i++) {
            fields.next(Tag.SEQUENCE);
        }
        new RsaBounds(decoding).checkPublic(fields.next(Tag.SEQUENCE));
        while (fields.hasNext()) {
            DerValue field = fields.next();
            if (field.is(Tag.constructed(3))) {
                checkNames(field.children().next(Tag.SEQUENCE).children());
            }
        }
    }

    private void checkNames(DerReader extensions) throws DerException, MalformedEncodingException {
        while (extensions.hasNext()) {
            DerReader extension = extensions.next(Tag.SEQUENCE).children();
            DerValue oid = extension.next(Tag.OID);
            if (oid.hasContent(SUBJECT_ALTERNATIVE_NAME) || oid.hasContent(ISSUER_ALTERNATIVE_NAME)) {
                extension.nextIf(Tag.BOOLEAN);
                int names = count(extension.next(Tag.OCTET_STRING).insideOctets());
                decoding.limits().check(Bound.NAMES, decoding.what(), names, "alternative names");
            }
        }
    }

    /** How many stand before the end or before damage, which is left to the parser: it keeps the rest of the certificate. */
    private static int count(DerReader generalNames) {
        int names = 0;
        try {
            DerReader each = generalNames.next(Tag.SEQUENCE).children();
            while (each.hasNext()) {
                each.next();
                names++;
            }
        } catch (DerException e) {
            return names;
        }
        return names;
    }
}
