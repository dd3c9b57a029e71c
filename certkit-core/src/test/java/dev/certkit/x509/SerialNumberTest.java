package dev.certkit.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SerialNumberTest {
    @Nested
    class Drawing {
        private final SecureRandom random = new SecureRandom();

        @Test
        void tenThousandAreAllDifferent() {
            Set<SerialNumber> drawn = new HashSet<>();
            for (int i = 0; i < 10_000; i++) {
                drawn.add(SerialNumber.random(random));
            }
            assertEquals(10_000, drawn.size());
        }

        @Test
        void eachIsPositiveAnd16OctetsLong() {
            for (int i = 0; i < 1000; i++) {
                SerialNumber serial = SerialNumber.random(random);
                assertEquals(1, serial.value().signum());
                assertEquals(2 + 16, Der.integer(serial.value()).length);
                assertEquals(32, serial.hex().length());
            }
        }

        @Test
        void everyBitButTheFirstIsRandom() {
            BigInteger ever = BigInteger.ZERO;
            BigInteger always = BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE);
            for (int i = 0; i < 200; i++) {
                BigInteger value = SerialNumber.random(random).value();
                ever = ever.or(value);
                always = always.and(value);
            }
            assertEquals(127, ever.bitCount());
            assertEquals(1, always.bitCount(), "more than the 64 bits that RFC 5280 and the CA/Browser Forum ask for");
        }
    }

    @Nested
    class Bounds {
        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "-170141183460469231731687303715884105728"})
        void itIsPositive(BigInteger value) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> new SerialNumber(value));
            assertTrue(refused.getMessage().startsWith("value: "), refused.getMessage());
        }

        @Test
        void itHasAtMost20Octets() {
            BigInteger longest = BigInteger.ONE.shiftLeft(159).subtract(BigInteger.ONE);
            assertEquals(2 + 20, Der.integer(new SerialNumber(longest).value()).length);
            assertThrows(IllegalArgumentException.class, () -> new SerialNumber(longest.add(BigInteger.ONE)));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,01", "255,ff", "256,0100", "4095,0fff"})
    void hexadecimalHasAnEvenNumberOfDigits(BigInteger value, String hex) {
        assertEquals(hex, new SerialNumber(value).hex());
        assertEquals(hex, new SerialNumber(value).toString());
    }
}
