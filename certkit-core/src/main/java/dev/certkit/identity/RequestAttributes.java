package dev.certkit.identity;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.internal.x509.Extensions;
import dev.certkit.internal.x509.Oids;
import dev.certkit.key.Passphrase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The attributes of a request (RFC 2986, 4.1; RFC 2985, 5.4). */
final class RequestAttributes {
    /** Where older Windows clients put their extensions. */
    private static final String MICROSOFT_EXTENSIONS = "1.3.6.1.4.1.311.2.1.14";

    /** Version, subject and key. */
    private static final int FIELDS_BEFORE_ATTRIBUTES = 3;

    /** In these, devices write octets that the type does not have: UTF-8, or Latin-1. */
    private static final Set<Integer> STRINGS = Set.of(Tag.PRINTABLE_STRING, Tag.IA5_STRING, Tag.UTF8_STRING);

    private final List<DerValue> attributes = new ArrayList<>();

    /** Reads them where they stand in a request; none if the field is missing, which RFC 2986 does not allow. */
    RequestAttributes(byte[] request) throws DerException {
        DerReader info = DerReader.single(request, Tag.SEQUENCE)
                .children()
                .next(Tag.SEQUENCE)
                .children();
        for (int i = 0; i < FIELDS_BEFORE_ATTRIBUTES; i++) {
            info.next();
        }
        Optional<DerValue> field = info.nextIf(Tag.constructed(0));
        info.end();
        if (field.isPresent()) {
            for (DerReader each = field.get().children(); each.hasNext(); ) {
                attributes.add(each.next(Tag.SEQUENCE));
            }
        }
    }

    static byte[] encode(List<byte[]> attributes) {
        byte[] sorted = Der.setOf(attributes);
        // The SET OF has the implicit tag [0], which replaces the first octet.
        sorted[0] = (byte) Tag.constructed(0);
        return sorted;
    }

    static byte[] challengePassword(Passphrase challenge) {
        return challenge.use(chars -> attribute(Oids.CHALLENGE_PASSWORD, directoryString(new String(chars))));
    }

    /** IA5String where that is enough, since many know no other (RFC 2985, 5.4.3). */
    static byte[] unstructuredName(String name) {
        boolean ascii = name.chars().allMatch(c -> c < 0x80);
        return attribute(Oids.UNSTRUCTURED_NAME, ascii ? Der.ia5(name) : Der.utf8(name));
    }

    private static byte[] directoryString(String text) {
        return text.chars().allMatch(Der::isPrintable) ? Der.printable(text) : Der.utf8(text);
    }

    static byte[] extensionRequest(Extensions extensions) {
        return attribute(Oids.EXTENSION_REQUEST, extensions.encoded());
    }

    private static byte[] attribute(String oid, byte[] value) {
        return Der.sequence(Der.oid(oid), Der.set(value));
    }

    /** The values of all attributes of a type. */
    List<DerValue> values(String oid) throws DerException {
        List<DerValue> values = new ArrayList<>();
        for (DerValue attribute : attributes) {
            DerReader fields = attribute.children();
            boolean wanted = fields.next(Tag.OID).oid().equals(oid);
            for (DerReader set = fields.next(Tag.SET).children(); wanted && set.hasNext(); ) {
                values.add(set.next());
            }
            fields.end();
        }
        return values;
    }

    Optional<Passphrase> challengePassword() throws DerException {
        List<DerValue> values = values(Oids.CHALLENGE_PASSWORD);
        if (values.size() > 1) {
            throw new DerException("it has two challenge passwords");
        }
        if (values.isEmpty() && has(Oids.CHALLENGE_PASSWORD)) {
            throw new DerException("it has a challenge password without a value");
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(Passphrase.of(text(values.get(0))));
    }

    private boolean has(String oid) throws DerException {
        for (DerValue attribute : attributes) {
            if (attribute.children().next(Tag.OID).oid().equals(oid)) {
                return true;
            }
        }
        return false;
    }

    static Optional<String> readableText(DerValue value) {
        try {
            return Optional.of(text(value));
        } catch (DerException e) {
            return Optional.empty();
        }
    }

    private static String text(DerValue value) throws DerException {
        try {
            return value.text();
        } catch (DerException e) {
            if (!STRINGS.contains(value.tag())) {
                throw e;
            }
            String utf8 = new String(value.content(), StandardCharsets.UTF_8);
            return utf8.indexOf('\uFFFD') < 0 ? utf8 : new String(value.content(), StandardCharsets.ISO_8859_1);
        }
    }

    /** The DER of the Extensions that are asked for, of all such attributes together. */
    byte[] extensions() throws DerException {
        Map<String, byte[]> asked = new HashMap<>();
        List<byte[]> inOrder = new ArrayList<>();
        for (String oid : List.of(Oids.EXTENSION_REQUEST, MICROSOFT_EXTENSIONS)) {
            List<DerValue> values = values(oid);
            if (values.isEmpty() && has(oid)) {
                throw new DerException("it has an extension request without a value");
            }
            for (DerValue value : values) {
                collect(value, asked, inOrder);
            }
        }
        return Der.sequence(inOrder);
    }

    private static void collect(DerValue extensions, Map<String, byte[]> asked, List<byte[]> inOrder)
            throws DerException {
        for (DerReader each = sequence(extensions); each.hasNext(); ) {
            DerValue extension = each.next(Tag.SEQUENCE);
            String oid = extension.children().next(Tag.OID).oid();
            byte[] encoded = extension.encoded();
            byte[] before = asked.putIfAbsent(oid, encoded);
            if (before == null) {
                inOrder.add(encoded);
            } else if (!Arrays.equals(before, encoded)) {
                throw new DerException("it asks twice for the extension " + oid);
            }
        }
    }

    private static DerReader sequence(DerValue value) throws DerException {
        if (!value.is(Tag.SEQUENCE)) {
            throw new DerException("an extension request has the tag " + value.tag());
        }
        return value.children();
    }
}
