package dev.certkit.format;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Undoes what mail programs, editors and configuration files do to a text. */
final class PasteText {
    private PasteText() {}

    /** The text of a file, if it is text: UTF-8, or UTF-16 with or without its mark. */
    static Optional<String> of(byte[] bytes) {
        if (bytes.length >= 2 && (bytes[0] == 0 || bytes[1] == 0) && (bytes[0] | bytes[1]) != 0) {
            return Optional.of(
                    new String(bytes, bytes[0] == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE));
        }
        String text = PemBlock.text(bytes);
        return text.indexOf(0) < 0 || text.toUpperCase(Locale.ROOT).contains("-BEGIN ")
                ? Optional.of(text)
                : Optional.empty();
    }

    /** One kind of dash, one kind of line end, no marks of byte order, and escapes as what they stand for. */
    static String plain(String text) {
        int first = firstToUndo(text);
        if (first == text.length()) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length()).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '\r' && text.startsWith("\n", i + 1)) {
                continue;
            }
            if (each != '\\' || i + 1 == text.length()) {
                append(plain, each);
            } else if ("nrt/".indexOf(text.charAt(i + 1)) >= 0) {
                i++;
                plain.append(text.charAt(i) == '/' ? '/' : '\n');
            } else if (text.startsWith("\\u003d", i)) {
                // Some writers of JSON escape the padding of base64.
                i += 5;
                plain.append('=');
            } else {
                plain.append(each);
            }
        }
        return plain.toString();
    }

    private static int firstToUndo(String text) {
        int at = 0;
        while (at < text.length()) {
            char each = text.charAt(at);
            if (each == '\\' || each == '\r' || each == '\f' || each >= 0x7F) {
                return at;
            }
            at++;
        }
        return at;
    }

    /** Whether lines of the plain text are lines of the text; escapes that stood for line ends make more of them. */
    static boolean keepsLines(String text) {
        return !text.contains("\\n") && !text.contains("\\r");
    }

    private static void append(StringBuilder plain, char each) {
        if (each == '\u2014' || each == '\u2015') {
            plain.append("--");
        } else if ((each >= '\u2010' && each <= '\u2013') || each == '\u2212') {
            plain.append('-');
        } else if (each == '\r' || each == '\u2028' || each == '\u2029' || each == '\f') {
            plain.append('\n');
        } else if (each == '\u00A0') {
            plain.append(' ');
        } else if (each != '\uFEFF' && each != '\u200B' && each != '\u2060') {
            plain.append(each);
        }
    }

    /** A body without the quotes of source code and the marks of quoted mail around its lines. */
    static String unquoted(String body) {
        if (body.indexOf('>') < 0 && body.indexOf('"') < 0 && body.indexOf('\'') < 0 && body.indexOf('\\') < 0) {
            return body;
        }
        StringBuilder lines = new StringBuilder(body.length());
        body.lines().forEach(line -> {
            int start = 0;
            int end = line.length();
            while (start < end && " \t>\"'|".indexOf(line.charAt(start)) >= 0) {
                start++;
            }
            while (end > start && " \t\"',;\\".indexOf(line.charAt(end - 1)) >= 0) {
                end--;
            }
            lines.append(line, start, end).append('\n');
        });
        return lines.toString();
    }

    /** The lines of a body up to the first that is not base64: what is left where an END line was lost. */
    static String base64Prefix(String body) {
        StringBuilder prefix = new StringBuilder();
        for (String line : body.split("\n", -1)) {
            if (!isBase64(line.strip())) {
                break;
            }
            prefix.append(line).append('\n');
        }
        return prefix.toString();
    }

    static boolean isBase64(String packed) {
        for (int i = 0; i < packed.length(); i++) {
            char each = packed.charAt(i);
            if (!Base64Text.isLetter(each) && each != '=') {
                return false;
            }
        }
        return true;
    }
}
