package dev.certkit.internal.der;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerReaderTest {
    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static DerValue one(String digits) throws DerException {
        return DerReader.of(hex(digits)).next();
    }

    @Nested
    class Walking {
        @Test
        void valuesComeOneAfterAnotherWithTheirOriginalOctets() throws Exception {
            DerReader reader = DerReader.of(hex("3003020105" + "0500"));
            DerValue sequence = reader.next(Tag.SEQUENCE);
            assertArrayEquals(hex("3003020105"), sequence.encoded());
            assertArrayEquals(hex("020105"), sequence.content());
            assertEquals(3, sequence.contentLength());
            assertTrue(reader.hasNext(Tag.NULL));
            assertEquals(Optional.empty(), reader.nextIf(Tag.SEQUENCE));
            assertTrue(reader.nextIf(Tag.NULL).isPresent());
            assertFalse(reader.hasNext());
            reader.end();
        }

        @Test
        void insideAValueNothingOutsideIsSeen() throws Exception {
            DerReader inside = one("3003020105").children();
            assertEquals(5, inside.next().smallInteger());
            assertThrows(DerException.class, inside::next);
        }

        @Test
        void aWrongTagNamesBoth() {
            DerException wrong = assertThrows(
                    DerException.class, () -> DerReader.of(hex("0500")).next(Tag.SEQUENCE));
            assertEquals("expected the tag 48, found 5", wrong.getMessage());
        }

        @Test
        void theEndIsNamed() {
            DerException wrong = assertThrows(
                    DerException.class, () -> DerReader.of(new byte[0]).next(Tag.SEQUENCE));
            assertEquals("expected the tag 48, found the end", wrong.getMessage());
        }

        @Test
        void aSingleValueHasNothingBehindIt() {
            assertThrows(DerException.class, () -> DerReader.single(hex("300000"), Tag.SEQUENCE));
        }
    }

    @Nested
    class Refusing {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "30", // no length
                    "3080", // indefinite
                    "30800000",
                    "3081", // the length is cut off
                    "308201",
                    "3001", // the content is cut off
                    "3082ffff00",
                    "3084ffffffff00", // 4 GiB
                    "30847fffffff00", // 2 GiB
                    "3085000000000100", // five length octets
                    "30fe00", // 126 length octets
                    "1f810100", // a tag in two octets
                    "bf810100"
                })
        void aDamagedHeaderIsADerException(String digits) {
            assertThrows(DerException.class, () -> one(digits));
        }

        @Test
        void aLengthIsNeverAllocatedBeforeItIsChecked() {
            // 2 GiB - 1 claimed by 6 octets: an allocation would be an OutOfMemoryError here.
            assertThrows(DerException.class, () -> one("04847fffffff"));
        }
    }

    @Nested
    class Reading {
        @ParameterizedTest
        @CsvSource({"02017f,127", "02020080,128", "020100,0", "02047fffffff,2147483647"})
        void smallIntegers(String digits, int expected) throws Exception {
            assertEquals(expected, one(digits).smallInteger());
        }

        @ParameterizedTest
        @ValueSource(strings = {"0200", "0201ff", "02050080000000", "020900ffffffffffffffff", "0500"})
        void whatIsNoSmallIntegerIsRefused(String digits) {
            assertThrows(DerException.class, () -> one(digits).smallInteger());
        }

        @ParameterizedTest
        @CsvSource({"0101ff,true", "010101,true", "010100,false"})
        void booleans(String digits, boolean expected) throws Exception {
            assertEquals(expected, one(digits).bool());
        }

        @ParameterizedTest
        @ValueSource(strings = {"0100", "0102ffff", "0500"})
        void whatIsNoBooleanIsRefused(String digits) {
            assertThrows(DerException.class, () -> one(digits).bool());
        }

        @ParameterizedTest
        @ValueSource(strings = {"0300", "030107", "03020180", "0401aa"})
        void aBitStringOfBrokenOctetsIsRefused(String digits) {
            assertThrows(DerException.class, () -> one(digits).bits());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "0600", // empty
                    "060180", // ends inside an arc
                    "06025580",
                    "0603558001", // an arc with a leading zero septet
                    "06028001",
                    "0500"
                })
        void aDamagedObjectIdentifierIsRefused(String digits) {
            assertThrows(DerException.class, () -> one(digits).oid());
        }

        @Test
        void anObjectIdentifierIsBounded() {
            byte[] huge = Der.tagged(Tag.OID, new byte[129]);
            assertThrows(DerException.class, () -> DerReader.of(huge).next().oid());
        }

        @ParameterizedTest
        @CsvSource({
            "0c03c3a961,éa", // UTF8String
            "13024142,AB", // PrintableString
            "1402e941,éA", // TeletexString, read as Latin 1
            "16024142,AB", // IA5String
            "1e0400e90041,éA", // BMPString
            "1c080001f51100000041,🔑A" // UniversalString
        })
        void eachStringTypeIsText(String digits, String expected) throws Exception {
            assertEquals(expected, one(digits).text());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "0c01ff", // no UTF-8
                    "0c02c080", // an overlong NUL
                    "1301e9", // not ASCII
                    "1e0100", // half a character
                    "1e02d800", // half a surrogate pair
                    "1c0400110000", // beyond Unicode
                    "020100"
                })
        void damagedTextIsRefused(String digits) {
            assertThrows(DerException.class, () -> one(digits).text());
        }
    }
}
