package dev.certkit.x509;

import java.io.IOException;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The lines of a profile's text by their key; whatever is wrong is said with the number of the line. */
final class ProfileLines {
    private static final int MAX_LENGTH = 16_384;

    private final Map<String, Line> lines;

    private ProfileLines(Map<String, Line> lines) {
        this.lines = lines;
    }

    private record Line(int number, String value) {}

    static ProfileLines of(String text, List<String> keys) throws IOException {
        if (text.length() > MAX_LENGTH) {
            throw new IOException("the profile has " + text.length() + " characters; " + MAX_LENGTH + " are accepted");
        }
        Map<String, Line> lines = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
                put(lines, keys, number, line);
            }
        }
        for (String key : keys) {
            if (!lines.containsKey(key)) {
                throw new IOException("the profile has no line \"" + key + " = ...\"; add it");
            }
        }
        return new ProfileLines(lines);
    }

    private static void put(Map<String, Line> lines, List<String> keys, int number, String line) throws IOException {
        int equals = line.indexOf('=');
        String key = (equals < 0 ? line : line.substring(0, equals)).strip();
        if (equals < 0 || !keys.contains(key)) {
            throw wrong(
                    number,
                    "\"" + Encoding.shown(key) + "\" is no key of a profile; these are: " + String.join(", ", keys));
        }
        if (lines.put(key, new Line(number, line.substring(equals + 1).strip())) != null) {
            throw wrong(number, "the key " + key + " stands there for the second time; remove one of the lines");
        }
    }

    <T> T read(String key, Function<String, T> reader) throws IOException {
        Line line = lines.get(key);
        if (line == null) {
            throw new IllegalStateException("the key " + key + " is not among those that were asked for");
        }
        try {
            return reader.apply(line.value);
        } catch (NumberFormatException e) {
            throw wrong(
                    line.number,
                    key + ": \"" + Encoding.shown(line.value) + "\" has no whole number where one belongs");
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            throw wrong(
                    line.number, key + ": \"" + Encoding.shown(line.value) + "\" is not understood: " + e.getMessage());
        }
    }

    private static IOException wrong(int number, String why) {
        return new IOException("line " + number + " of the profile: " + why);
    }
}
