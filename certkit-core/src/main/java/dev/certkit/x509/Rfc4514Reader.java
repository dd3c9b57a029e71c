package dev.certkit.x509;

import dev.certkit.internal.der.Der;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Reads the text form of a name (RFC 4514, 3), most specific first. */
final class Rfc4514Reader {
    private static final String SPECIAL = " \"#+,;<>=\\";
    private static final int END = -1;
    private static final int MAX_LENGTH = 64 << 10;

    private final String text;
    private int at;

    Rfc4514Reader(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "text: " + text.length() + " characters; a name of at most " + MAX_LENGTH + " is read");
        }
        this.text = text;
    }

    /** The DER of each RelativeDistinguishedName, in the order of the text. */
    List<byte[]> rdns() {
        List<byte[]> rdns = new ArrayList<>();
        if (text.isBlank()) {
            return rdns;
        }
        rdns.add(rdn());
        while (at < text.length()) {
            at++;
            rdns.add(rdn());
        }
        return rdns;
    }

    private byte[] rdn() {
        List<byte[]> attributes = new ArrayList<>();
        Set<AttributeType> types = new HashSet<>();
        attribute(types, attributes);
        while (peek() == '+') {
            at++;
            attribute(types, attributes);
        }
        return Der.setOf(attributes);
    }

    private void attribute(Set<AttributeType> types, List<byte[]> attributes) {
        int equals = text.indexOf('=', at);
        if (equals < 0) {
            throw bad("an attribute has no '='");
        }
        AttributeType type = type(text.substring(at, equals).strip());
        if (!types.add(type)) {
            throw bad("the attribute type " + type + " stands twice in a relative name, between plus signs");
        }
        at = equals + 1;
        skipBlanks();
        attributes.add(peek() == '#' ? type.encodeVerbatim(hexValue()) : type.encode(value()));
    }

    private AttributeType type(String keywordOrOid) {
        try {
            return AttributeType.of(keywordOrOid);
        } catch (IllegalArgumentException e) {
            if (text.startsWith("/")) {
                throw bad("it is in the form of a path; write CN=...,O=...");
            }
            throw bad("the attribute type \"" + Encoding.shown(keywordOrOid)
                    + "\" is unknown; write its object identifier");
        }
    }

    private byte[] hexValue() {
        int start = ++at;
        while (peek() != END && peek() != ',' && peek() != '+') {
            at++;
        }
        try {
            byte[] value = HexFormat.of().parseHex(text.substring(start, at).strip());
            if (!Rfc4514Writer.isOneValue(value)) {
                throw bad("a value after '#' is not one DER value");
            }
            return value;
        } catch (IllegalArgumentException e) {
            throw bad("a value after '#' is not the hexadecimal form of one DER value");
        }
    }

    /** Also between quotation marks, as older programs and Java write it (RFC 2253, 4). */
    private String value() {
        return peek() == '"' ? quoted() : plain();
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (peek() != '"') {
            if (peek() == END) {
                throw bad("a quotation mark is not closed");
            }
            if (peek() == '\\') {
                value.append(escaped());
            } else {
                value.append((char) peek());
                at++;
            }
        }
        at++;
        skipBlanks();
        if (peek() != END && peek() != ',' && peek() != '+') {
            throw bad("text follows a value in quotation marks");
        }
        return value.toString();
    }

    private String plain() {
        StringBuilder value = new StringBuilder();
        int keep = 0;
        for (int c = peek(); c != END && c != ',' && c != '+'; c = peek()) {
            if (c == '\\') {
                value.append(escaped());
                keep = value.length();
                continue;
            }
            if ("\";<>".indexOf(c) >= 0) {
                throw bad("the character '" + (char) c + "' must be escaped with a backslash");
            }
            value.append((char) c);
            at++;
            if (c != ' ') {
                keep = value.length();
            }
        }
        value.setLength(keep);
        return value.toString();
    }

    /** One escaped character, or a run of hexadecimal pairs that are UTF-8 together. */
    private String escaped() {
        if (at + 1 < text.length() && SPECIAL.indexOf(text.charAt(at + 1)) >= 0) {
            at += 2;
            return text.substring(at - 1, at);
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        while (peek() == '\\' && at + 2 < text.length() && isHex(at + 1) && isHex(at + 2)) {
            octets.write(HexFormat.fromHexDigits(text, at + 1, at + 3));
            at += 3;
        }
        if (octets.size() == 0) {
            throw bad("a backslash stands before something that is not escaped");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw bad("escaped octets are not UTF-8");
        }
    }

    private boolean isHex(int index) {
        return HexFormat.isHexDigit(text.charAt(index));
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private void skipBlanks() {
        while (peek() == ' ') {
            at++;
        }
    }

    private IllegalArgumentException bad(String why) {
        return new IllegalArgumentException("text: " + why + ", near character " + Math.min(at, text.length())
                + " of \"" + Encoding.shown(text) + "\" (RFC 4514, section 3)");
    }
}
