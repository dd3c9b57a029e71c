package dev.certkit.http;

import dev.certkit.internal.text.ForeignText;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Status line and header fields of an answer (RFC 9112, sections 4 to 6). */
record AnswerHead(int status, Map<String, List<String>> headers) {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[0-9] +([1-9][0-9]{2})( .*)?");
    /** Ten digits are more than any limit of a body allows. */
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,10}");

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    /**
     * Reads the lines up to the empty one, without their ends.
     *
     * @throws ProtocolException if they are none of HTTP/1
     */
    static AnswerHead parse(List<String> lines) throws ProtocolException {
        Matcher matcher = STATUS_LINE.matcher(lines.isEmpty() ? "" : lines.get(0));
        if (!matcher.matches()) {
            throw wrong("the first line is no status line", lines.isEmpty() ? "" : lines.get(0));
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String field : unfolded(lines.subList(1, lines.size()))) {
            int colon = field.indexOf(':');
            if (colon < 0 || !Ascii.isToken(field.substring(0, colon)) || hasControls(field)) {
                throw wrong("a line is no header field", field);
            }
            headers.computeIfAbsent(field.substring(0, colon), name -> new ArrayList<>())
                    .add(field.substring(colon + 1).strip());
        }
        return new AnswerHead(Integer.parseInt(matcher.group(1)), headers);
    }

    /** RFC 9112, section 5.2: a line that begins with a blank goes on with the one before it. */
    private static List<String> unfolded(List<String> lines) {
        List<String> fields = new ArrayList<>();
        for (String line : lines) {
            boolean folded = line.startsWith(" ") || line.startsWith("\t");
            if (folded && !fields.isEmpty()) {
                fields.set(fields.size() - 1, fields.get(fields.size() - 1) + " " + line.strip());
            } else {
                fields.add(line);
            }
        }
        return fields;
    }

    private static boolean hasControls(String field) {
        return field.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7F);
    }

    /**
     * Whether another answer follows (RFC 9110, section 15.2).
     *
     * @throws ProtocolException if the server goes over to a protocol that nobody asked for
     */
    boolean isInterim() throws ProtocolException {
        if (status == SWITCHING_PROTOCOLS) {
            throw wrong("the server changes the protocol unasked", "101");
        }
        return status / 100 == 1;
    }

    boolean isWithoutBody() {
        return status == NO_CONTENT || status == NOT_MODIFIED;
    }

    /** @throws ProtocolException if the body is encoded in a way that nobody asked for */
    boolean isChunked() throws ProtocolException {
        List<String> codings = headers.getOrDefault("transfer-encoding", List.of());
        if (codings.isEmpty()) {
            return false;
        }
        if (codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked")) {
            return true;
        }
        throw wrong("the transfer coding is not chunked", codings.get(0));
    }

    /**
     * Empty if the body ends with the connection.
     *
     * @throws ProtocolException if there is no length, or more than one
     */
    OptionalLong contentLength() throws ProtocolException {
        List<String> lengths = headers.getOrDefault("content-length", List.of()).stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(String::strip)
                .distinct()
                .toList();
        if (lengths.isEmpty()) {
            return OptionalLong.empty();
        }
        if (lengths.size() > 1 || !LENGTH.matcher(lengths.get(0)).matches()) {
            throw wrong("the content length is no number", String.join(", ", lengths));
        }
        return OptionalLong.of(Long.parseLong(lengths.get(0)));
    }

    static ProtocolException wrong(String what, String sent) {
        return new ProtocolException(what + ": \"" + ForeignText.shownAtLength(sent) + "\"");
    }
}
