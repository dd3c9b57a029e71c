package dev.certkit.internal.x509;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.x509.DistinguishedName;
import java.util.ArrayList;
import java.util.List;

/** Looks into the attributes of a name, each of them, not only the first of a kind. */
public final class NameAttributes {
    public static final String COMMON_NAME = "2.5.4.3";
    public static final String EMAIL_ADDRESS = "1.2.840.113549.1.9.1";

    private NameAttributes() {}

    /**
     * The texts of all attributes of a kind.
     *
     * @throws DerException if the name is malformed, or one of them is no text
     */
    public static List<String> texts(DistinguishedName name, String oid) throws DerException {
        List<String> texts = new ArrayList<>();
        for (DerReader levels = levels(name); levels.hasNext(); ) {
            for (DerReader level = levels.next(Tag.SET).children(); level.hasNext(); ) {
                DerReader attribute = level.next(Tag.SEQUENCE).children();
                boolean wanted = attribute.next(Tag.OID).oid().equals(oid);
                DerValue value = attribute.next();
                if (wanted) {
                    texts.add(value.text());
                }
            }
        }
        return texts;
    }

    /** The encoded levels, the most general first. */
    static List<byte[]> levelsOf(DistinguishedName name) throws DerException {
        List<byte[]> all = new ArrayList<>();
        for (DerReader levels = levels(name); levels.hasNext(); ) {
            all.add(levels.next(Tag.SET).encoded());
        }
        return all;
    }

    private static DerReader levels(DistinguishedName name) throws DerException {
        return DerReader.single(name.encoded(), Tag.SEQUENCE).children();
    }
}
