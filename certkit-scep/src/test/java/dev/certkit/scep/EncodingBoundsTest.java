package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.certkit.key.CryptoProviders;
import dev.certkit.scep.ScepException.Check;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingBoundsTest {
    private static void check(byte[] encoded) throws ScepException {
        EncodingBounds.check(encoded, "test");
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    /** Constructed values of indefinite length in one another, properly ended. */
    private static byte[] indefinite(int depth) {
        return hex("3080".repeat(depth) + "0000".repeat(depth));
    }

    /** Constructed values of definite length in one another. */
    private static byte[] definite(int depth) {
        byte[] inner = new byte[0];
        for (int i = 0; i < depth; i++) {
            byte[] outer = new byte[inner.length + 4];
            outer[0] = 0x30;
            outer[1] = (byte) 0x82;
            outer[2] = (byte) (inner.length >> 8);
            outer[3] = (byte) inner.length;
            System.arraycopy(inner, 0, outer, 4, inner.length);
            inner = outer;
        }
        return inner;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0500",
                "3000",
                "3080 0000",
                "3006 020101 020102",
                "3080 020101 020102 0000",
                "3007 3080 020101 0000",
                "3080 3080 0000 3000 0000",
                "2480 0401AA 0401BB 0000",
                "04820001 AA",
                "9F8101 01 AA",
                "BF8101 80 0500 0000"
            })
    void wellFormedIsAccepted(String encoded) {
        assertDoesNotThrow(() -> check(hex(encoded)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "3001",
                "3005 020101",
                "3003 0202 01",
                "3004 3080 0500",
                "3080",
                "3080 0500",
                "3080 0001",
                "0480 0000",
                "0500 00",
                "0500 0500",
                "0485 0000000001 AA",
                "04FF 01",
                "0484 FFFFFFFF",
                "0484 7FFFFFFF",
                "3084 7FFFFFFF",
                "9F80808080 8001 00",
                "1F"
            })
    void malformedIsRefused(String encoded) {
        Refused.by(Check.ENCODING, () -> check(hex(encoded)));
    }

    @Nested
    class Depth {
        @Test
        void upToTheLimitIsAccepted() {
            assertDoesNotThrow(() -> check(indefinite(EncodingBounds.MAX_DEPTH)));
            assertDoesNotThrow(() -> check(definite(EncodingBounds.MAX_DEPTH)));
        }

        @Test
        void beyondTheLimitIsRefused() {
            Refused.by(Check.ENCODING, () -> check(indefinite(EncodingBounds.MAX_DEPTH + 1)));
            Refused.by(Check.ENCODING, () -> check(definite(EncodingBounds.MAX_DEPTH + 1)));
        }

        @Test
        void twoHundredKilobytesOfNestingOverflowNoStack() {
            byte[] nested = hex("3080".repeat(100 * 1024));
            PkiMessageReader reader = new PkiMessageReader(AlgorithmFloor.standard(), CryptoProviders.standard());

            Refused.by(Check.ENCODING, () -> reader.read(nested));
            Refused.by(Check.ENCODING, () -> CertsOnly.decode(nested));
            Refused.by(Check.ENCODING, () -> IssuerAndSubject.decode(nested));
        }
    }

    @Nested
    class Size {
        @Test
        void upToTheLimitIsAccepted() {
            assertDoesNotThrow(() -> check(octets(EncodingBounds.MAX_BYTES)));
        }

        @Test
        void beyondTheLimitIsRefused() {
            Refused.by(Check.SIZE, () -> check(octets(EncodingBounds.MAX_BYTES + 1)));
        }

        @Test
        void tooManyValuesAreRefused() {
            byte[] many = hex("3080" + "0500".repeat(EncodingBounds.MAX_VALUES) + "0000");

            Refused.by(Check.ENCODING, () -> check(many));
        }

        private static byte[] octets(int size) {
            byte[] value = new byte[size];
            Arrays.fill(value, (byte) 1);
            value[0] = 4;
            value[1] = (byte) 0x83;
            value[2] = (byte) ((size - 5) >> 16);
            value[3] = (byte) ((size - 5) >> 8);
            value[4] = (byte) (size - 5);
            return value;
        }
    }
}
