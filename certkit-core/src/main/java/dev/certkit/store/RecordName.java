package dev.certkit.store;

import dev.certkit.internal.text.PrintableText;
import java.util.Objects;

/**
 * The name of one record: a shelf and any text, which is kept exactly as it was given.
 *
 * <p>Two names are the same only if their texts have the same characters: upper and lower case, composed and decomposed
 * accents, trailing blanks all differ. Names are ordered by shelf, then by the text's Unicode code points, which is the
 * order of its UTF-8 bytes.
 *
 * <p>Immutable.
 *
 * @param shelf where the record stands; not null
 * @param text 1 to 1024 {@code char}s without an unpaired surrogate; not null
 */
public record RecordName(Shelf shelf, String text) implements Comparable<RecordName> {
    /** The longest text in {@code char}s. */
    public static final int MAX_LENGTH = 1024;

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException if the text is empty, too long or not well-formed UTF-16
     */
    public RecordName {
        Objects.requireNonNull(shelf, "shelf");
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "text: " + text.length() + " characters, a record's name has 1 to " + MAX_LENGTH);
        }
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new IllegalArgumentException("text: has half of a surrogate pair, which no charset can keep");
        }
    }

    /**
     * Reads the form that {@link #toString()} gives.
     *
     * @param printable shelf, slash, escaped text; not null
     * @return the name that was printed
     * @throws IllegalArgumentException if there is no slash, a wrong escape, or no valid name
     */
    public static RecordName parse(String printable) {
        int slash = printable.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("printable: no slash between shelf and text");
        }
        return Shelf.of(printable.substring(0, slash)).name(PrintableText.parse(printable.substring(slash + 1)));
    }

    /** Compares the shelves, then the texts by Unicode code point. */
    @Override
    public int compareTo(RecordName other) {
        int byShelf = shelf.compareTo(other.shelf);
        return byShelf != 0 ? byShelf : compareCodePoints(text, other.text);
    }

    private static int compareCodePoints(String a, String b) {
        int end = Math.min(a.length(), b.length());
        for (int i = 0; i < end; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return Integer.compare(rank(a.charAt(i)), rank(b.charAt(i)));
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** Code points beyond U+FFFF come last, though their surrogates come before U+E000. */
    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }

    /**
     * The shelf, a slash, and the text with every character escaped that could hide or break a line.
     *
     * <p>Safe to log; {@link #parse(String)} reads it back.
     */
    @Override
    public String toString() {
        return shelf + "/" + PrintableText.of(text);
    }
}
