package dev.certkit.http;

import java.util.Locale;

/** The character classes of RFC 9110, section 5. */
final class Ascii {
    private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

    private Ascii() {}

    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(Ascii::isTokenCharacter);
    }

    static boolean isFieldValue(String text) {
        return text.chars().allMatch(c -> c == '\t' || c >= ' ' && c < 0x7F);
    }

    static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static boolean isTokenCharacter(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || TOKEN_PUNCTUATION.indexOf(c) >= 0;
    }
}
