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
    private final boolean keepsLines;
    private int line;
    private int startLine;

    private Base64Groups(boolean keepsLines) {
        this.keepsLines = keepsLines;
    }

    /** Letters that stand together, and the line of the first, or 0. */
    record Group(String letters, int line) {
        /** Empty octets where the letters are no base64. */
        byte[] octets() {
            return Base64Text.decode(letters, 0).octets();
        }

        /** Longer than a word, so that it was meant to be something. */
        boolean isLong() {
            return letters.length() >= LONG;
        }

        String place() {
            return line > 0 ? "base64 text, line " + line : "base64 text";
        }
    }

    /** Lines that are base64 and nothing else, each group until another line or one that ends in padding. */
    static List<Group> ofLines(String text, boolean keepsLines) {
        Base64Groups found = new Base64Groups(keepsLines);
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
    static List<Group> amongOtherSigns(String text, boolean keepsLines) {
        Base64Groups found = new Base64Groups(keepsLines);
        for (String each : text.split("\n", -1)) {
            found.line++;
            String packed = each.strip();
            String[] parts = packed.isEmpty() ? new String[0] : OTHER_SIGNS.split(packed, -1);
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

    private void add(String part) {
        if (letters.length() == 0) {
            startLine = line;
        }
        letters.append(part);
    }

    private void end() {
        if (letters.length() > 0) {
            groups.add(new Group(letters.toString(), keepsLines ? startLine : 0));
            letters.setLength(0);
        }
    }
}
