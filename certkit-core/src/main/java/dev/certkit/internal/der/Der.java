package dev.certkit.internal.der;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;

/** Encodes values as DER (X.690); every method gives a complete tag, length and content. */
public final class Der {
    private static final DateTimeFormatter UTC_TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'");
    private static final DateTimeFormatter GENERALIZED_TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'");
    private static final int LAST_YEAR_OF_UTC_TIME = 2049;

    private Der() {}

    public static byte[] sequence(byte[]... parts) {
        return tagged(Tag.SEQUENCE, parts);
    }

    public static byte[] sequence(Collection<byte[]> parts) {
        return sequence(parts.toArray(new byte[0][]));
    }

    /** A SET OF, its elements in the order that DER demands (X.690, 11.6). */
    public static byte[] setOf(Collection<byte[]> elements) {
        byte[][] sorted = elements.toArray(new byte[0][]);
        Arrays.sort(sorted, Arrays::compareUnsigned);
        return tagged(Tag.SET, sorted);
    }

    public static byte[] set(byte[] element) {
        return tagged(Tag.SET, element);
    }

    /** The contents under one tag: an implicit tag over raw content, or an explicit one over whole values. */
    public static byte[] tagged(int tag, byte[]... contents) {
        int length = 0;
        for (byte[] content : contents) {
            length += content.length;
        }
        byte[] encoded = new byte[headerLength(length) + length];
        int at = putHeader(encoded, 0, tag, length);
        for (byte[] content : contents) {
            System.arraycopy(content, 0, encoded, at, content.length);
            at += content.length;
        }
        return encoded;
    }

    public static byte[] integer(BigInteger value) {
        return tagged(Tag.INTEGER, value.toByteArray());
    }

    public static byte[] integer(long value) {
        return integer(BigInteger.valueOf(value));
    }

    public static byte[] bool(boolean value) {
        return tagged(Tag.BOOLEAN, new byte[] {(byte) (value ? 0xFF : 0)});
    }

    public static byte[] nullValue() {
        return new byte[] {Tag.NULL, 0};
    }

    public static byte[] octetString(byte[] bytes) {
        return tagged(Tag.OCTET_STRING, bytes);
    }

    /** A BIT STRING of whole octets. */
    public static byte[] bitString(byte[] bytes) {
        return tagged(Tag.BIT_STRING, new byte[] {0}, bytes);
    }

    /** A named bit list: bit 0 is the first, trailing zero bits are left out (X.690, 11.2.2). */
    public static byte[] namedBits(Iterable<Integer> bits) {
        int last = -1;
        byte[] octets = new byte[2];
        for (int bit : bits) {
            octets[bit / 8] |= (byte) (0x80 >>> (bit % 8));
            last = Math.max(last, bit);
        }
        byte[] used = Arrays.copyOf(octets, last / 8 + (last < 0 ? 0 : 1));
        return tagged(Tag.BIT_STRING, new byte[] {(byte) (last < 0 ? 0 : 7 - last % 8)}, used);
    }

    public static byte[] utf8(String text) {
        return tagged(Tag.UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] printable(String text) {
        return tagged(Tag.PRINTABLE_STRING, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether PrintableString has a character (X.680, 41.4). */
    public static boolean isPrintable(int c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '\'' && c <= ':' && c != '*')
                || " =?".indexOf(c) >= 0;
    }

    public static byte[] ia5(String text) {
        return tagged(Tag.IA5_STRING, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** UTCTime through 2049, GeneralizedTime from 2050 (RFC 5280, 4.1.2.5). */
    public static byte[] time(Instant instant) {
        ZonedDateTime utc = instant.atZone(ZoneOffset.UTC);
        boolean general = utc.getYear() > LAST_YEAR_OF_UTC_TIME;
        String text = (general ? GENERALIZED_TIME : UTC_TIME).format(utc);
        return tagged(general ? Tag.GENERALIZED_TIME : Tag.UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** GeneralizedTime in whole seconds, also before 2050. */
    public static byte[] generalizedTime(Instant instant) {
        String text = GENERALIZED_TIME.format(instant.atZone(ZoneOffset.UTC));
        return tagged(Tag.GENERALIZED_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    public static byte[] enumerated(int value) {
        return tagged(Tag.ENUMERATED, new byte[] {(byte) value});
    }

    /**
     * An OBJECT IDENTIFIER from its dotted form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static byte[] oid(String dotted) {
        if (!isOid(dotted)) {
            throw new IllegalArgumentException("oid: this is no dotted object identifier, for example 1.3.6.1.4.1.311");
        }
        return tagged(Tag.OID, ObjectIdentifier.encode(dotted));
    }

    /** Whether a text is an object identifier in dotted form. */
    public static boolean isOid(String text) {
        return ObjectIdentifier.isDotted(text);
    }

    /** Octets of a one-octet tag and a length. */
    static int headerLength(int length) {
        return length < 0x80 ? 2 : 2 + (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
    }

    /** Writes tag and length, and gives the place behind them. */
    static int putHeader(byte[] encoded, int at, int tag, int length) {
        encoded[at] = (byte) tag;
        if (length < 0x80) {
            encoded[at + 1] = (byte) length;
            return at + 2;
        }
        int octets = headerLength(length) - 2;
        encoded[at + 1] = (byte) (0x80 | octets);
        for (int i = 1; i <= octets; i++) {
            encoded[at + 1 + i] = (byte) (length >>> (8 * (octets - i)));
        }
        return at + 2 + octets;
    }
}
