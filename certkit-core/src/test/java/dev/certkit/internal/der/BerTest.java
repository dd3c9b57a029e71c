package dev.certkit.internal.der;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BerTest {
    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    @Nested
    class ToDefinite {
        @Test
        void whatIsDefiniteIsTheSameArray() throws Exception {
            byte[] der = hex("30 03 02 01 05");
            assertSame(der, Ber.toDefinite(der, 32));
        }

        @Test
        void indefiniteLengthsAreMeasuredAtEveryLevel() throws Exception {
            assertArrayEquals(hex("30 05 A0 03 02 01 05"), Ber.toDefinite(hex("30 80 A0 80 02 01 05 00 00 00 00"), 32));
        }

        @Test
        void severalValuesInARowStayInOrder() throws Exception {
            assertArrayEquals(hex("30 00 02 01 05 31 00"), Ber.toDefinite(hex("30 80 00 00 02 01 05 31 80 00 00"), 32));
        }

        @Test
        void whatIsDefiniteInsideStaysAsItIsEvenWhereDerWouldNot() throws Exception {
            // A length in two octets where one would do, and a SET that is not sorted, under somebody's signature.
            assertArrayEquals(
                    hex("30 09 31 81 06 02 01 05 02 01 03"),
                    Ber.toDefinite(hex("30 80 31 81 06 02 01 05 02 01 03 00 00"), 32));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "30 80",
                    "30 80 00",
                    "30 80 02 01",
                    "30 80 30 80 00 00",
                    "1F 80 00 00",
                    "3F 80 00 00",
                    "02 80 00 00"
                })
        void cutOffOrImpossibleLengthsAreRefused(String text) {
            assertThrows(DerException.class, () -> Ber.toDefinite(hex(text), 32));
        }

        @Test
        void nestingIsBounded() {
            byte[] deep = hex("30 80".repeat(40) + "00 00".repeat(40));
            DerException e = assertThrows(DerException.class, () -> Ber.toDefinite(deep, 32));
            assertTrue(e.getMessage().contains("deeper than 32"), e.getMessage());
        }
    }

    @Nested
    class Costs {
        private static final com.sun.management.ThreadMXBean THREADS =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

        private interface Work {
            void run() throws DerException;
        }

        private static long allocatedBy(Work work) throws DerException {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            work.run();
            return THREADS.getCurrentThreadAllocatedBytes() - before;
        }

        @Test
        void aMegabyteThirtyLevelsDeepIsNotCopiedAtEachLevel() throws Exception {
            byte[] deep = new byte[1 << 20];
            byte[] inside = Der.octetString(new byte[deep.length - 200]);
            for (int i = 0; i < 60; i += 2) {
                deep[i] = 0x30;
                deep[i + 1] = (byte) 0x80;
            }
            System.arraycopy(inside, 0, deep, 60, inside.length);
            byte[] cut = Arrays.copyOf(deep, 60 + inside.length + 60);
            assertTrue(allocatedBy(() -> Ber.toDefinite(cut, 32)) < 3 << 20);
        }

        @Test
        void aMegabyteOfEmptyValuesCostsAFewTimesItsSize() throws Exception {
            byte[] many = new byte[1 << 20];
            for (int i = 0; i < many.length - 4; i += 2) {
                many[i] = 0x30;
            }
            many[1] = (byte) 0x80;
            assertTrue(allocatedBy(() -> Ber.toDefinite(many, 32)) < 16 << 20);
            many[1] = 0;
            assertTrue(allocatedBy(() -> Nesting.check(many, 32)) < 1 << 12);
        }

        @Test
        void octetsInPiecesOfPiecesAreJoinedOnce() throws Exception {
            byte[] value = Der.octetString(new byte[1 << 20]);
            for (int i = 0; i < 30; i++) {
                value = Der.tagged(0x24, value);
            }
            DerValue deep = DerReader.of(value).next();
            assertTrue(allocatedBy(() -> Ber.octets(deep)) < 3 << 20);
        }
    }

    @Nested
    class Octets {
        private DerValue value(String text) throws DerException {
            return DerReader.of(hex(text)).next();
        }

        @Test
        void comeWholeOrInPieces() throws Exception {
            assertArrayEquals(hex("01 02 03"), Ber.octets(value("04 03 01 02 03")));
            assertArrayEquals(hex("01 02 03"), Ber.octets(value("24 07 04 01 01 04 02 02 03")));
            assertArrayEquals(hex("01 02 03"), Ber.octets(value("A0 09 24 03 04 01 01 04 02 02 03")));
            assertArrayEquals(hex("01 02"), Ber.octets(value("80 02 01 02")));
        }

        @Test
        void areNothingElse() {
            assertThrows(DerException.class, () -> Ber.octets(value("A0 03 02 01 05")));
        }
    }
}
