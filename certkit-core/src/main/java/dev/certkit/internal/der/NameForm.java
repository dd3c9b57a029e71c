package dev.certkit.internal.der;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A Name brought into a form that is equal for equal names (RFC 5280, 7.1; RFC 4518, 2), once, to be compared often.
 *
 * <p>The string type, case and repeated blanks do not count; a value that is no text counts by its octets.
 */
public final class NameForm {
    /** Control characters, which no folded text has. */
    private static final char VALUE = '\u0001';

    private static final char ATTRIBUTE = '\u0002';
    private static final char OCTETS = '\u0003';
    /** Normalising takes time that grows with the square of the length; RFC 5280 ends most values at 64 characters. */
    private static final int MAX_NORMALISED = 256;

    private final List<String> levels;
    private final boolean readable;
    private final int hash;

    private NameForm(List<String> levels, boolean readable) {
        this.levels = levels;
        this.readable = readable;
        this.hash = levels.hashCode();
    }

    /** The form of a Name in DER; a malformed one is equal to the same octets only. */
    public static NameForm of(byte[] name) {
        try {
            List<String> levels = new ArrayList<>();
            for (DerReader rdns = DerReader.single(name, Tag.SEQUENCE).children(); rdns.hasNext(); ) {
                levels.add(level(rdns.next(Tag.SET).children()));
            }
            return new NameForm(levels, true);
        } catch (DerException e) {
            return new NameForm(List.of(octets(name)), false);
        }
    }

    /** Whether two encoded Names are of the same holder; equal octets always are. */
    public static boolean same(byte[] one, byte[] other) {
        return Arrays.equals(one, other) || of(one).equals(of(other));
    }

    private static String level(DerReader set) throws DerException {
        List<String> attributes = new ArrayList<>(1);
        while (set.hasNext()) {
            DerReader attribute = set.next(Tag.SEQUENCE).children();
            String type = attribute.next(Tag.OID).oid();
            attributes.add(type + VALUE + value(attribute.next()));
            attribute.end();
        }
        if (attributes.isEmpty()) {
            throw new DerException("a level of a name has no attribute");
        }
        Collections.sort(attributes);
        return String.join(String.valueOf(ATTRIBUTE), attributes);
    }

    private static String value(DerValue value) {
        try {
            String text = value.text();
            boolean ascii = isAscii(text);
            return ascii || text.length() <= MAX_NORMALISED
                    ? words(ascii ? text.toLowerCase(Locale.ROOT) : normalised(text))
                    : octets(value.encoded());
        } catch (DerException e) {
            return octets(value.encoded());
        }
    }

    private static String octets(byte[] encoded) {
        return OCTETS + HexFormat.of().formatHex(encoded);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String normalised(String text) {
        String upper = Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
        return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
    }

    /** One blank between words, none around them; control characters do not count. */
    private static String words(String text) {
        StringBuilder words = new StringBuilder(text.length());
        boolean blank = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                blank = words.length() > 0;
            } else if (!Character.isISOControl(c)) {
                words.append(blank ? " " : "").append(c);
                blank = false;
            }
        }
        return words.toString();
    }

    /** Whether it is a Name at all. */
    public boolean isReadable() {
        return readable;
    }

    /** Whether it has no attributes. */
    public boolean isEmpty() {
        return levels.isEmpty();
    }

    /** Whether it begins with all levels of the base (RFC 5280, 4.2.1.10). */
    public boolean isWithin(NameForm base) {
        return levels.size() >= base.levels.size()
                && levels.subList(0, base.levels.size()).equals(base.levels);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NameForm that && hash == that.hash && levels.equals(that.levels);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
