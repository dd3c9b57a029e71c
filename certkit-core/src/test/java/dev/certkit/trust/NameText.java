package dev.certkit.trust;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.x509.DistinguishedName;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Names and bases of constraints written as {@code kind value}, malformed ones too, in DER. */
final class NameText {
    private static final List<String> KINDS = List.of("other", "mail", "dns", "x400", "dir", "edi", "uri", "ip", "id");

    private NameText() {}

    /** The value of an address is {@code 192.0.2.7} or {@code 10.0.0.0/255.0.0.0}, or octets after {@code #}. */
    static byte[] der(String text) {
        String[] parts = text.trim().split(" ", 2);
        int kind = KINDS.indexOf(parts[0]);
        if (kind < 0) {
            throw new IllegalArgumentException(text);
        }
        String value = parts.length < 2 ? "" : parts[1].trim();
        boolean constructed = List.of(0, 3, 4, 5).contains(kind);
        return Der.tagged(constructed ? Tag.constructed(kind) : Tag.context(kind), content(kind, value));
    }

    private static byte[] content(int kind, String value) {
        if (value.startsWith("#")) {
            return HexFormat.of().parseHex(value.substring(1));
        }
        return switch (kind) {
            case 0 -> otherName(value);
            case 4 -> DistinguishedName.parse(value).encoded();
            case 7 -> address(value);
            default -> value.getBytes(StandardCharsets.ISO_8859_1);
        };
    }

    private static byte[] otherName(String value) {
        String[] parts = value.split("=", 2);
        byte[] inside = Der.tagged(Tag.constructed(0), Der.utf8(parts[1]));
        byte[] type = Der.oid(parts[0]);
        byte[] both = new byte[type.length + inside.length];
        System.arraycopy(type, 0, both, 0, type.length);
        System.arraycopy(inside, 0, both, type.length, inside.length);
        return both;
    }

    private static byte[] address(String value) {
        String[] octets = value.split("[./]");
        byte[] address = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            address[i] = (byte) Integer.parseInt(octets[i]);
        }
        return address;
    }

    /** The extension's value from {@code +base} for permitted and {@code -base} for excluded ones. */
    static byte[] constraints(List<String> bases) {
        return Der.sequence(list(bases, "+", 0), list(bases, "-", 1));
    }

    private static byte[] list(List<String> bases, String sign, int tag) {
        List<byte[]> subtrees = bases.stream()
                .filter(base -> base.startsWith(sign))
                .map(base -> Der.sequence(der(base.substring(1))))
                .toList();
        return subtrees.isEmpty() ? new byte[0] : Der.tagged(Tag.constructed(tag), subtrees.toArray(byte[][]::new));
    }
}
