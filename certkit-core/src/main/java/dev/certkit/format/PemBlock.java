package dev.certkit.format;

import dev.certkit.internal.der.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One block of PEM text (RFC 7468): its place among the others, its label, and what it decodes to.
 *
 * <p>Immutable and thread safe; never prints its body, which may be a key.
 */
public final class PemBlock {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final Pattern ALMOST_BEGIN = Pattern.compile("-[ \t]?BEGIN[ \t]", Pattern.CASE_INSENSITIVE);
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final Pattern UNUSUAL = Pattern.compile("[^A-Za-z0-9# _-]");
    private static final int MAX_LABEL = 64;
    private static final int LINE = 64;

    private final int number;
    private final String label;
    private final String body;

    PemBlock(int number, String label, String body) {
        this.number = number;
        this.label = label;
        this.body = body;
    }

    /**
     * The blocks of a text, whatever stands around them.
     *
     * @param text not null
     * @param limits not null
     * @return in the order of the text, perhaps none
     * @throws MalformedEncodingException if a block is not complete, or a limit is exceeded
     */
    public static List<PemBlock> split(String text, DecodingLimits limits) throws MalformedEncodingException {
        limits.checkSize("text", text.length());
        List<PemBlock> blocks = new ArrayList<>();
        int from = 0;
        for (int begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, from)) {
            if (blocks.size() == limits.maxItems()) {
                throw new MalformedEncodingException("text", "more than " + limits.maxItems() + " PEM blocks");
            }
            requireNoneBetween(text, from, begin, blocks.size());
            PemBlock block = at(text, begin, blocks.size() + 1);
            blocks.add(block);
            from = begin + BEGIN.length() + block.length();
        }
        requireNoneBetween(text, from, text.length(), blocks.size());
        return blocks;
    }

    private static PemBlock at(String text, int begin, int number) throws MalformedEncodingException {
        int labelStart = begin + BEGIN.length();
        int labelEnd = text.indexOf(DASHES, labelStart);
        if (labelEnd < 0 || labelEnd - labelStart > MAX_LABEL) {
            throw new MalformedEncodingException(
                    "PEM block " + number, "its BEGIN line does not end in five dashes; copy the text again");
        }
        String label = text.substring(labelStart, labelEnd);
        int bodyStart = labelEnd + DASHES.length();
        int end = text.indexOf(END + label + DASHES, bodyStart);
        int next = text.indexOf(BEGIN, bodyStart);
        if (end < 0 || (next >= 0 && next < end)) {
            throw new MalformedEncodingException(
                    "PEM block " + number + ", " + shown(label), "its END line is missing; copy the whole text");
        }
        return new PemBlock(number, label, text.substring(bodyStart, end));
    }

    /** From the end of the word BEGIN to the end of the END line. */
    private int length() {
        return label.length() + DASHES.length() + body.length() + END.length() + label.length() + DASHES.length();
    }

    /** A block whose BEGIN line is written otherwise must not be lost without a word. */
    private static void requireNoneBetween(String text, int from, int to, int blocks)
            throws MalformedEncodingException {
        if (ALMOST_BEGIN.matcher(text).region(from, to).find()) {
            throw new MalformedEncodingException(
                    blocks == 0 ? "text" : "text after PEM block " + blocks,
                    "a BEGIN line is not written as -----BEGIN LABEL-----; copy the text again");
        }
    }

    /** Whether a file is text: "0" in front of a PEM block is the octet of a SEQUENCE, too. */
    static boolean isText(byte[] bytes) {
        return bytes.length == 0
                || bytes[0] != Tag.SEQUENCE
                || new String(bytes, StandardCharsets.ISO_8859_1).contains(BEGIN);
    }

    /** Text in UTF-8, or in UTF-16 where a byte order mark says so. */
    static String text(byte[] bytes) {
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) {
            return new String(bytes, StandardCharsets.UTF_16BE);
        }
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
            return new String(bytes, StandardCharsets.UTF_16LE);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * The one block of a text that is about something, for example {@code CERTIFICATE REQUEST}.
     *
     * @param text not null
     * @param word part of the label; not null
     * @throws MalformedEncodingException if there is not exactly one
     */
    public static PemBlock single(String text, String word) throws MalformedEncodingException {
        List<PemBlock> found = split(text, DecodingLimits.standard()).stream()
                .filter(block -> block.isAbout(word))
                .toList();
        if (found.size() != 1) {
            throw new MalformedEncodingException(
                    "text", found.size() + " PEM blocks " + word + " in it; give a text with exactly one");
        }
        return found.get(0);
    }

    /**
     * Writes a block in lines of 64 characters.
     *
     * @param label for example {@code CERTIFICATE}; not null
     * @param der what the block holds; not null
     */
    public static String encode(String label, byte[] der) {
        byte[] newLine = {'\n'};
        return BEGIN + label + DASHES + "\n"
                + Base64.getMimeEncoder(LINE, newLine).encodeToString(der)
                + "\n" + END + label + DASHES + "\n";
    }

    boolean isAbout(String... words) {
        String upper = label.toUpperCase(Locale.ROOT);
        for (String word : words) {
            if (upper.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** The label, for example {@code CERTIFICATE}. */
    public String label() {
        return label;
    }

    /** Which block of its text it is and what it says it is, for messages. */
    @Override
    public String toString() {
        return where();
    }

    String where() {
        return "PEM block " + number + ", " + (label.equals(CERTIFICATE) ? label : shown(label));
    }

    private static String shown(String label) {
        return UNUSUAL.matcher(label).replaceAll("?");
    }

    /** The value of a header line (RFC 1421, 4.6), such as old OpenSSL writes above an encrypted key. */
    Optional<String> header(String name) {
        return body.lines()
                .map(String::strip)
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /**
     * The octets that the body stands for; header lines are passed over.
     *
     * @throws MalformedEncodingException if the body is not base64
     */
    public byte[] decoded() throws MalformedEncodingException {
        int start = body.indexOf(':') < 0 ? 0 : afterHeaders();
        byte[] base64 = body.substring(start).getBytes(StandardCharsets.ISO_8859_1);
        try {
            return Base64Lines.decode(base64);
        } catch (IllegalArgumentException e) {
            throw new MalformedEncodingException(where(), "its body is not base64; copy the text again", e);
        }
    }

    /** Behind the last line that has a colon, which base64 has not. */
    private int afterHeaders() {
        int lastHeader = body.lastIndexOf(':');
        int at = lastHeader;
        while (at < body.length() && body.charAt(at) != '\n' && body.charAt(at) != '\r') {
            at++;
        }
        return at;
    }
}
