package dev.certkit.format;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The certificates and revocation lists that a PKCS#7 SignedData carries (RFC 2315, 9.1); signatures are not looked at. */
record SignedBag(List<DerValue> certificates, List<DerValue> revocationLists) {
    static final String SIGNED_DATA = "1.2.840.113549.1.7.2";

    /** Reads the inside of a ContentInfo. */
    static SignedBag of(DerReader contentInfo, String what) throws DerException, MalformedEncodingException {
        String type = contentInfo.next().oid();
        if (!type.equals(SIGNED_DATA)) {
            throw new MalformedEncodingException(
                    what, "a PKCS#7 of the type " + type + " holds no certificates; export them as .p7b");
        }
        DerReader signedData = contentInfo
                .next(Tag.constructed(0))
                .children()
                .next(Tag.SEQUENCE)
                .children();
        signedData.next(Tag.INTEGER);
        signedData.next(Tag.SET);
        signedData.next(Tag.SEQUENCE);
        List<DerValue> certificates = valuesOf(signedData.nextIf(Tag.constructed(0)));
        return new SignedBag(certificates, valuesOf(signedData.nextIf(Tag.constructed(1))));
    }

    private static List<DerValue> valuesOf(Optional<DerValue> set) throws DerException {
        List<DerValue> values = new ArrayList<>();
        if (set.isPresent()) {
            for (DerReader each = set.get().children(); each.hasNext(); ) {
                values.add(each.next());
            }
        }
        return values;
    }
}
