package dev.certkit.format;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Definite lengths made indefinite and long octet strings cut into pieces, as NSS and old Windows write the outer values. */
final class BerSamples {
    private static final int LONG = 64;

    private BerSamples() {}

    private static void pieces(ByteArrayOutputStream out, byte[] content) {
        out.write(Tag.OCTET_STRING | 0x20);
        out.write(0x80);
        for (int at = 0; at < content.length; at += LONG) {
            out.writeBytes(Der.octetString(Arrays.copyOfRange(content, at, Math.min(at + LONG, content.length))));
        }
        out.write(0);
        out.write(0);
    }

    static byte[] indefinite(byte[] der, int levels) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (DerReader values = DerReader.of(der); values.hasNext(); ) {
                DerValue value = values.next();
                if (levels > 0 && value.is(Tag.OCTET_STRING) && value.contentLength() > LONG) {
                    pieces(out, value.content());
                } else if (levels > 0 && (value.tag() & 0x20) != 0) {
                    out.write(value.tag());
                    out.write(0x80);
                    out.writeBytes(indefinite(value.content(), levels - 1));
                    out.write(0);
                    out.write(0);
                } else {
                    out.writeBytes(value.encoded());
                }
            }
            return out.toByteArray();
        } catch (DerException e) {
            throw new AssertionError(e);
        }
    }
}
