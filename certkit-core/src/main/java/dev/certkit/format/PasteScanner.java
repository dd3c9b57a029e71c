package dev.certkit.format;

import java.util.Locale;
import java.util.Optional;

/**
 * Walks through a pasted text from one BEGIN or END line to the next, once, whatever was done to its dashes, lines and
 * letters.
 */
final class PasteScanner {
    private static final String BEGIN = "BEGIN ";
    private static final String END = "END ";
    private static final int MAX_LABEL = 64;

    private final String text;
    private int at;

    PasteScanner(String text) {
        this.text = text;
    }

    /** A BEGIN or END line. */
    record Marker(boolean isBegin, String label, Span span) {}

    /** From the first dash to behind the last. */
    record Span(int start, int end) {}

    /** The next marker, or empty at the end of the text. */
    Optional<Marker> next() {
        for (int dashes = text.indexOf("--", at); dashes >= 0; dashes = text.indexOf("--", at)) {
            at = behind('-', dashes);
            Optional<Marker> marker = markerAfter(dashes);
            if (marker.isPresent()) {
                at = marker.get().span.end;
                return marker;
            }
        }
        return Optional.empty();
    }

    private int behind(char repeated, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) == repeated) {
            end++;
        }
        return end;
    }

    private Optional<Marker> markerAfter(int dashes) {
        int word = behind(' ', at);
        if (!isWord(word)) {
            return Optional.empty();
        }
        boolean begin = text.regionMatches(true, word, BEGIN, 0, BEGIN.length());
        int label = word + (begin ? BEGIN : END).length();
        int end = label;
        while (end < text.length() && end - label <= MAX_LABEL && isOfLabel(text.charAt(end))) {
            end++;
        }
        int last = behind('-', end);
        if (last - end < 2) {
            return Optional.empty();
        }
        if (isWord(behind(' ', last))) {
            // END and BEGIN stand on one line and share their dashes.
            last = end + (last - end) / 2;
        }
        String shown = text.substring(label, end).strip().toUpperCase(Locale.ROOT);
        return Optional.of(new Marker(begin, shown, new Span(dashes, last)));
    }

    private boolean isWord(int from) {
        return text.regionMatches(true, from, BEGIN, 0, BEGIN.length())
                || text.regionMatches(true, from, END, 0, END.length());
    }

    private static boolean isOfLabel(char each) {
        return each != '-' && each != '\n' && each != '\r';
    }
}
