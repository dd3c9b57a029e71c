package dev.certkit.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Undoes what mail programs, editors and configuration files do to a text, and tells what it is if it has no blocks. */
final class PasteText {
    private static final String BASE64_MARKS = "+/=";
    private static final Map<String, String> FILES = Map.of(
            "PK\3\4", "a ZIP archive; unpack it first",
            "%PDF", "a PDF document; export the certificate itself",
            "\u001F\u008B", "a gzip archive; unpack it first",
            "\u0089PNG", "a picture; copy the text itself",
            "openssh-key-v1", "an OpenSSH key; convert it with: ssh-keygen -p -m PKCS8",
            "SSH-", "an SSH greeting, not a file",
            "\u00CE\u00CE\u00CE\u00CE", "a JCEKS key store; convert it with: keytool -importkeystore");

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
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
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

    /** The octets of a text that is base64 and nothing else. */
    static Optional<byte[]> base64(String text) {
        StringBuilder packed = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each <= ' ') {
                continue;
            }
            if (each >= 0x7F || (!Character.isLetterOrDigit(each) && BASE64_MARKS.indexOf(each) < 0)) {
                return Optional.empty();
            }
            packed.append(each);
        }
        try {
            return Optional.of(Base64.getDecoder().decode(packed.toString()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Lines of base64 that stand together, each group until a line that is something else or ends in padding. */
    static List<String> base64Groups(String text) {
        List<String> groups = new ArrayList<>();
        StringBuilder group = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            String packed = line.strip();
            boolean isBase64 = !packed.isEmpty() && base64Letters(packed) == packed.length();
            group.append(isBase64 ? packed : "");
            if ((!isBase64 || packed.endsWith("=")) && group.length() > 0) {
                groups.add(group.toString());
                group.setLength(0);
            }
        }
        if (group.length() > 0) {
            groups.add(group.toString());
        }
        return groups;
    }

    /** The lines of a body up to the first that is not base64: what is left where an END line was lost. */
    static String base64Prefix(String body) {
        StringBuilder prefix = new StringBuilder();
        for (String line : body.split("\n", -1)) {
            if (!line.isBlank() && base64Letters(line) < line.strip().length()) {
                break;
            }
            prefix.append(line).append('\n');
        }
        return prefix.toString();
    }

    private static int base64Letters(String line) {
        return (int) line.strip()
                .chars()
                .filter(each -> each < 0x7F && (Character.isLetterOrDigit(each) || BASE64_MARKS.indexOf(each) >= 0))
                .count();
    }

    /** What bytes are that hold none of the known forms. */
    static String guess(byte[] bytes) {
        int seen = Math.min(bytes.length, 512);
        String start = new String(bytes, 0, seen, StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            if (start.startsWith(file.getKey())) {
                return file.getValue();
            }
        }
        return guess(start);
    }

    /** What a text is that holds no block. */
    static String guess(String text) {
        String start = text.substring(0, Math.min(text.length(), 512)).strip().toLowerCase(Locale.ROOT);
        if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
            return "an HTML page; open it and download the file that it offers";
        }
        if (start.startsWith("<?xml")) {
            return "an XML document; copy the certificate out of it";
        }
        if (start.startsWith("ssh-") || start.startsWith("ecdsa-sha2-")) {
            return "an SSH public key, which is no certificate";
        }
        return start.isEmpty() ? "nothing but blanks" : "no PEM block and no other form that is known";
    }
}
