package dev.certkit.internal.text;

import java.util.stream.Collectors;

/** Text that is safe in a log line, and its way back: what cannot be seen becomes a backslash, u and four digits. */
public final class PrintableText {
    private PrintableText() {}

    public static String of(String text) {
        return text.codePoints().mapToObj(PrintableText::printable).collect(Collectors.joining());
    }

    private static String printable(int codePoint) {
        if (codePoint == '\\') {
            return "\\\\";
        }
        String plain = Character.toString(codePoint);
        return isVisible(codePoint)
                ? plain
                : plain.chars().mapToObj(unit -> String.format("\\u%04x", unit)).collect(Collectors.joining());
    }

    /** Blanks of other widths look like the plain one, or like nothing. */
    private static boolean isVisible(int codePoint) {
        return codePoint == ' '
                || (ForeignText.isVisible(codePoint) && Character.getType(codePoint) != Character.SPACE_SEPARATOR);
    }

    public static String parse(String printable) {
        StringBuilder text = new StringBuilder(printable.length());
        int at = 0;
        while (at < printable.length()) {
            char c = printable.charAt(at);
            if (c != '\\') {
                text.append(c);
                at++;
            } else if (printable.startsWith("\\\\", at)) {
                text.append('\\');
                at += 2;
            } else {
                text.append(unit(printable, at));
                at += 6;
            }
        }
        return text.toString();
    }

    private static char unit(String printable, int at) {
        if (printable.startsWith("\\u", at) && at + 6 <= printable.length()) {
            String digits = printable.substring(at + 2, at + 6);
            if (digits.chars().allMatch(digit -> Character.digit(digit, 16) >= 0 && digit < 128)) {
                return (char) Integer.parseInt(digits, 16);
            }
        }
        throw new IllegalArgumentException(
                "text: a backslash at " + at + " is followed neither by a backslash nor by u and four digits");
    }
}
