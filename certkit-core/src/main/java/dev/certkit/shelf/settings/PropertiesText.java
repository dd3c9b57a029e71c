package dev.certkit.shelf.settings;

import dev.certkit.internal.text.PrintableText;
import dev.certkit.shelf.settings.MalformedSettingsException.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Java's properties format, read with line numbers and without its leniency: no doubles, no lines without a separator. */
final class PropertiesText {
    static final int LONGEST = 256 * 1024;

    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private PropertiesText() {}

    record Entry(int line, String value) {}

    /** What was read, and what could not be. */
    record Content(Map<String, Entry> entries, List<Problem> problems) {}

    static Content read(String text) {
        PropertiesText reader = new PropertiesText();
        if (text.length() > LONGEST) {
            reader.problems.add(new Problem(1, "", "the document is longer than " + LONGEST + " characters"));
        } else {
            reader.lines(text.startsWith("\uFEFF") ? text.substring(1) : text);
        }
        return new Content(reader.entries, reader.problems);
    }

    private void lines(String text) {
        StringBuilder logical = new StringBuilder();
        int number = 0;
        int first = 1;
        boolean isContinued = false;
        for (String line : text.lines().toList()) {
            number++;
            String stripped = line.stripLeading();
            if (!isContinued) {
                if (stripped.isEmpty() || stripped.charAt(0) == '#' || stripped.charAt(0) == '!') {
                    continue;
                }
                first = number;
                if (stripped.equals("\\")) {
                    // Readers differ in what the line after it is.
                    problems.add(new Problem(number, "", "there is nothing before the backslash"));
                    continue;
                }
            }
            isContinued = endsWithBackslash(stripped);
            logical.append(isContinued ? stripped.substring(0, stripped.length() - 1) : stripped);
            if (!isContinued) {
                entry(first, logical.toString());
                logical.setLength(0);
            }
        }
        if (isContinued) {
            problems.add(new Problem(first, "", "the document ends where a line should go on"));
        }
    }

    private static boolean endsWithBackslash(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\\') {
            end--;
        }
        return (line.length() - end) % 2 == 1;
    }

    private void entry(int line, String logical) {
        int at = 0;
        while (at < logical.length() && "=: \t\f".indexOf(logical.charAt(at)) < 0) {
            at += logical.charAt(at) == '\\' ? 2 : 1;
        }
        String rest = logical.substring(Math.min(at, logical.length())).stripLeading();
        if (rest.isEmpty() || (rest.charAt(0) != '=' && rest.charAt(0) != ':')) {
            // What stands there may be half of a secret.
            problems.add(new Problem(line, "", "there is no = after the name of the parameter"));
            return;
        }
        try {
            String name = unescaped(logical.substring(0, at));
            if (entries.putIfAbsent(
                            name, new Entry(line, unescaped(rest.substring(1).stripLeading())))
                    != null) {
                problems.add(new Problem(line, PrintableText.of(name), "it stood in an earlier line already"));
            }
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(line, "", "a backslash and u are not followed by four hexadecimal digits"));
        }
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                plain.append(c);
                continue;
            }
            char escape = text.charAt(++i);
            switch (escape) {
                case 't' -> plain.append('\t');
                case 'n' -> plain.append('\n');
                case 'r' -> plain.append('\r');
                case 'f' -> plain.append('\f');
                case 'u' -> {
                    plain.append(unit(text, i + 1));
                    i += 4;
                }
                default -> plain.append(escape);
            }
        }
        return plain.toString();
    }

    private static char unit(String text, int at) {
        if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9A-Fa-f]{4}")) {
            throw new IllegalArgumentException("unit");
        }
        return (char) Integer.parseInt(text.substring(at, at + 4), 16);
    }

    /** One line in ASCII that every reader of properties reads back. */
    static String line(String name, String value) {
        return escaped(name, true) + "=" + escaped(value, false) + "\n";
    }

    private static String escaped(String text, boolean everyBlank) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || c == '=' || c == ':' || c == '#' || c == '!' || (c == ' ' && (everyBlank || i == 0))) {
                line.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                line.append(String.format("\\u%04X", (int) c));
            } else {
                line.append(c);
            }
        }
        return line.toString();
    }
}
