package dev.certkit.x509;

import dev.certkit.internal.der.Der;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads the text form of a name (RFC 4514, 3), most specific first. */
final class Rfc4514Reader {
    private static final String SPECIAL = " \"#+,;<>=\\";
    private static final int END = -1;

    private final String text;
    private int at;

    Rfc4514Reader(String text) {
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
        attributes.add(attribute());
        while (peek() == '+') {
            at++;
            attributes.add(attribute());
        }
        return Der.setOf(attributes);
    }

    private byte[] attribute() {
        int equals = text.indexOf('=', at);
        if (equals < 0) {
            throw bad("an attribute has no '='");
        }
        String type = text.substring(at, equals).strip();
        at = equals + 1;
        skipBlanks();
        if (peek() == '#') {
            at++;
            return Der.sequence(Der.oid(oid(type)), hexValue());
        }
        String value = value();
        if (Der.isOid(type) && AttributeType.ofOid(type).isEmpty()) {
            return AttributeType.encodeUnknown(type, value);
        }
        return AttributeType.ofOid(type)
                .or(() -> AttributeType.ofKeyword(type))
                .orElseThrow(() -> unknown(type))
                .encode(value);
    }

    private String oid(String type) {
        return Der.isOid(type)
                ? type
                : AttributeType.ofKeyword(type).map(AttributeType::oid).orElseThrow(() -> unknown(type));
    }

    private IllegalArgumentException unknown(String type) {
        return bad("the attribute type \"" + Encoding.shown(type) + "\" is unknown; write its object identifier");
    }

    private byte[] hexValue() {
        int start = at;
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

    private String value() {
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
        ByteBuffer octets = ByteBuffer.allocate((text.length() - at) / 3 + 1);
        while (peek() == '\\' && at + 2 < text.length() && isHex(at + 1) && isHex(at + 2)) {
            octets.put((byte) HexFormat.fromHexDigits(text, at + 1, at + 3));
            at += 3;
        }
        if (octets.position() == 0) {
            throw bad("a backslash stands before something that is not escaped");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString();
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
