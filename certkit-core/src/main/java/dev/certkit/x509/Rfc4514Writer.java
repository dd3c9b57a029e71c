package dev.certkit.x509;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Writes a name as text (RFC 4514, 2), safe to print: what a terminal or a log could take for a command is escaped. */
final class Rfc4514Writer {
    private static final String ESCAPED = "\"+,;<>\\";

    private Rfc4514Writer() {}

    static String write(byte[] name) {
        try {
            List<String> rdns = new ArrayList<>();
            for (DerReader sequence = DerReader.single(name, Tag.SEQUENCE).children(); sequence.hasNext(); ) {
                rdns.add(rdn(sequence.next(Tag.SET).children()));
            }
            Collections.reverse(rdns);
            return String.join(",", rdns);
        } catch (DerException e) {
            return "#" + Encoding.hex(name);
        }
    }

    static Optional<String> first(byte[] name, AttributeType wanted) {
        Optional<String> found = Optional.empty();
        try {
            for (DerReader sequence = DerReader.single(name, Tag.SEQUENCE).children(); sequence.hasNext(); ) {
                for (DerReader set = sequence.next(Tag.SET).children(); set.hasNext(); ) {
                    DerReader attribute = set.next(Tag.SEQUENCE).children();
                    if (attribute.next().oid().equals(wanted.oid())) {
                        found = Optional.of(attribute.next().text());
                    }
                }
            }
            return found;
        } catch (DerException e) {
            return Optional.empty();
        }
    }

    static boolean isOneValue(byte[] encoded) {
        try {
            DerReader reader = DerReader.of(encoded);
            reader.next();
            return !reader.hasNext();
        } catch (DerException e) {
            return false;
        }
    }

    private static String rdn(DerReader set) throws DerException {
        List<String> attributes = new ArrayList<>();
        while (set.hasNext()) {
            DerReader attribute = set.next(Tag.SEQUENCE).children();
            String oid = attribute.next().oid();
            attributes.add(attribute(oid, attribute.next()));
        }
        return String.join("+", attributes);
    }

    private static String attribute(String oid, DerValue value) {
        Optional<String> keyword = AttributeType.ofOid(oid).map(AttributeType::keyword);
        try {
            if (keyword.isPresent()) {
                return keyword.get() + "=" + escape(value.text());
            }
        } catch (DerException e) {
            // Not text after all: written as hexadecimal below (RFC 4514, 2.4).
        }
        return keyword.orElse(oid) + "=#" + Encoding.hex(value.encoded());
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        int[] codePoints = text.codePoints().toArray();
        for (int i = 0; i < codePoints.length; i++) {
            int c = codePoints[i];
            boolean edge = (c == ' ' && (i == 0 || i == codePoints.length - 1)) || (c == '#' && i == 0);
            if (edge || ESCAPED.indexOf(c) >= 0) {
                escaped.append('\\').appendCodePoint(c);
            } else if (Encoding.isPlain(c)) {
                escaped.appendCodePoint(c);
            } else {
                appendHexPairs(escaped, c);
            }
        }
        return escaped.toString();
    }

    private static void appendHexPairs(StringBuilder escaped, int codePoint) {
        for (byte octet : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
            escaped.append(String.format("\\%02X", octet));
        }
    }
}
