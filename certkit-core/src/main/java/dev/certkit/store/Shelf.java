package dev.certkit.store;

import java.util.regex.Pattern;

/**
 * A part of a storage, named by a program: records of one kind stand on one shelf.
 *
 * <p>Immutable. Nothing is done to make a shelf: it is there when its first record is.
 *
 * @param name a lower-case letter, then up to 63 lower-case letters, digits and hyphens
 */
public record Shelf(String name) implements Comparable<Shelf> {
    private static final Pattern GRAMMAR = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if the name is not of the grammar
     */
    public Shelf {
        if (!GRAMMAR.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: \"" + PrintableText.of(name) + "\" does not match " + GRAMMAR.pattern());
        }
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
