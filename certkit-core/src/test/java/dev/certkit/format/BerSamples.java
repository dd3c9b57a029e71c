package dev.certkit.format;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import java.io.ByteArrayOutputStream;

/** Definite lengths made indefinite, as NSS and old Windows write the outer values. */
final class BerSamples {
    private BerSamples() {}

    static byte[] indefinite(byte[] der, int levels) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (DerReader values = DerReader.of(der); values.hasNext(); ) {
                DerValue value = values.next();
                if (levels > 0 && (value.tag() & 0x20) != 0) {
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
