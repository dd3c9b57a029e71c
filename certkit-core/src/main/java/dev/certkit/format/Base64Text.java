package dev.certkit.format;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Base64 with blanks and line ends in it; padding may be missing, as it is where lines were cut. */
final class Base64Text {
    private Base64Text() {}

    /** What a text stands for from an offset on; empty if it is no base64. */
    static Optional<byte[]> decoded(String text, int start) {
        try {
            return Optional.of(Base64Lines.decode(text.substring(start).getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Where a text is no base64: the first sign that it has not, or the first that fills, or the last. */
    static int badAt(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            char each = text.charAt(i);
            if (!isLetter(each) && !isBlank(each) && each != '=') {
                return i;
            }
        }
        int fill = text.indexOf('=', start);
        return fill >= 0 ? fill : text.length() - 1;
    }

    static boolean isLetter(char each) {
        return (each >= 'A' && each <= 'Z')
                || (each >= 'a' && each <= 'z')
                || (each >= '0' && each <= '9')
                || each == '+'
                || each == '/';
    }

    private static boolean isBlank(char each) {
        return each == '\n' || each == '\r' || each == ' ' || each == '\t';
    }
}
