package dev.certkit.internal.text;

import java.util.function.IntPredicate;

/** Text that a stranger may have chosen, made fit for a message: one line, nothing hidden, cut. */
public final class ForeignText {
    private static final int USUAL = 64;
    private static final int LONG = 256;

    private ForeignText() {}

    /** A name, a label or the like, cut at 64 characters. */
    public static String shown(String text) {
        return shown(text, USUAL, ForeignText::isVisible);
    }

    /** A sentence or the like, cut at 256 characters. */
    public static String shownAtLength(String text) {
        return shown(text, LONG, ForeignText::isVisible);
    }

    /** What a program should have written in ASCII, an address or a header; anything else escaped, cut at 256 characters. */
    public static String shownInAscii(String text) {
        return shown(text, LONG, each -> each >= ' ' && each <= '~');
    }

    private static String shown(String text, int longest, IntPredicate isPlain) {
        if (text.length() <= longest && isPrintableAscii(text)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(longest).forEach(each -> {
            if (isPlain.test(each)) {
                shown.appendCodePoint(each);
            } else {
                appendEscaped(shown, Character.toString(each));
            }
        });
        return text.codePointCount(0, text.length()) > longest ? shown + "..." : shown.toString();
    }

    private static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static void appendEscaped(StringBuilder shown, String units) {
        for (int i = 0; i < units.length(); i++) {
            shown.append(String.format("\\u%04X", (int) units.charAt(i)));
        }
    }

    /** Whether a character is seen as itself: it neither controls, nor breaks, nor turns around a line. */
    public static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
