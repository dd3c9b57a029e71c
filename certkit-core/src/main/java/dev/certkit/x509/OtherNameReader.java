package dev.certkit.x509;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads an otherName (RFC 5280, 4.2.1.6), and shows people the names that were kept as they came. */
final class OtherNameReader {
    private static final int NUMBER = 0x1F;
    private static final List<String> KINDS = List.of(
            "otherName",
            "rfc822Name",
            "dNSName",
            "x400Address",
            "directoryName",
            "ediPartyName",
            "uniformResourceIdentifier",
            "iPAddress",
            "registeredID");

    private OtherNameReader() {}

    private record Parts(String typeOid, DerValue value) {}

    private static Optional<Parts> parts(byte[] encoded) {
        try {
            DerReader fields = DerReader.single(encoded, Tag.constructed(0)).children();
            String typeOid = fields.next(Tag.OID).oid();
            DerReader inside = fields.next(Tag.constructed(0)).children();
            DerValue value = inside.next();
            inside.end();
            fields.end();
            return Optional.of(new Parts(typeOid, value));
        } catch (DerException e) {
            return Optional.empty();
        }
    }

    static Optional<String> typeOid(byte[] encoded) {
        return parts(encoded).map(Parts::typeOid);
    }

    static Optional<byte[]> value(byte[] encoded) {
        return parts(encoded).map(parts -> parts.value.encoded());
    }

    static Optional<String> text(byte[] encoded) {
        return parts(encoded).flatMap(parts -> Rfc4514Writer.text(parts.value));
    }

    static String shown(byte[] encoded) {
        int kind = encoded[0] & NUMBER;
        return KINDS.get(kind) + ":" + (kind == 0 ? otherName(encoded) : content(encoded));
    }

    private static String otherName(byte[] encoded) {
        return parts(encoded)
                .map(parts -> parts.typeOid + "="
                        + Rfc4514Writer.text(parts.value)
                                .map(Encoding::shown)
                                .orElseGet(() -> Rfc4514Writer.hex(parts.value)))
                .orElseGet(() -> "#" + Encoding.hex(encoded));
    }

    /** Of the kinds that are an IA5String the characters, though they are malformed. */
    private static String content(byte[] encoded) {
        int tag = encoded[0] & 0xFF;
        try {
            byte[] content = DerReader.of(encoded).next().content();
            boolean text = tag == Tag.context(1) || tag == Tag.context(2) || tag == Tag.context(6);
            return text
                    ? Encoding.shown(new String(content, StandardCharsets.ISO_8859_1))
                    : "#" + Encoding.hex(content);
        } catch (DerException e) {
            return "#" + Encoding.hex(encoded);
        }
    }
}
