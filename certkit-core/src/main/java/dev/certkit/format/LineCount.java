package dev.certkit.format;

/** Tells in which line of a text a place is; to be asked from the front to the back. */
final class LineCount {
    private final String text;
    private final char lineEnd;
    private int counted;
    private int line = 1;

    LineCount(String text) {
        this.text = text;
        // Old Macintosh files end lines with CR only.
        this.lineEnd = text.indexOf('\n') < 0 ? '\r' : '\n';
    }

    /** The line of an offset, from 1; the offset is not before that of the call before. */
    int at(int offset) {
        for (int next = text.indexOf(lineEnd, counted); next >= 0 && next < offset; ) {
            line++;
            counted = next + 1;
            next = text.indexOf(lineEnd, counted);
        }
        return line;
    }
}
