package dev.certkit.format;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The runs of base64 in a text that has no PEM blocks. */
final class Base64Groups {
    private static final Pattern OTHER_SIGNS = Pattern.compile("[^A-Za-z0-9+/=]+");
    private static final int LONG = 48;

    private final List<Group> groups = new ArrayList<>();
    private final StringBuilder letters = new StringBuilder();
    private int line;
    private int startLine;
    private int lastLine;

    private Base64Groups() {}

    /** Letters that stand together, and the lines of the first and the last. */
    record Group(String letters, int line, int lastLine) {
        /** Empty octets where the letters are no base64. */
        byte[] octets() {
            return Base64Text.decode(letters, 0).octets();
        }

        /** Longer than a word, so that it was meant to be something. */
        boolean isLong() {
            return letters.length() >= LONG;
        }
    }

    /** Lines that are base64 and nothing else, each group until another line or one that ends in padding. */
    static List<Group> ofLines(String text) {
        Base64Groups found = new Base64Groups();
        for (String each : text.split("\n", -1)) {
            found.line++;
            String packed = each.strip();
            boolean isBase64 = !packed.isEmpty() && PasteText.isBase64(packed);
            if (isBase64) {
                found.add(packed);
            }
            if (!isBase64 || packed.endsWith("=")) {
                found.end();
            }
        }
        found.end();
        return found.groups;
    }

    /** Runs between any other signs, each over the ends of lines, as in XML, JSON and YAML. */
    static List<Group> amongOtherSigns(String text) {
        Base64Groups found = new Base64Groups();
        for (String each : text.split("\n", -1)) {
            found.line++;
            String packed = each.strip();
            String[] parts = OTHER_SIGNS.split(packed, -1);
            if (!isContinued(packed, parts[0].length())) {
                found.end();
            }
            for (int i = 0; i < parts.length; i++) {
                if (i > 0) {
                    found.end();
                }
                found.add(parts[i]);
            }
        }
        found.end();
        return found.groups;
    }

    /** A line goes on with what stood before, unless its first word is the name of something: {@code type: value}. */
    private static boolean isContinued(String line, int end) {
        return end == line.length() || "<\"'\\".indexOf(line.charAt(end)) >= 0;
    }

    private void add(String part) {
        if (letters.length() == 0) {
            startLine = line;
        }
        if (!part.isEmpty()) {
            letters.append(part);
            lastLine = line;
        }
    }

    private void end() {
        if (letters.length() > 0) {
            groups.add(new Group(letters.toString(), startLine, lastLine));
            letters.setLength(0);
        }
    }
}
