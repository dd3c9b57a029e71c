package dev.certkit.x509;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Nesting;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * A subject or issuer name (RFC 5280, section 4.1.2.4), written and read as RFC 4514 text.
 *
 * <p>Attributes are given in the order of the text, the most specific first: {@code cn("printer-7").o("Acme").c("FR")}
 * is {@code CN=printer-7,O=Acme,C=FR}. Values are bounded as RFC 5280, appendix A demands and must not contain control
 * characters. Two names are equal as {@link X500Principal} compares them, which ignores case and repeated blanks.
 * Immutable and thread safe.
 */
public final class DistinguishedName {
    private static final int MAX_DEPTH = 16;

    private final byte[] encoded;

    private DistinguishedName(byte[] encoded) {
        this.encoded = encoded;
    }

    /**
     * A name that begins with a common name.
     *
     * @param commonName 1 to 64 characters; not null
     * @throws IllegalArgumentException if it is empty, too long or has control characters
     */
    public static DistinguishedName cn(String commonName) {
        return empty().with(AttributeType.CN, commonName);
    }

    /** The name without attributes, for certificates that are known by their alternative names only. */
    public static DistinguishedName empty() {
        return new DistinguishedName(Der.sequence());
    }

    /**
     * Reads a name in the text form of RFC 4514.
     *
     * @param text for example {@code CN=printer-7+serialNumber=42,O=Acme\, Inc.,C=FR}; not null
     * @throws IllegalArgumentException if it is malformed, or a value is out of bounds, naming the place
     */
    public static DistinguishedName parse(String text) {
        List<byte[]> rdns = new ArrayList<>(new Rfc4514Reader(text).rdns());
        Collections.reverse(rdns);
        return new DistinguishedName(Der.sequence(rdns));
    }

    /**
     * Takes over a name from a certificate as it is, also one that exceeds the bounds.
     *
     * @param principal not null
     */
    public static DistinguishedName of(X500Principal principal) {
        return new DistinguishedName(principal.getEncoded());
    }

    /** A Name as it stands in a certificate, which may be malformed. */
    static DistinguishedName verbatim(byte[] encoded) {
        return new DistinguishedName(encoded);
    }

    /**
     * Adds the organization.
     *
     * @param organization 1 to 64 characters; not null
     * @throws IllegalArgumentException if it is out of bounds
     */
    public DistinguishedName o(String organization) {
        return with(AttributeType.O, organization);
    }

    /**
     * Adds the organizational unit.
     *
     * @param unit 1 to 64 characters; not null
     * @throws IllegalArgumentException if it is out of bounds
     */
    public DistinguishedName ou(String unit) {
        return with(AttributeType.OU, unit);
    }

    /**
     * Adds the country.
     *
     * @param country two letters (ISO 3166); not null
     * @throws IllegalArgumentException if it is anything else
     */
    public DistinguishedName c(String country) {
        return with(AttributeType.C, country);
    }

    /**
     * Adds the state or province.
     *
     * @param state 1 to 128 characters; not null
     * @throws IllegalArgumentException if it is out of bounds
     */
    public DistinguishedName st(String state) {
        return with(AttributeType.ST, state);
    }

    /**
     * Adds the locality.
     *
     * @param locality 1 to 128 characters; not null
     * @throws IllegalArgumentException if it is out of bounds
     */
    public DistinguishedName l(String locality) {
        return with(AttributeType.L, locality);
    }

    /**
     * Adds the serial number of the device, not of the certificate.
     *
     * @param serialNumber 1 to 64 characters of PrintableString; not null
     * @throws IllegalArgumentException if it is out of bounds
     */
    public DistinguishedName serialNumber(String serialNumber) {
        return with(AttributeType.SERIAL_NUMBER, serialNumber);
    }

    /**
     * Adds the e-mail address attribute of PKCS#9, which new certificates should give as alternative name instead.
     *
     * @param address 1 to 255 ASCII characters; not null
     * @throws IllegalArgumentException if it is out of bounds
     */
    public DistinguishedName email(String address) {
        return with(AttributeType.EMAIL, address);
    }

    private DistinguishedName with(AttributeType type, String value) {
        return new DistinguishedName(Der.sequence(Der.set(type.encode(value)), inside(encoded)));
    }

    private static byte[] inside(byte[] sequence) {
        try {
            return DerReader.of(sequence).next().content();
        } catch (DerException e) {
            throw new IllegalStateException("a name that was encoded here is malformed", e);
        }
    }

    /** The DER of the Name, a copy. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /**
     * The same name as a JCA value.
     *
     * @throws IllegalArgumentException if it came from a certificate and is malformed
     */
    public X500Principal toPrincipal() {
        try {
            // Java reads indefinite lengths and deep nesting by recursion, until the stack ends.
            Nesting.check(encoded, MAX_DEPTH);
            return new X500Principal(encoded);
        } catch (DerException e) {
            throw new IllegalArgumentException("the name is malformed: " + e.getMessage(), e);
        }
    }

    /** The most specific common name, or empty if there is none. */
    public Optional<String> commonName() {
        return Rfc4514Writer.first(encoded, AttributeType.CN);
    }

    /** Whether it has no attributes. */
    public boolean isEmpty() {
        return encoded.length == 2;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DistinguishedName that
                && (Arrays.equals(encoded, that.encoded) || canonical().equals(that.canonical()));
    }

    @Override
    public int hashCode() {
        return canonical().hashCode();
    }

    /** Java's canonical text, or the octets of a name that Java cannot read. */
    private Object canonical() {
        try {
            return toPrincipal().getName(X500Principal.CANONICAL);
        } catch (RuntimeException e) {
            // Java reads some damaged values without a word, and throws when they are to be compared.
            return ByteBuffer.wrap(encoded);
        }
    }

    /** The name as RFC 4514 writes it, control and format characters escaped, safe to print and to log. */
    @Override
    public String toString() {
        return Rfc4514Writer.write(encoded);
    }
}
