package dev.certkit.x509;

import java.text.Normalizer;
import java.util.Locale;

/**
 * What a code point may do in an internationalised label, derived by the rules of RFC 5892, section 2 and 3, from the
 * Unicode tables of the Java that runs: a character that is newer than Java is refused as unassigned.
 */
enum IdnaProperty {
    VALID,
    CONTEXT,
    DISALLOWED,
    UNASSIGNED;

    private static final int FIRST_NOT_ASCII = 0x80;
    private static final int JOINERS = 0x200C;
    /** RFC 5892, 2.6: valid although the rules say otherwise. */
    private static final String VALID_BY_EXCEPTION = "\u00DF\u03C2\u06FD\u06FE\u0F0B\u3007";
    /** RFC 5892, 2.6: valid where appendix A says so. */
    private static final String BY_CONTEXT = "\u00B7\u0375\u05F3\u05F4\u30FB";

    private static final String DISALLOWED_BY_EXCEPTION =
            "\u0640\u07FA\u302E\u302F\u3031\u3032\u3033\u3034\u3035\u303B";
    /** The marks among Default_Ignorable_Code_Point, which Java does not tell (RFC 5892, 2.3). */
    private static final String IGNORABLE_MARKS = "\u034F\u17B4\u17B5\u180B\u180C\u180D\u180F";

    static IdnaProperty of(int codePoint) {
        if (codePoint < FIRST_NOT_ASCII) {
            return isLdh(codePoint) ? VALID : DISALLOWED;
        }
        if (VALID_BY_EXCEPTION.indexOf(codePoint) >= 0) {
            return VALID;
        }
        if (isByContext(codePoint)) {
            return CONTEXT;
        }
        if (Character.getType(codePoint) == Character.UNASSIGNED) {
            return UNASSIGNED;
        }
        boolean disallowed = DISALLOWED_BY_EXCEPTION.indexOf(codePoint) >= 0
                || !isLetterOrDigit(codePoint)
                || isIgnorable(codePoint)
                || isOldHangul(codePoint)
                || !isStable(codePoint);
        return disallowed ? DISALLOWED : VALID;
    }

    private static boolean isLdh(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }

    private static boolean isByContext(int c) {
        return BY_CONTEXT.indexOf(c) >= 0
                || (c | 1) == (JOINERS | 1)
                || isArabicIndicDigit(c)
                || isExtendedArabicIndicDigit(c);
    }

    static boolean isArabicIndicDigit(int c) {
        return c >= 0x0660 && c <= 0x0669;
    }

    static boolean isExtendedArabicIndicDigit(int c) {
        return c >= 0x06F0 && c <= 0x06F9;
    }

    /** RFC 5892, 2.1. */
    private static boolean isLetterOrDigit(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.LOWERCASE_LETTER,
                    Character.UPPERCASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.MODIFIER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    /** RFC 5892, 2.3 and 2.4: variation selectors, marks for symbols and musical notation. */
    private static boolean isIgnorable(int c) {
        return IGNORABLE_MARKS.indexOf(c) >= 0
                || (c >= 0xFE00 && c <= 0xFE0F)
                || (c >= 0xE0100 && c <= 0xE01EF)
                || (c >= 0x20D0 && c <= 0x20FF)
                || (c >= 0x1D100 && c <= 0x1D24F);
    }

    /** RFC 5892, 2.9. */
    private static boolean isOldHangul(int c) {
        return (c >= 0x1100 && c <= 0x11FF) || (c >= 0xA960 && c <= 0xA97F) || (c >= 0xD7B0 && c <= 0xD7FF);
    }

    /** Whether normalizing and folding the case leave it as it is (RFC 5892, 2.2). */
    private static boolean isStable(int codePoint) {
        String text = Character.toString(codePoint);
        String folded = fold(codePoint, Normalizer.normalize(text, Normalizer.Form.NFKC));
        return text.equals(Normalizer.normalize(folded, Normalizer.Form.NFKC));
    }

    /** Full case folding, which Java does not have; the differences to the lower case of the upper case are made good. */
    private static String fold(int codePoint, String text) {
        Character.UnicodeScript script = Character.UnicodeScript.of(codePoint);
        if (codePoint == 0x0131) {
            // The dotless i has the capital of the other i, and folds to itself.
            return text;
        }
        String upper = text.toUpperCase(Locale.ROOT);
        return script == Character.UnicodeScript.CHEROKEE ? upper : upper.toLowerCase(Locale.ROOT);
    }
}
