package dev.certkit.store.jdbc;

import dev.certkit.store.RecordName;

/**
 * A name as a column: two bytes for each UTF-16 unit, whose order as bytes is that of the code points.
 *
 * <p>UTF-8 has that order, too, but a name can be 3072 bytes long in it, and an index entry of PostgreSQL at most 2704.
 */
final class NameKey {
    private static final int ABOVE_SURROGATES = 0xE000;
    private static final int SURROGATES_UP = 0x2000;
    private static final int OTHERS_DOWN = 0x800;
    private static final int MAPPED_SURROGATES = 0xF800;

    private NameKey() {}

    static byte[] of(String text) {
        byte[] key = new byte[2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            int rank = rank(text.charAt(i));
            key[2 * i] = (byte) (rank >> 8);
            key[2 * i + 1] = (byte) rank;
        }
        return key;
    }

    private static int rank(char unit) {
        if (Character.isSurrogate(unit)) {
            return unit + SURROGATES_UP;
        }
        return unit >= ABOVE_SURROGATES ? unit - OTHERS_DOWN : unit;
    }

    static String text(byte[] key) {
        StringBuilder text = new StringBuilder(key.length / 2);
        for (int i = 0; i + 1 < key.length; i += 2) {
            text.append(unit((key[i] & 0xFF) << 8 | key[i + 1] & 0xFF));
        }
        return text.toString();
    }

    private static char unit(int rank) {
        if (rank >= MAPPED_SURROGATES) {
            return (char) (rank - SURROGATES_UP);
        }
        return (char) (rank >= Character.MIN_SURROGATE ? rank + OTHERS_DOWN : rank);
    }

    /** The text for people, in characters that every data base's encoding has. */
    static String label(RecordName name) {
        String printable = name.toString();
        StringBuilder label = new StringBuilder();
        for (char c : printable.substring(printable.indexOf('/') + 1).toCharArray()) {
            if (c < 0x7F) {
                label.append(c);
            } else {
                label.append(String.format("\\u%04x", (int) c));
            }
        }
        return label.toString();
    }
}
