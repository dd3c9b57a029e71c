package dev.certkit.scep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Pkcs1PaddingTest {
    private static final int LENGTH = 256;
    private static final byte[] FALLBACK = filled(16, 0x55);
    private static final byte[] KEY = filled(16, 0x99);

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] good() {
        byte[] block = filled(LENGTH, 0xAB);
        block[0] = 0;
        block[1] = 2;
        block[LENGTH - KEY.length - 1] = 0;
        System.arraycopy(KEY, 0, block, LENGTH - KEY.length, KEY.length);
        return block;
    }

    @Test
    void goodPaddingGivesTheMessage() {
        assertArrayEquals(KEY, Pkcs1Padding.remove(good(), FALLBACK));
    }

    @Test
    void aMessageMayHoldZeros() {
        byte[] block = good();
        Arrays.fill(block, LENGTH - KEY.length, LENGTH, (byte) 0);

        assertArrayEquals(new byte[16], Pkcs1Padding.remove(block, FALLBACK));
    }

    @Test
    void anyOtherOctetInThePaddingGivesTheFallback() {
        for (int place = 0; place < LENGTH - KEY.length; place++) {
            boolean padding = place >= 2 && place < LENGTH - KEY.length - 1;
            for (int value = 0; value < 256; value++) {
                byte[] block = good();
                boolean harmless = padding ? value != 0 : block[place] == (byte) value;
                block[place] = (byte) value;

                assertArrayEquals(
                        harmless ? KEY : FALLBACK,
                        Pkcs1Padding.remove(block, FALLBACK),
                        "octet " + value + " at " + place);
            }
        }
    }

    @Test
    void aMessageOfAnotherLengthGivesTheFallback() {
        assertArrayEquals(filled(24, 1), Pkcs1Padding.remove(good(), filled(24, 1)));
        assertArrayEquals(filled(8, 1), Pkcs1Padding.remove(good(), filled(8, 1)));
    }

    @Test
    void aBlockTooShortForTheMessageIsTheCallersMistake() {
        assertThrows(IllegalArgumentException.class, () -> Pkcs1Padding.remove(new byte[26], FALLBACK));
    }
}
