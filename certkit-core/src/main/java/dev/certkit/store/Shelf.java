package dev.certkit.store;

import dev.certkit.internal.text.PrintableText;

/**
 * A part of a storage, named by a program: records of one kind stand on one shelf.
 *
 * <p>Immutable. Nothing is done to make a shelf: it is there when its first record is.
 *
 * @param name a lower-case letter, then up to 63 lower-case letters, digits and hyphens
 */
public record Shelf(String name) implements Comparable<Shelf> {
    private static final int LONGEST = 64;

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if the name is not of the grammar
     */
    public Shelf {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "name: \"" + PrintableText.of(name) + "\" does not match [a-z][a-z0-9-]{0,63}");
        }
    }

    /**
     * Tells whether a text can be a shelf's name.
     *
     * @param text not null
     * @return whether it is of the grammar above
     */
    public static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && isLetter(text.charAt(0))
                && text.chars().allMatch(c -> isLetter(c) || (c >= '0' && c <= '9') || c == '-');
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z';
    }

    /**
     * Names a shelf.
     *
     * @param name of the grammar above; not null
     * @return the shelf
     * @throws IllegalArgumentException if the name is not of the grammar
     */
    public static Shelf of(String name) {
        return new Shelf(name);
    }

    /**
     * Names a record on this shelf.
     *
     * @param text any text of 1 to 1024 characters; not null
     * @return the record's name
     * @throws IllegalArgumentException if the text is empty, too long or not well-formed
     */
    public RecordName name(String text) {
        return new RecordName(this, text);
    }

    /** Compares the names. */
    @Override
    public int compareTo(Shelf other) {
        return name.compareTo(other.name);
    }

    /** The name alone. */
    @Override
    public String toString() {
        return name;
    }
}
