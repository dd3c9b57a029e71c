package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;

/** The assertion that no length is indefinite, nor any string in pieces. */
final class Definite {
    private static final int CONSTRUCTED = 0x20;
    private static final int OCTETS_IN_PIECES = 0x24;

    private Definite() {}

    static void assertAllLengthsIn(byte[] encoded) {
        assertDoesNotThrow(() -> walk(DerReader.of(encoded)));
    }

    private static void walk(DerReader reader) throws Exception {
        while (reader.hasNext()) {
            DerValue value = reader.next();
            if (value.tag() == OCTETS_IN_PIECES) {
                throw new AssertionError("an octet string is in pieces");
            }
            if ((value.tag() & CONSTRUCTED) != 0) {
                walk(value.children());
            }
        }
    }
}
