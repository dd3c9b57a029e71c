package dev.certkit.x509;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * One name of a subject alternative name: host, address, e-mail, URI, directory name, identifier or other name.
 *
 * <p>Values are checked when they are made. Immutable and thread safe. See RFC 5280, section 4.2.1.6.
 */
public sealed interface GeneralName {

    /**
     * Understands what a person writes into a host field: an IP address becomes {@link Ip}, all else {@link Dns}.
     *
     * @param hostOrAddress for example {@code printer-7.local}, {@code *.example.fr}, {@code 192.0.2.7},
     *     {@code 2001:db8::7}; internationalised names are converted to A-labels; not null
     * @throws IllegalArgumentException if it is neither an address nor a host name, naming the part that is wrong
     */
    static GeneralName of(String hostOrAddress) {
        Objects.requireNonNull(hostOrAddress, "hostOrAddress");
        return IpLiteral.parse(hostOrAddress).<GeneralName>map(GeneralName::ip).orElseGet(() -> dns(hostOrAddress));
    }

    /**
     * Reads one name from its DER.
     *
     * @param der with its implicit tag; not null
     * @return a name whose content breaks the rules, or of a kind without a type here, is an {@link OtherName}
     * @throws IOException if it is not one DER value with the tag of a GeneralName, [0] to [8]
     */
    static GeneralName decode(byte[] der) throws IOException {
        return GeneralNameReader.decode(der);
    }

    /**
     * A host name, or a wildcard for the whole leftmost label.
     *
     * <p>Labels of other letters are converted by IDNA 2008 (RFC 5891, mapped as in RFC 5895), so that a sharp s stays one;
     * an A-label that is given must stand for something. The wildcard is the rule of RFC 9525, section 6.3, with at least
     * two labels behind it. An address is refused here, since no client looks for one in a dNSName.
     *
     * @param host Unicode or A-labels; not null
     * @throws IllegalArgumentException if it is not a host name
     */
    static Dns dns(String host) {
        return new Dns(host);
    }

    /**
     * An IP address from its 4 or 16 octets.
     *
     * @param address copied; not null
     * @throws IllegalArgumentException if it has another length
     */
    static Ip ip(byte[] address) {
        return new Ip(address);
    }

    /**
     * An e-mail address (RFC 822 name).
     *
     * @param address ASCII before the {@code @}, and a host name behind it, which may be Unicode; not null
     * @throws IllegalArgumentException if it is anything else
     */
    static Email email(String address) {
        return new Email(address);
    }

    /**
     * An absolute URI.
     *
     * @param uri not null
     * @throws IllegalArgumentException if it is relative
     */
    static Uri uri(URI uri) {
        return new Uri(uri);
    }

    /**
     * A directory name.
     *
     * @param name not null
     */
    static DirectoryName directory(DistinguishedName name) {
        return new DirectoryName(name);
    }

    /**
     * A registered identifier.
     *
     * @param oid in dotted form; not null
     * @throws IllegalArgumentException if it is no object identifier
     */
    static RegisteredId registeredId(String oid) {
        return new RegisteredId(oid);
    }

    /**
     * A user principal name of Active Directory, an otherName, by which Windows maps a certificate to an account.
     *
     * @param name {@code user@domain}; not null
     * @throws IllegalArgumentException if it is anything else
     */
    static OtherName userPrincipalName(String name) {
        return OtherName.of(OtherName.USER_PRINCIPAL_NAME, Der.utf8(MailAddress.principal(name)));
    }

    /**
     * An e-mail address whose part before the {@code @} is not ASCII, an otherName (RFC 9598).
     *
     * @param address with a host name behind the {@code @}, which becomes A-labels; not null
     * @throws IllegalArgumentException if it is no address, or {@link #email} can take it
     */
    static OtherName smtpUtf8Mailbox(String address) {
        return OtherName.of(OtherName.SMTP_UTF8_MAILBOX, Der.utf8(MailAddress.international(address)));
    }

    /** The DER of this GeneralName with its implicit tag. */
    byte[] encoded();

    /**
     * A dNSName, always in lower-case A-labels (RFC 5280, RFC 9525).
     *
     * @param host the name as it stands in a certificate
     */
    record Dns(String host) implements GeneralName {
        /** Converts to A-labels and checks the syntax. */
        public Dns {
            host = HostName.orWildcard(host);
        }

        /**
         * The host name for people, in Unicode.
         *
         * <p>A label that is no valid U-label, or that mixes scripts as people do not, stays an A-label. One that is
         * wholly of look-alikes of another script is shown: compare A-labels to decide.
         */
        public String unicode() {
            return HostName.toUnicode(host);
        }

        @Override
        public byte[] encoded() {
            return Der.tagged(Tag.context(2), Encoding.ascii(host));
        }

        /** The host name. */
        @Override
        public String toString() {
            return host;
        }
    }

    /** An iPAddress of 4 or 16 octets; an IPv4-mapped IPv6 address is kept as one of 16. */
    final class Ip implements GeneralName {
        private final byte[] address;

        private Ip(byte[] address) {
            if (address.length != 4 && address.length != 16) {
                throw new IllegalArgumentException(
                        "address: " + address.length + " octets; an IPv4 address has 4 and an IPv6 address 16");
            }
            this.address = address.clone();
        }

        /** The octets, a copy. */
        public byte[] address() {
            return address.clone();
        }

        @Override
        public byte[] encoded() {
            return Der.tagged(Tag.context(7), address);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Ip that && Arrays.equals(address, that.address);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(address);
        }

        /** The address in its canonical text form (RFC 5952), which {@link GeneralName#of(String)} reads back. */
        @Override
        public String toString() {
            return IpLiteral.text(address);
        }
    }

    /**
     * An rfc822Name.
     *
     * @param address the e-mail address
     */
    record Email(String address) implements GeneralName {
        /** Checks the syntax and converts the host name to A-labels. */
        public Email {
            address = MailAddress.toAscii(address);
        }

        @Override
        public byte[] encoded() {
            return Der.tagged(Tag.context(1), Encoding.ascii(address));
        }

        /** The address. */
        @Override
        public String toString() {
            return address;
        }
    }

    /**
     * A uniformResourceIdentifier.
     *
     * @param uri absolute, in ASCII
     */
    record Uri(URI uri) implements GeneralName {
        /** Checks that it is absolute; converts its host to A-labels and other characters to percent (RFC 5280, 7.4). */
        public Uri {
            if (!uri.isAbsolute()) {
                throw new IllegalArgumentException(
                        "uri: \"" + Encoding.shown(uri.toString()) + "\" has no scheme; write an absolute URI");
            }
            uri = IriText.toAscii(uri);
        }

        @Override
        public byte[] encoded() {
            return Der.tagged(Tag.context(6), Encoding.ascii(uri.toString()));
        }

        /** The URI. */
        @Override
        public String toString() {
            return uri.toString();
        }
    }

    /**
     * A directoryName.
     *
     * @param name not null
     */
    record DirectoryName(DistinguishedName name) implements GeneralName {
        /** Checks for null. */
        public DirectoryName {
            Objects.requireNonNull(name, "name");
        }

        @Override
        public byte[] encoded() {
            return Der.tagged(Tag.constructed(4), name.encoded());
        }

        /** The name as RFC 4514 writes it. */
        @Override
        public String toString() {
            return name.toString();
        }
    }

    /**
     * A registeredID.
     *
     * @param oid in dotted form
     */
    record RegisteredId(String oid) implements GeneralName {
        /** Checks the syntax. */
        public RegisteredId {
            if (!Der.isOid(oid)) {
                throw new IllegalArgumentException(
                        "oid: \"" + Encoding.shown(oid) + "\" is no dotted object identifier");
            }
        }

        @Override
        public byte[] encoded() {
            byte[] encoded = Der.oid(oid);
            encoded[0] = (byte) Tag.context(8);
            return encoded;
        }

        /** The object identifier. */
        @Override
        public String toString() {
            return oid;
        }
    }

    /**
     * An otherName, or a name that is kept as it is encoded.
     *
     * <p>So are an x400Address, an ediPartyName, and a name of any kind whose content is malformed.
     */
    final class OtherName implements GeneralName {
        /** The type of a user principal name of Active Directory. */
        public static final String USER_PRINCIPAL_NAME = "1.3.6.1.4.1.311.20.2.3";
        /** The type of an e-mail address that is not ASCII (RFC 9598). */
        public static final String SMTP_UTF8_MAILBOX = "1.3.6.1.5.5.7.8.9";

        private static final int CLASS = 0xC0;
        private static final int CONTEXT = 0x80;
        private static final int NUMBER = 0x1F;
        private static final int LAST_KIND = 8;

        private final byte[] encoded;

        private OtherName(byte[] encoded) {
            this.encoded = encoded;
        }

        /**
         * A name of a type of one's own.
         *
         * @param typeOid in dotted form; not null
         * @param value the DER of the value; copied; not null
         * @throws IllegalArgumentException if the type is no object identifier, or the value is not one DER value
         */
        public static OtherName of(String typeOid, byte[] value) {
            if (!Der.isOid(typeOid)) {
                throw new IllegalArgumentException(
                        "typeOid: \"" + Encoding.shown(typeOid) + "\" is no dotted object identifier");
            }
            requireOneValue(value, "value");
            return new OtherName(
                    Der.tagged(Tag.constructed(0), Der.oid(typeOid), Der.tagged(Tag.constructed(0), value)));
        }

        /**
         * Keeps a GeneralName as it was encoded, also one whose content is malformed.
         *
         * @param encoded the DER with its implicit tag, [0] to [8]; copied; not null
         * @throws IllegalArgumentException if it is not one DER value with such a tag
         */
        public static OtherName verbatim(byte[] encoded) {
            requireOneValue(encoded, "encoded");
            if ((encoded[0] & CLASS) != CONTEXT || (encoded[0] & NUMBER) > LAST_KIND) {
                throw new IllegalArgumentException("encoded: its tag is none of a GeneralName, [0] to [8]");
            }
            return new OtherName(encoded.clone());
        }

        private static void requireOneValue(byte[] der, String argument) {
            if (!Rfc4514Writer.isOneValue(der)) {
                throw new IllegalArgumentException(argument + ": it is not one DER value");
            }
        }

        /** The type in dotted form, or empty if this is no well-formed otherName. */
        public Optional<String> typeOid() {
            return OtherNameReader.typeOid(encoded);
        }

        /** The DER of the value, a copy, or empty if this is no well-formed otherName. */
        public Optional<byte[]> value() {
            return OtherNameReader.value(encoded);
        }

        /** The value of an otherName that is one text; not checked, not safe to print. */
        public Optional<String> text() {
            return OtherNameReader.text(encoded);
        }

        @Override
        public byte[] encoded() {
            return encoded.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof OtherName that && Arrays.equals(encoded, that.encoded);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(encoded);
        }

        /** The kind of name and its content, as text where it is one, else in hexadecimal; safe to print. */
        @Override
        public String toString() {
            return OtherNameReader.shown(encoded);
        }
    }
}
