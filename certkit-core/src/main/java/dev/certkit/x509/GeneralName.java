package dev.certkit.x509;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import java.net.URI;
import java.util.Arrays;
import java.util.Objects;

/**
 * One name of a subject alternative name: host, address, e-mail, URI, directory name or other name.
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
     * A host name, or a wildcard for one whole leftmost label.
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
     * @param address ASCII with one {@code @} and a host name behind it; not null
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
            host = HostName.toAscii(host);
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

    /** An iPAddress of 4 or 16 octets. */
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
        /** Checks the syntax. */
        public Email {
            int at = address.lastIndexOf('@');
            if (at < 1 || !Encoding.isVisibleAscii(address)) {
                throw new IllegalArgumentException("address: \"" + Encoding.shown(address)
                        + "\" is no e-mail address; write name@host.example in ASCII");
            }
            HostName.toAscii(address.substring(at + 1));
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
     * @param uri absolute
     */
    record Uri(URI uri) implements GeneralName {
        /** Checks that it is absolute. */
        public Uri {
            if (!uri.isAbsolute()) {
                throw new IllegalArgumentException(
                        "uri: \"" + Encoding.shown(uri.toString()) + "\" has no scheme; write an absolute URI");
            }
        }

        @Override
        public byte[] encoded() {
            return Der.tagged(Tag.context(6), Encoding.ascii(uri.toASCIIString()));
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

    /** An otherName, or a kind of name that certkit keeps without understanding it. */
    final class OtherName implements GeneralName {
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

        /** The octets in hexadecimal. */
        @Override
        public String toString() {
            return "otherName:" + Encoding.hex(encoded);
        }
    }
}
