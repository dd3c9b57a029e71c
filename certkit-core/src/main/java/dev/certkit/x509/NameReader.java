package dev.certkit.x509;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads the attributes of an encoded Name (RFC 5280, 4.1.2.4), the most specific first. */
final class NameReader {
    private NameReader() {}

    static List<List<DistinguishedName.Attribute>> rdns(byte[] name) throws DerException {
        List<List<DistinguishedName.Attribute>> rdns = new ArrayList<>();
        for (DerReader sets = levels(name); sets.hasNext(); ) {
            List<DistinguishedName.Attribute> rdn = new ArrayList<>(1);
            for (DerReader set = sets.next(Tag.SET).children(); set.hasNext(); ) {
                DerReader attribute = set.next(Tag.SEQUENCE).children();
                AttributeType type = AttributeType.read(attribute.next(Tag.OID));
                DerValue value = attribute.next();
                attribute.end();
                rdn.add(new DistinguishedName.Attribute(
                        type, Rfc4514Writer.text(value).orElseGet(() -> Rfc4514Writer.hex(value))));
            }
            rdns.add(List.copyOf(rdn));
        }
        Collections.reverse(rdns);
        return List.copyOf(rdns);
    }

    private static DerReader levels(byte[] name) throws DerException {
        return DerReader.single(name, Tag.SEQUENCE).children();
    }

    /** Those before the place where the name is malformed, if it is. */
    static List<String> values(byte[] name, AttributeType wanted) {
        List<String> values = new ArrayList<>(1);
        try {
            for (DerReader sets = levels(name); sets.hasNext(); ) {
                for (DerReader set = sets.next(Tag.SET).children(); set.hasNext(); ) {
                    DerReader attribute = set.next(Tag.SEQUENCE).children();
                    if (wanted.isNamedBy(attribute.next())) {
                        Rfc4514Writer.text(attribute.next()).ifPresent(values::add);
                    }
                }
            }
        } catch (DerException e) {
            return List.of();
        }
        Collections.reverse(values);
        return values;
    }

    /** The name with one more attribute in its most recent level, which is the first of the encoding. */
    static byte[] joined(byte[] name, AttributeType type, byte[] attribute) {
        try {
            DerReader sets = levels(name);
            if (!sets.hasNext()) {
                throw new IllegalStateException("the name is empty; begin it with another attribute");
            }
            List<byte[]> attributes = new ArrayList<>(List.of(attribute));
            for (DerReader set = sets.next(Tag.SET).children(); set.hasNext(); ) {
                DerValue present = set.next(Tag.SEQUENCE);
                if (type.isNamedBy(present.children().next())) {
                    throw new IllegalArgumentException(
                            "type: " + type + " is there already, and a level of a name has a type once (X.501, 9.3)");
                }
                attributes.add(present.encoded());
            }
            List<byte[]> all = new ArrayList<>(List.of(Der.setOf(attributes)));
            while (sets.hasNext()) {
                all.add(sets.next().encoded());
            }
            return Der.sequence(all);
        } catch (DerException e) {
            throw new IllegalStateException("the name came from a certificate and is malformed; make a new one", e);
        }
    }
}
