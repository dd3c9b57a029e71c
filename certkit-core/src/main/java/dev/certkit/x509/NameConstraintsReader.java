package dev.certkit.x509;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads name constraints (RFC 5280, 4.2.1.10) and writes a subtree for people. */
final class NameConstraintsReader {
    private static final int NUMBER = 0x1F;
    private static final int CLASS = 0xC0;
    private static final int CONTEXT = 0x80;
    private static final int LAST_KIND = 8;
    private static final List<String> KINDS =
            List.of("other", "email", "dns", "x400", "directory", "edi", "uri", "ip", "oid");

    private NameConstraintsReader() {}

    static NameConstraints read(byte[] value) throws DerException {
        DerReader fields = ExtensionReader.sequence(value);
        Optional<DerValue> permitted = fields.nextIf(Tag.constructed(0));
        Optional<DerValue> excluded = fields.nextIf(Tag.constructed(1));
        fields.end();
        if (permitted.isEmpty() && excluded.isEmpty()) {
            throw new DerException("it constrains nothing");
        }
        return new NameConstraints(subtrees(permitted), subtrees(excluded));
    }

    private static List<NameConstraints.Subtree> subtrees(Optional<DerValue> tagged) throws DerException {
        if (tagged.isEmpty()) {
            return List.of();
        }
        List<NameConstraints.Subtree> subtrees = new ArrayList<>();
        for (DerReader each = tagged.get().children(); each.hasNext(); ) {
            subtrees.add(subtree(each.next(Tag.SEQUENCE).children()));
        }
        return ExtensionReader.notEmpty(subtrees);
    }

    private static NameConstraints.Subtree subtree(DerReader fields) throws DerException {
        DerValue base = fields.next();
        int kind = base.tag() & NUMBER;
        if ((base.tag() & CLASS) != CONTEXT || kind > LAST_KIND) {
            throw new DerException("a base has the tag " + base.tag() + ", which no kind of name has");
        }
        Optional<DerValue> minimum = fields.nextIf(Tag.context(0));
        boolean otherMinimum =
                minimum.isPresent() && !Arrays.equals(minimum.get().content(), new byte[1]);
        if (otherMinimum || fields.hasNext()) {
            throw new DerException("a base has a minimum or a maximum, which must not be");
        }
        return new NameConstraints.Subtree(kind, base.content());
    }

    static String text(int kind, byte[] base) {
        return KINDS.get(kind) + ":"
                + switch (kind) {
                    case 1, 2, 6 -> Encoding.shown(new String(base, StandardCharsets.ISO_8859_1));
                    case 4 -> DistinguishedName.verbatim(base).toString();
                    case 7 -> range(base);
                    default -> "#" + Encoding.hex(base);
                };
    }

    private static String range(byte[] base) {
        if (base.length != 8 && base.length != 32) {
            return "#" + Encoding.hex(base);
        }
        int half = base.length / 2;
        byte[] mask = Arrays.copyOfRange(base, half, base.length);
        int prefix = prefixLength(mask);
        return IpLiteral.text(Arrays.copyOf(base, half)) + "/" + (prefix < 0 ? IpLiteral.text(mask) : prefix);
    }

    /** How many bits are set from the left on, or -1 if another one is set behind a hole. */
    private static int prefixLength(byte[] mask) {
        int ones = 0;
        while (ones < mask.length * Byte.SIZE && isSet(mask, ones)) {
            ones++;
        }
        for (int bit = ones; bit < mask.length * Byte.SIZE; bit++) {
            if (isSet(mask, bit)) {
                return -1;
            }
        }
        return ones;
    }

    private static boolean isSet(byte[] mask, int bit) {
        return (mask[bit / Byte.SIZE] & 0x80 >>> bit % Byte.SIZE) != 0;
    }
}
