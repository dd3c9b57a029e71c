package dev.certkit.internal.der;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTCTime;

class DerProperties {
    @Property
    void integersRoundTripAndTheOracleReadsThem(@ForAll BigInteger value) throws Exception {
        byte[] encoded = Der.integer(value);
        assertEquals(value, DerReader.single(encoded, Tag.INTEGER).integer());
        assertEquals(value, ASN1Integer.getInstance(encoded).getValue());
    }

    @Property
    void theLengthOfANumberNeedsNoNumber(@ForAll BigInteger value) throws Exception {
        BigInteger positive = value.abs();
        assertEquals(
                positive.bitLength(),
                DerReader.single(Der.integer(positive), Tag.INTEGER).integerBits());
    }

    @Property
    void objectIdentifiersRoundTripAndTheOracleReadsThem(@ForAll("oids") String dotted) throws Exception {
        byte[] encoded = Der.oid(dotted);
        assertEquals(dotted, DerReader.single(encoded, Tag.OID).oid());
        assertEquals(dotted, ASN1ObjectIdentifier.getInstance(encoded).getId());
    }

    @Property
    void indefiniteLengthsComeBackAsTheyWereMeasured(@ForAll("trees") List<Integer> tree) throws Exception {
        byte[] definite = built(tree.iterator(), 4, false);
        byte[] indefinite = built(tree.iterator(), 4, true);
        assertArrayEquals(definite, Ber.toDefinite(indefinite, 8));
    }

    @Provide
    Arbitrary<List<Integer>> trees() {
        return Arbitraries.integers().between(0, 300).list().ofMinSize(1).ofMaxSize(60);
    }

    /** A tree by its numbers: a small one is so many children, a large one the length of a leaf; odd ones change. */
    private static byte[] built(Iterator<Integer> shape, int levels, boolean indefinite) {
        int next = shape.hasNext() ? shape.next() : 0;
        if (levels == 0 || next > 20) {
            return Der.octetString(new byte[next]);
        }
        List<byte[]> children = new ArrayList<>();
        for (int i = 0; i < next / 2; i++) {
            children.add(built(shape, levels - 1, indefinite));
        }
        byte[] value = Der.sequence(children);
        if (!indefinite || next % 2 == 0) {
            return value;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x30);
        out.write(0x80);
        children.forEach(out::writeBytes);
        out.write(0);
        out.write(0);
        return out.toByteArray();
    }

    @Property
    void textRoundTrips(@ForAll("text") String text) throws Exception {
        assertEquals(text, DerReader.single(Der.utf8(text), Tag.UTF8_STRING).text());
    }

    @Property
    void octetsRoundTrip(@ForAll @Size(max = 600) byte[] octets) throws Exception {
        assertArrayEquals(
                octets,
                DerReader.single(Der.octetString(octets), Tag.OCTET_STRING).octets());
        assertArrayEquals(
                octets, DerReader.single(Der.bitString(octets), Tag.BIT_STRING).bits());
    }

    @Property
    void timesAreReadByTheOracleToTheSecond(@ForAll("seconds") long second) throws Exception {
        byte[] encoded = Der.time(Instant.ofEpochSecond(second));
        ASN1Primitive time = ASN1Primitive.fromByteArray(encoded);
        long read = time instanceof ASN1UTCTime utc
                ? utc.getAdjustedDate().toInstant().getEpochSecond()
                : ((ASN1GeneralizedTime) time).getDate().toInstant().getEpochSecond();
        assertEquals(second, read);
    }

    @Property
    void whatIsSortedIsTheSameInWhateverOrderItCame(@ForAll @Size(max = 6) List<@Size(max = 4) byte[]> elements) {
        List<byte[]> encoded = elements.stream().map(Der::octetString).toList();
        List<byte[]> backwards = new ArrayList<>(encoded);
        Collections.reverse(backwards);
        assertArrayEquals(Der.setOf(encoded), Der.setOf(backwards));
    }

    @Property(tries = 5000)
    void arbitraryOctetsGiveNothingButValuesAndDerExceptions(@ForAll("hostile") byte[] octets) {
        try {
            Nesting.check(octets, 32);
        } catch (DerException expected) {
            // one of the two allowed answers
        }
        try {
            for (DerReader reader = DerReader.of(octets); reader.hasNext(); ) {
                readEveryWay(reader.next());
            }
        } catch (DerException expected) {
            // one of the two allowed answers
        }
    }

    private static void readEveryWay(DerValue value) {
        assertEquals(value.contentLength(), value.content().length);
        for (Reading reading : List.<Reading>of(
                DerValue::integer,
                DerValue::smallInteger,
                DerValue::bool,
                DerValue::bits,
                DerValue::octets,
                DerValue::oid,
                DerValue::oidContent,
                DerValue::text,
                DerValue::ia5Content,
                v -> v.children().next())) {
            try {
                reading.of(value);
            } catch (DerException expected) {
                // one of the two allowed answers
            }
        }
    }

    private interface Reading {
        Object of(DerValue value) throws DerException;
    }

    @Provide
    Arbitrary<byte[]> hostile() {
        Arbitrary<byte[]> anything = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        Arbitrary<Byte> tags = Arbitraries.of(
                (byte) 1,
                (byte) 2,
                (byte) 3,
                (byte) 4,
                (byte) 6,
                (byte) 12,
                (byte) 0x13,
                (byte) 0x1C,
                (byte) 0x1E,
                (byte) 0x30,
                (byte) 0x31,
                (byte) 0xA0,
                (byte) 0x82);
        Arbitrary<byte[]> nearlyRight = Combinators.combine(
                        tags, Arbitraries.bytes().array(byte[].class).ofMaxSize(40))
                .as((tag, content) -> Der.tagged(tag & 0xFF, content));
        return Arbitraries.oneOf(anything, nearlyRight);
    }

    @Provide
    Arbitrary<String> text() {
        return Arbitraries.strings()
                .withChars(' ', 'a', 'Z', '\u00E9', '\u4E2D', '\n')
                .ofMaxLength(80);
    }

    @Provide
    Arbitrary<Long> seconds() {
        return Arbitraries.longs()
                .between(
                        Instant.parse("1950-01-01T00:00:00Z").getEpochSecond(),
                        Instant.parse("9999-12-31T23:59:59Z").getEpochSecond());
    }

    @Provide
    Arbitrary<String> oids() {
        Arbitrary<String> first = Arbitraries.oneOf(
                Combinators.combine(Arbitraries.of(0, 1), Arbitraries.integers().between(0, 39))
                        .as((root, arc) -> root + "." + arc),
                Arbitraries.integers().greaterOrEqual(0).map(arc -> "2." + arc));
        Arbitrary<List<BigInteger>> rest = Arbitraries.bigIntegers()
                .between(BigInteger.ZERO, BigInteger.ONE.shiftLeft(70))
                .list()
                .ofMaxSize(8);
        return Combinators.combine(first, rest).as((head, tail) -> {
            StringBuilder dotted = new StringBuilder(head);
            tail.forEach(arc -> dotted.append('.').append(arc));
            return dotted.toString();
        });
    }
}
