package dev.certkit.store.file;

import java.util.regex.Pattern;

/** The names that may become parts of file names. */
final class EntryName {
    private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    private EntryName() {}

    static boolean isValid(String name) {
        return GRAMMAR.matcher(name).matches();
    }

    /** The name itself, or an IllegalArgumentException that does not repeat it: it may hold anything. */
    static String checked(String name) {
        if (isValid(name)) {
            return name;
        }
        if (name.startsWith("*.") && isValid(name.substring(2))) {
            throw new IllegalArgumentException("name: " + name
                    + " is no file name; give one of your own for the wildcard, for example wildcard"
                    + name.substring(1));
        }
        throw new IllegalArgumentException(
                "name: a file name has 1 to 128 letters, digits, '_', '-' and '.', and begins"
                        + " with a letter, a digit or '_'; choose one, and keep other text in the certificate");
    }
}
