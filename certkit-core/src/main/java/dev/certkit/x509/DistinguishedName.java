package dev.certkit.x509;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.NameForm;
import dev.certkit.internal.der.Nesting;
import java.io.IOException;
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
 * characters. Two names are equal by RFC 5280, section 7.1: the same attributes in the same order, where neither case, nor
 * repeated and outer blanks, nor the string type, nor the order inside a multi-valued RDN count; values that are no text
 * are equal if their octets are. {@link X500Principal} knows some types of attributes by their octets only. Immutable and
 * thread safe.
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

    /**
     * Takes over a name from its DER as it is, also one that exceeds the bounds.
     *
     * @param der the Name; copied; not null
     * @throws IOException if it is no sequence of sets of attributes
     */
    public static DistinguishedName decode(byte[] der) throws IOException {
        NameReader.rdns(der);
        return new DistinguishedName(der.clone());
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

    /**
     * Adds an attribute of any type.
     *
     * @param type for example {@link AttributeType#TITLE}; not null
     * @param value within the bounds of the type; not null
     * @throws IllegalArgumentException if it is out of bounds
     */
    public DistinguishedName with(AttributeType type, String value) {
        return new DistinguishedName(Der.sequence(Der.set(type.encode(value)), inside(encoded)));
    }

    /**
     * Joins an attribute to the one that was added last, so that both are one level of the name.
     *
     * <p>{@code cn("printer-7").plus(AttributeType.SERIAL_NUMBER, "42").o("Acme")} is
     * {@code serialNumber=42+CN=printer-7,O=Acme}, a multi-valued RDN; it is a set, whose order is that of DER.
     *
     * @param type another than those that are there already; not null
     * @param value within the bounds of the type; not null
     * @throws IllegalArgumentException if it is out of bounds, or the type is there already
     * @throws IllegalStateException if the name is empty
     */
    public DistinguishedName plus(AttributeType type, String value) {
        return new DistinguishedName(NameReader.joined(encoded, type, type.encode(value)));
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
        return values(AttributeType.CN).stream().findFirst();
    }

    /**
     * The values of a type, the most specific first; those that are no text are left out.
     *
     * @param type not null
     * @return without escapes, not checked and not safe to print where they come from a certificate; perhaps none
     */
    public List<String> values(AttributeType type) {
        return NameReader.values(encoded, type);
    }

    /**
     * All attributes by level, the most specific first; a level of several attributes is a multi-valued RDN.
     *
     * @return none if the name came from a certificate and is malformed
     */
    public List<List<Attribute>> rdns() {
        try {
            return NameReader.rdns(encoded);
        } catch (DerException e) {
            return List.of();
        }
    }

    /**
     * One attribute of a name.
     *
     * @param type what it is
     * @param value the text without escapes, not checked; where it is no text, the DER in hexadecimal after a {@code #}
     */
    public record Attribute(AttributeType type, String value) {}

    /** Whether it has no attributes. */
    public boolean isEmpty() {
        return encoded.length == 2;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DistinguishedName that
                && (Arrays.equals(encoded, that.encoded) || NameForm.of(encoded).equals(NameForm.of(that.encoded)));
    }

    @Override
    public int hashCode() {
        return NameForm.of(encoded).hashCode();
    }

    /** The name as RFC 4514 writes it, control and format characters escaped, safe to print and to log. */
    @Override
    public String toString() {
        return Rfc4514Writer.write(encoded);
    }
}
