package dev.certkit.internal.der;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;

/** One value inside a larger encoding, as offsets into the original bytes. */
public final class DerValue {
    private final byte[] source;
    private final int start;
    private final int contentStart;
    private final int end;

    DerValue(byte[] source, int start, int contentStart, int end) {
        this.source = source;
        this.start = start;
        this.contentStart = contentStart;
        this.end = end;
    }

    /** The identifier octet. */
    public int tag() {
        return source[start] & 0xFF;
    }

    public boolean is(int tag) {
        return tag() == tag;
    }

    boolean isConstructed() {
        return (tag() & 0x20) != 0;
    }

    /** The array itself, not a copy. */
    byte[] source() {
        return source;
    }

    int contentStart() {
        return contentStart;
    }

    int end() {
        return end;
    }

    /** Where its tag stands in the array that is read. */
    public int start() {
        return start;
    }

    /** Tag, length and content exactly as they came. */
    public byte[] encoded() {
        return Arrays.copyOfRange(source, start, end);
    }

    public byte[] content() {
        return Arrays.copyOfRange(source, contentStart, end);
    }

    public boolean hasContent(byte[] expected) {
        return Arrays.equals(source, contentStart, end, expected, 0, expected.length);
    }

    /** The content from an octet on. */
    public byte[] content(int from) {
        return Arrays.copyOfRange(source, contentStart + from, end);
    }

    public int contentLength() {
        return end - contentStart;
    }

    /** Reads what stands inside this constructed value. */
    public DerReader children() {
        return new DerReader(source, contentStart, end);
    }

    /** Reads what stands in the octets of a BIT STRING that has no unused bits, without a copy. */
    public DerReader insideBits() throws DerException {
        require(Tag.BIT_STRING, "a BIT STRING");
        if (contentLength() == 0 || source[contentStart] != 0) {
            throw new DerException("a BIT STRING is not made of whole octets", start);
        }
        return new DerReader(source, contentStart + 1, end);
    }

    /** Reads what stands in an OCTET STRING, without a copy. */
    public DerReader insideOctets() throws DerException {
        require(Tag.OCTET_STRING, "an OCTET STRING");
        return children();
    }

    /** How long an INTEGER is, read as not negative, without making a number of it. */
    public int integerBits() throws DerException {
        require(Tag.INTEGER, "an INTEGER");
        int first = contentStart;
        while (first < end && source[first] == 0) {
            first++;
        }
        return first == end
                ? 0
                : 8 * (end - first) - Integer.numberOfLeadingZeros(source[first] & 0xFF) + Integer.SIZE - Byte.SIZE;
    }

    /** Octets of tag, length and content. */
    public int encodedLength() {
        return end - start;
    }

    public BigInteger integer() throws DerException {
        require(Tag.INTEGER, "an INTEGER");
        if (contentLength() == 0) {
            throw new DerException("an INTEGER has no content", start);
        }
        return new BigInteger(source, contentStart, contentLength());
    }

    /** An INTEGER of at most 31 bits, not negative. */
    public int smallInteger() throws DerException {
        BigInteger value = integer();
        if (value.signum() < 0 || value.bitLength() > 31) {
            throw new DerException("an INTEGER is out of range", start);
        }
        return value.intValue();
    }

    public boolean bool() throws DerException {
        require(Tag.BOOLEAN, "a BOOLEAN");
        if (contentLength() != 1) {
            throw new DerException("a BOOLEAN is not one octet long", start);
        }
        return source[contentStart] != 0;
    }

    /** The octets of a BIT STRING that has no unused bits. */
    public byte[] bits() throws DerException {
        require(Tag.BIT_STRING, "a BIT STRING");
        if (contentLength() == 0 || source[contentStart] != 0) {
            throw new DerException("a BIT STRING is not made of whole octets", start);
        }
        return Arrays.copyOfRange(source, contentStart + 1, end);
    }

    public byte[] octets() throws DerException {
        require(Tag.OCTET_STRING, "an OCTET STRING");
        return content();
    }

    /** An OBJECT IDENTIFIER in dotted form. */
    public String oid() throws DerException {
        require(Tag.OID, "an OBJECT IDENTIFIER");
        return oidContent();
    }

    /** Fails unless it is an OBJECT IDENTIFIER that has a dotted form. */
    public void checkOid() throws DerException {
        require(Tag.OID, "an OBJECT IDENTIFIER");
        ObjectIdentifier.check(source, contentStart, end);
    }

    /** The dotted form of an implicitly tagged OBJECT IDENTIFIER. */
    public String oidContent() throws DerException {
        return ObjectIdentifier.decode(source, contentStart, end);
    }

    /** The text of any of the string types that names and attributes use. */
    public String text() throws DerException {
        return switch (tag()) {
            case Tag.UTF8_STRING -> decoded(StandardCharsets.UTF_8);
            case Tag.PRINTABLE_STRING, Tag.IA5_STRING, Tag.NUMERIC_STRING, Tag.VISIBLE_STRING ->
                decoded(StandardCharsets.US_ASCII);
            case Tag.TELETEX_STRING -> decoded(StandardCharsets.ISO_8859_1);
            case Tag.BMP_STRING -> decoded(StandardCharsets.UTF_16BE);
            case Tag.UNIVERSAL_STRING -> decoded(Charset.forName("UTF-32BE"));
            default -> throw new DerException("a text has the tag " + tag() + ", which is no string type", start);
        };
    }

    /** The text of an implicitly tagged IA5String. */
    public String ia5Content() throws DerException {
        return decoded(StandardCharsets.US_ASCII);
    }

    /** A UTCTime or GeneralizedTime, to the second. */
    public Instant time() throws DerException {
        if (!is(Tag.UTC_TIME) && !is(Tag.GENERALIZED_TIME)) {
            throw new DerException("expected a time, found the tag " + tag());
        }
        return new Times(content()).read(is(Tag.UTC_TIME));
    }

    /** The set bits of a named bit list, by number. */
    public BitSet namedBits() throws DerException {
        require(Tag.BIT_STRING, "a BIT STRING");
        if (contentLength() == 0 || source[contentStart] < 0 || source[contentStart] > 7) {
            throw new DerException("a BIT STRING does not say how many bits are unused");
        }
        BitSet bits = new BitSet();
        int count = (contentLength() - 1) * 8 - source[contentStart];
        for (int bit = 0; bit < count; bit++) {
            if ((source[contentStart + 1 + bit / 8] & (0x80 >>> (bit % 8))) != 0) {
                bits.set(bit);
            }
        }
        return bits;
    }

    private String decoded(Charset charset) throws DerException {
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(source, contentStart, contentLength()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DerException("a text is not valid " + charset, start);
        }
    }

    private void require(int tag, String what) throws DerException {
        if (!is(tag)) {
            throw new DerException("expected " + what + ", found the tag " + tag(), start);
        }
    }
}
