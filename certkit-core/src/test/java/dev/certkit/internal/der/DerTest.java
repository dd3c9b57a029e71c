package dev.certkit.internal.der;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.Time;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bouncy Castle is the oracle: an encoder of another house must give the same octets. */
class DerTest {
    private static byte[] oracle(ASN1Encodable value) throws Exception {
        return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
    }

    @Nested
    class Lengths {
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65535, 65536, 1 << 24})
        void eachLengthFormIsTheShortest(int length) throws Exception {
            byte[] content = new byte[length];
            assertArrayEquals(oracle(new DEROctetString(content)), Der.octetString(content));
        }
    }

    @Nested
    class Integers {
        @ParameterizedTest
        @ValueSource(longs = {0, 1, 127, 128, 255, 256, -1, -128, -129, Long.MAX_VALUE, Long.MIN_VALUE})
        void theOracleEncodesTheSame(long value) throws Exception {
            assertArrayEquals(oracle(new ASN1Integer(value)), Der.integer(value));
            assertArrayEquals(
                    oracle(new ASN1Integer(BigInteger.valueOf(value).pow(5))),
                    Der.integer(BigInteger.valueOf(value).pow(5)));
        }

        @Test
        void bothBooleansAndNullToo() throws Exception {
            assertArrayEquals(oracle(ASN1Boolean.TRUE), Der.bool(true));
            assertArrayEquals(oracle(ASN1Boolean.FALSE), Der.bool(false));
            assertArrayEquals(oracle(DERNull.INSTANCE), Der.nullValue());
        }
    }

    @Nested
    class ObjectIdentifiers {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "0.0",
                    "0.39",
                    "1.39.127.128",
                    "2.5.29.17",
                    "2.40",
                    "2.47",
                    "2.48",
                    "2.999",
                    "2.999.16383.16384",
                    "1.2.840.113549.1.9.14",
                    "2.25.329800735698586629295641978511506172918"
                })
        void theOracleEncodesTheSame(String dotted) throws Exception {
            assertArrayEquals(oracle(new ASN1ObjectIdentifier(dotted)), Der.oid(dotted));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", "1", "1.", ".1", "3.1", "0.40", "1.40", "1.2.", "1..2", "1.-2", "a.b", "1.2.3 ", "+1.2"})
        void whatIsNoneIsTheCallersMistake(String dotted) {
            IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Der.oid(dotted));
            assertEquals(IllegalArgumentException.class, refused.getClass(), "not that of a number parser");
        }
    }

    @Nested
    class Times {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1950-01-01T00:00:00Z",
                    "1999-12-31T23:59:59Z",
                    "2000-02-29T12:00:00Z",
                    "2026-11-22T05:00:00Z",
                    "2049-12-31T23:59:59Z",
                    "2050-01-01T00:00:00Z",
                    "9999-12-31T23:59:59Z"
                })
        void theOracleEncodesTheSame(String instant) throws Exception {
            Instant at = Instant.parse(instant);
            assertArrayEquals(oracle(new Time(Date.from(at))), Der.time(at));
        }

        @ParameterizedTest
        @CsvSource({"ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai", "fa-IR", "ja-JP-u-ca-japanese"})
        void thePlaceWhereTheProgramRunsDoesNotMatter(String language) {
            Locale before = Locale.getDefault();
            try {
                Locale.setDefault(Locale.forLanguageTag(language));
                assertArrayEquals(
                        HexFormat.of().parseHex("170d3236313132323035303030305a"),
                        Der.time(Instant.parse("2026-11-22T05:00:00Z")));
            } finally {
                Locale.setDefault(before);
            }
        }
    }

    @Nested
    class NamedBits {
        @ParameterizedTest
        @CsvSource({
            "'',030100",
            "0,03020780",
            "7,03020001",
            "8,0303070080",
            "0 2,030205a0",
            "0 5 6,03020186",
            "5 6,03020106",
            "0 8,0303078080"
        })
        void trailingZerosAreLeftOut(String bits, String expected) {
            List<Integer> numbers = bits.isEmpty()
                    ? List.of()
                    : Arrays.stream(bits.split(" ")).map(Integer::valueOf).toList();
            assertEquals(expected, HexFormat.of().formatHex(Der.namedBits(numbers)));
        }

        @Test
        void everyCombinationOfKeyUsagesIsTheOracles() throws Exception {
            for (int mask = 0; mask < 512; mask++) {
                int wanted = mask;
                List<Integer> bits = IntStream.range(0, 9)
                        .filter(bit -> (wanted >> bit & 1) == 1)
                        .boxed()
                        .toList();
                // Bouncy Castle counts key usage bits within their octets, the ninth in the second one.
                int usage = 0;
                for (int bit : bits) {
                    usage |= bit < 8 ? 0x80 >> bit : 0x8000;
                }
                assertArrayEquals(oracle(new KeyUsage(usage)), Der.namedBits(bits), bits.toString());
            }
        }
    }

    @Nested
    class Sets {
        @Test
        void elementsAreSortedAsDerDemands() throws Exception {
            byte[] shorter = Der.octetString(new byte[] {1});
            byte[] longer = Der.octetString(new byte[] {0, 0});
            byte[] high = Der.utf8("é");
            ASN1Encodable[] values = {
                ASN1Integer.getInstance(Der.integer(300)),
                ASN1UTF8String.getInstance(high),
                new DEROctetString(new byte[] {0, 0}),
                new DEROctetString(new byte[] {1})
            };
            assertArrayEquals(oracle(new DERSet(values)), Der.setOf(List.of(high, longer, shorter, Der.integer(300))));
        }
    }
}
