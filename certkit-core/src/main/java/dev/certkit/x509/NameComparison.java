package dev.certkit.x509;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Brings names into a form that is equal for equal names (RFC 5280, 7.1; RFC 4518, 2). */
final class NameComparison {
    // Control characters, which no prepared value has, so that no value can be taken for a structure.
    private static final char LEVEL = '\u0001';
    private static final char ATTRIBUTE = '\u0002';
    private static final char VALUE = '\u0003';
    private static final char OCTETS = '\u0004';

    private NameComparison() {}

    /** A malformed name has the form of its octets. */
    static String form(byte[] name) {
        StringBuilder form = new StringBuilder(name.length);
        try {
            for (DerReader rdns = DerReader.single(name, Tag.SEQUENCE).children(); rdns.hasNext(); ) {
                form.append(LEVEL);
                level(rdns.next(Tag.SET).children()).forEach(form::append);
            }
            return form.toString();
        } catch (DerException e) {
            return OCTETS + Encoding.hex(name);
        }
    }

    private static List<String> level(DerReader set) throws DerException {
        List<String> attributes = new ArrayList<>(1);
        while (set.hasNext()) {
            DerReader attribute = set.next(Tag.SEQUENCE).children();
            String type = Encoding.hex(attribute.next(Tag.OID).content());
            attributes.add(ATTRIBUTE + type + VALUE + value(attribute.next()));
            attribute.end();
        }
        Collections.sort(attributes);
        return attributes;
    }

    private static String value(DerValue value) {
        return Rfc4514Writer.text(value)
                .map(NameComparison::prepared)
                .orElseGet(() -> OCTETS + Encoding.hex(value.encoded()));
    }

    /** Case folded, compatible characters made the same, one blank between words; control characters do not count. */
    private static String prepared(String text) {
        String folded = HostName.isAscii(text) ? text.toLowerCase(Locale.ROOT) : folded(text);
        StringBuilder words = new StringBuilder(folded.length());
        boolean blank = false;
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                blank = words.length() > 0;
            } else if (!Character.isISOControl(c)) {
                words.append(blank ? " " : "").append(c);
                blank = false;
            }
        }
        return words.toString();
    }

    private static String folded(String text) {
        String upper = Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
        return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
    }
}
