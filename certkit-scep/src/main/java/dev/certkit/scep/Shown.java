package dev.certkit.scep;

/** Text that a stranger may have chosen, made fit for one line of a log or a record: visible characters only, cut. */
final class Shown {
    private static final int LONGEST = 256;

    private Shown() {}

    static String of(Object value) {
        String text = value.toString();
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(point -> append(out, point));
        return text.codePointCount(0, text.length()) > LONGEST
                ? out.append("...").toString()
                : out.toString();
    }

    private static void append(StringBuilder out, int point) {
        switch (Character.getType(point)) {
            // Format characters turn the direction of a line around them; separators break it.
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                Character.toString(point).chars().forEach(unit -> out.append(String.format("\\u%04x", unit)));
            default -> out.appendCodePoint(point);
        }
    }
}
