package dev.certkit.format;

import java.util.ArrayList;
import java.util.List;

/** The long runs of base64 in a text that has no PEM blocks. */
final class Base64Groups {
    /** Shorter ones are words; an Ed25519 key has 64 letters. */
    private static final int SHORTEST = 48;

    private final String text;
    private final List<Group> groups = new ArrayList<>();
    private final StringBuilder letters = new StringBuilder();
    private int line;
    private int startLine;
    private int lastLine;

    private Base64Groups(String text) {
        this.text = text;
    }

    /** Letters that stand together, and the lines of the first and the last. */
    record Group(String letters, int line, int lastLine) {
        /** Empty octets where the letters are no base64. */
        byte[] octets() {
            return Base64Text.decoded(letters, 0).orElse(new byte[0]);
        }
    }

    private interface Line {
        /** From the first to behind the last sign that is no blank. */
        void read(int start, int end);
    }

    /** Lines that are base64 and nothing else, each group until another line or one that ends in padding. */
    static List<Group> ofLines(String text) {
        Base64Groups found = new Base64Groups(text);
        found.lines(found::wholeLine);
        return found.groups;
    }

    /** Runs between any other signs, each over the ends of lines, as in XML, JSON and YAML. */
    static List<Group> amongOtherSigns(String text) {
        Base64Groups found = new Base64Groups(text);
        found.lines(found::runs);
        return found.groups;
    }

    private void lines(Line each) {
        for (int start = 0; start <= text.length(); ) {
            int next = text.indexOf('\n', start);
            int end = next < 0 ? text.length() : next;
            line++;
            int first = start;
            while (first < end && text.charAt(first) <= ' ') {
                first++;
            }
            int last = end;
            while (last > first && text.charAt(last - 1) <= ' ') {
                last--;
            }
            each.read(first, last);
            start = end + 1;
        }
        end();
    }

    private void wholeLine(int start, int end) {
        boolean isBase64 = start < end && behindRun(start, end) == end;
        if (isBase64) {
            add(start, end);
        }
        if (!isBase64 || (text.charAt(end - 1) == '=' && letters.length() % 4 == 0)) {
            end();
        }
    }

    private void runs(int start, int end) {
        if (!isContinued(behindRun(start, end), end)) {
            end();
        }
        for (int at = start; at < end; ) {
            int behind = behindRun(at, end);
            add(at, behind);
            if (behind < end) {
                end();
            }
            at = behind + 1;
        }
    }

    /** A line goes on with what stood before, unless its first word is the name of something: {@code type: value}. */
    private boolean isContinued(int behindWord, int end) {
        return behindWord == end || "<\"'\\".indexOf(text.charAt(behindWord)) >= 0;
    }

    private int behindRun(int start, int end) {
        int at = start;
        while (at < end && (Base64Text.isLetter(text.charAt(at)) || text.charAt(at) == '=')) {
            at++;
        }
        return at;
    }

    private void add(int start, int end) {
        if (letters.length() == 0) {
            startLine = line;
        }
        if (end > start) {
            letters.append(text, start, end);
            lastLine = line;
        }
    }

    private void end() {
        if (letters.length() >= SHORTEST) {
            groups.add(new Group(letters.toString(), startLine, lastLine));
        }
        letters.setLength(0);
    }
}
