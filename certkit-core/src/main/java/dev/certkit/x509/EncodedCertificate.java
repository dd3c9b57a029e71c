package dev.certkit.x509;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Nesting;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.KeyType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A certificate as its DER, read field by field when asked (RFC 5280, section 4.1).
 *
 * <p>Its structure is checked when it is made, in about a microsecond; nothing is computed before it is asked for, and
 * nothing but the DER is held. Nothing is said about its signature or trust, and what it contains may be nonsense: also
 * a certificate that Java cannot make an object of can be looked at. Immutable and thread safe.
 */
public final class EncodedCertificate {
    private static final int MAX_DEPTH = 32;

    private final byte[] der;

    private EncodedCertificate(byte[] der) {
        this.der = der;
    }

    /**
     * Takes the DER of one certificate.
     *
     * @param der copied; not null
     * @throws IOException if it is not structured as a certificate, saying where
     */
    public static EncodedCertificate decode(byte[] der) throws IOException {
        byte[] copy = der.clone();
        CertificateFields.check(copy);
        return new EncodedCertificate(copy);
    }

    /**
     * The same certificate in this form.
     *
     * @param certificate not null
     * @throws IllegalArgumentException if it cannot be encoded, which no certificate that was read does
     */
    public static EncodedCertificate of(X509Certificate certificate) {
        try {
            return decode(certificate.getEncoded());
        } catch (CertificateEncodingException | IOException e) {
            throw new IllegalArgumentException("certificate: its encoding is none of a certificate", e);
        }
    }

    /** The DER, a copy. */
    public byte[] encoded() {
        return der.clone();
    }

    /** The SHA-256 of the DER. */
    public Fingerprint fingerprint() {
        return Fingerprint.sha256(der);
    }

    /** The serial number; also zero, negative or longer than 20 octets, as it stands there. */
    public BigInteger serialNumber() {
        return new BigInteger(field(CertificateFields.SERIAL_NUMBER).content());
    }

    /** Who issued it. */
    public DistinguishedName issuer() {
        return DistinguishedName.verbatim(field(CertificateFields.ISSUER).encoded());
    }

    /** Who it is for. */
    public DistinguishedName subject() {
        return DistinguishedName.verbatim(field(CertificateFields.SUBJECT).encoded());
    }

    /** The first second at which it is valid. */
    public Instant notBefore() {
        return CertificateFields.times(der)[0];
    }

    /** The last second at which it is valid. */
    public Instant notAfter() {
        return CertificateFields.times(der)[1];
    }

    /** The SubjectPublicKeyInfo, a copy (RFC 5280, section 4.1.2.7). */
    public byte[] subjectPublicKeyInfo() {
        return field(CertificateFields.KEY).encoded();
    }

    /** The algorithm that it says it is signed with, in dotted form. */
    public String signatureAlgorithmOid() {
        return CertificateFields.signatureAlgorithm(der);
    }

    /**
     * The hash that it says it is signed with, by its JCA name, for example {@code SHA-256} or {@code SHA-1}.
     *
     * @return empty if the algorithm brings its own, as Ed25519 and ML-DSA do, or is not known here
     */
    public Optional<String> signatureHash() {
        return SignatureFacts.hash(CertificateFields.outer(der, 1));
    }

    /**
     * Whether it names itself as issuer and its signature verifies under its own key, whatever the hash and key size.
     *
     * <p>A statement about what it is, not about trust. One signature is checked by each call.
     */
    public boolean isSelfSigned() {
        return SignatureFacts.isSelfSigned(this);
    }

    /** Whether issuer and subject are the same name, which says nothing about who signed it (RFC 5280, section 3.2). */
    public boolean isSelfIssued() {
        return SignatureFacts.isSelfIssued(this);
    }

    /** The kind of its key, or empty if it is a kind that certkit does not make. */
    public Optional<KeyType> keyType() {
        return KeyFacts.type(subjectPublicKeyInfo());
    }

    /** The DER of the signature algorithm's parameters, empty if it has none. */
    byte[] signatureParameters() throws DerException {
        DerReader algorithm = CertificateFields.outer(der, 1).children();
        algorithm.next(Tag.OID);
        return algorithm.hasNext() ? algorithm.next().encoded() : new byte[0];
    }

    /** What is signed, a copy. */
    public byte[] toBeSigned() {
        return CertificateFields.outer(der, 0).encoded();
    }

    /** The signature value, a copy. */
    public byte[] signature() {
        return CertificateFields.outer(der, 2).content(1);
    }

    /**
     * One extension.
     *
     * @param oid in dotted form; not null
     * @return empty if it does not have it
     */
    public Optional<Extension> extension(String oid) {
        return extensions().stream()
                .filter(extension -> extension.oid().equals(oid))
                .findFirst();
    }

    /** All extensions, in its order. */
    public List<Extension> extensions() {
        return CertificateFields.extensions(der);
    }

    /**
     * The same certificate as a JCA object, made anew by each call.
     *
     * @throws IOException if Java cannot read it
     */
    public X509Certificate toX509Certificate() throws IOException {
        try {
            // The JDK's parser takes indefinite lengths too, by recursion or in time that grows with their square.
            Nesting.check(der, MAX_DEPTH);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (DerException | CertificateException | RuntimeException e) {
            // The JDK's parser answers some damaged names and extensions with unchecked exceptions.
            throw new IOException("Java cannot read the certificate of " + subject() + "; have it issued anew", e);
        }
    }

    private DerValue field(int index) {
        return CertificateFields.field(der, index);
    }

    /** Whether it is the same DER. */
    @Override
    public boolean equals(Object other) {
        return other instanceof EncodedCertificate that && Arrays.equals(der, that.der);
    }

    /** Quick, because verdicts look certificates up: a few dozen nanoseconds for all of the DER. */
    @Override
    public int hashCode() {
        CRC32C sum = new CRC32C();
        sum.update(der);
        return (int) sum.getValue();
    }

    /** The subject and the serial number, safe to print. */
    @Override
    public String toString() {
        return subject() + ", serial number " + serialNumber().toString(16);
    }

    /** One extension of a certificate (RFC 5280, section 4.2). */
    public static final class Extension {
        private final String oid;
        private final boolean critical;
        private final byte[] value;

        private Extension(String oid, boolean critical, byte[] value) {
            this.oid = oid;
            this.critical = critical;
            this.value = value;
        }

        /** Fails unless it can be read. */
        static void check(DerReader fields) throws DerException {
            fields.next(Tag.OID).checkOid();
            Optional<DerValue> critical = fields.nextIf(Tag.BOOLEAN);
            if (critical.isPresent()) {
                critical.get().bool();
            }
            fields.next(Tag.OCTET_STRING);
            fields.end();
        }

        /**
         * An extension to be put into a request or a certificate, not critical.
         *
         * @param oid in dotted form; not null
         * @param value the DER inside, not checked; copied; not null
         * @throws IllegalArgumentException if it is no object identifier
         */
        public static Extension of(String oid, byte[] value) {
            if (!Der.isOid(oid)) {
                throw new IllegalArgumentException(
                        "oid: \"" + Encoding.shown(oid) + "\" is no dotted object identifier");
            }
            return new Extension(oid, false, value.clone());
        }

        /** The same, to be refused by who does not understand it. */
        public Extension asCritical() {
            return new Extension(oid, true, value);
        }

        static Extension read(DerReader fields) throws DerException {
            String oid = fields.next(Tag.OID).oid();
            Optional<DerValue> critical = fields.nextIf(Tag.BOOLEAN);
            Extension extension = new Extension(
                    oid,
                    critical.isPresent() && critical.get().bool(),
                    fields.next(Tag.OCTET_STRING).content());
            fields.end();
            return extension;
        }

        /** The object identifier in dotted form. */
        public String oid() {
            return oid;
        }

        /** Whether a certificate must be refused by who does not understand it. */
        public boolean critical() {
            return critical;
        }

        /** The DER inside, not checked; a copy. */
        public byte[] value() {
            return value.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Extension that
                    && oid.equals(that.oid)
                    && critical == that.critical
                    && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return 31 * oid.hashCode() + Arrays.hashCode(value);
        }

        /** The object identifier and the value in hexadecimal. */
        @Override
        public String toString() {
            return oid + (critical ? " (critical)=#" : "=#") + Encoding.hex(value);
        }
    }
}
