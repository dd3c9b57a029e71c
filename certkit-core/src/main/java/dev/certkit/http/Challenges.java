package dev.certkit.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads WWW-Authenticate (RFC 9110, section 11.6.1): many challenges in one field, or in many. */
final class Challenges {
    private static final int LONGEST_FIELD = 8192;
    private static final int MOST = 20;

    private final String text;
    private final List<Challenge> found = new ArrayList<>();
    private int at;

    private Challenges(String text) {
        this.text = text;
    }

    /** A scheme in lower case, and its parameters by their names in lower case. */
    record Challenge(String scheme, Map<String, String> parameters) {
        Optional<String> parameter(String name) {
            return Optional.ofNullable(parameters.get(name));
        }
    }

    /** Those that can be read; what follows something unreadable in its field is left out. */
    static List<Challenge> in(List<String> fields) {
        List<Challenge> all = new ArrayList<>();
        for (String field : fields) {
            if (field.length() <= LONGEST_FIELD) {
                Challenges challenges = new Challenges(field);
                challenges.read();
                all.addAll(challenges.found);
            }
        }
        return all.stream().limit(MOST).toList();
    }

    private void read() {
        skipCommas();
        while (at < text.length() && readOne()) {
            skipCommas();
        }
    }

    private boolean readOne() {
        String scheme = token();
        if (scheme.isEmpty() || (at < text.length() && !isBlank(text.charAt(at)) && text.charAt(at) != ',')) {
            return false;
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        boolean isWhole = skipToken68() || readParameters(parameters);
        if (isWhole) {
            found.add(new Challenge(Ascii.lowerCase(scheme), Map.copyOf(parameters)));
        }
        return isWhole;
    }

    /** The other form of a challenge, one word in base64, which no digest has. */
    private boolean skipToken68() {
        int before = at;
        skipBlanks();
        int start = at;
        while (at < text.length() && (Ascii.isToken(text.substring(at, at + 1)) || text.charAt(at) == '/')) {
            at++;
        }
        while (at < text.length() && text.charAt(at) == '=') {
            at++;
        }
        int end = at;
        skipBlanks();
        if (end > start && (at == text.length() || text.charAt(at) == ',') && before < start) {
            return true;
        }
        at = before;
        return false;
    }

    private boolean readParameters(Map<String, String> parameters) {
        while (true) {
            int before = at;
            skipCommas();
            String name = Ascii.lowerCase(token());
            skipBlanks();
            if (name.isEmpty() || at == text.length() || text.charAt(at) != '=') {
                // The next challenge's scheme, or the end.
                at = before;
                return at == text.length() || text.charAt(at) == ',' || isBlank(text.charAt(at));
            }
            at++;
            skipBlanks();
            Optional<String> value = at < text.length() && text.charAt(at) == '"' ? quoted() : Optional.of(token());
            if (value.isEmpty() || parameters.putIfAbsent(name, value.get()) != null) {
                return false;
            }
        }
    }

    private Optional<String> quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return Optional.of(value.toString());
            }
            if (c == '\\' && ++at == text.length()) {
                return Optional.empty();
            }
            value.append(text.charAt(at));
        }
        return Optional.empty();
    }

    private String token() {
        int start = at;
        while (at < text.length() && Ascii.isToken(text.substring(at, at + 1))) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private void skipCommas() {
        while (at < text.length() && (isBlank(text.charAt(at)) || text.charAt(at) == ',')) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
