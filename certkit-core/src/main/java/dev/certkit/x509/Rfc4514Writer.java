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
            attributes.add(attribute(AttributeType.read(attribute.next(Tag.OID)), attribute.next()));
        }
        return String.join("+", attributes);
    }

    private static String attribute(AttributeType type, DerValue value) {
        // A value whose type has no keyword is written in hexadecimal (RFC 4514, 2.4).
        Optional<String> text = type.hasKeyword() ? text(value) : Optional.empty();
        return type.keyword() + "=" + text.map(Rfc4514Writer::escape).orElseGet(() -> hex(value));
    }

    static Optional<String> text(DerValue value) {
        try {
            return Optional.of(value.text());
        } catch (DerException e) {
            return Optional.empty();
        }
    }

    static String hex(DerValue value) {
        return "#" + Encoding.hex(value.encoded());
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
