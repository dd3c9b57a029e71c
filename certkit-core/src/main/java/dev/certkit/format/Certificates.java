package dev.certkit.format;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.internal.x509.GeneralNames;
import dev.certkit.internal.x509.Oids;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.GeneralName;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Reads and writes certificates: PEM text (RFC 7468), DER, and PKCS#7 certificate bags (RFC 2315).
 *
 * <p>The form is told by the content. The order is kept as it came. Finding no certificate at all is an error. Stateless
 * and thread safe.
 */
public final class Certificates {
    private Certificates() {}

    /**
     * Reads all certificates of a text, with {@linkplain DecodingLimits#standard() standard limits}.
     *
     * @param text PEM blocks with anything around them; keys and requests are passed over; not null
     * @return at least one, in the order of the text
     * @throws MalformedEncodingException if there is none, or one is damaged, naming the block
     */
    public static List<X509Certificate> parse(String text) throws MalformedEncodingException {
        return parse(text, DecodingLimits.standard());
    }

    /**
     * Reads all certificates of a text.
     *
     * @param text PEM blocks with anything around them; keys and requests are passed over; not null
     * @param limits not null
     * @return at least one, in the order of the text
     * @throws MalformedEncodingException if there is none, one is damaged, or a limit is exceeded, naming the block
     */
    public static List<X509Certificate> parse(String text, DecodingLimits limits) throws MalformedEncodingException {
        return parse(text, limits, CertificateDecoder::decode);
    }

    /**
     * Reads all certificates of a text as they stand there, with {@linkplain DecodingLimits#standard() standard limits}.
     *
     * <p>Many times as fast as {@link #parse(String)}, since no JCA object is made before one is asked for.
     *
     * @param text PEM blocks with anything around them; keys and requests are passed over; not null
     * @return at least one, in the order of the text
     * @throws MalformedEncodingException if there is none, or one is damaged, naming the block
     */
    public static List<EncodedCertificate> parseEncoded(String text) throws MalformedEncodingException {
        return parseEncoded(text, DecodingLimits.standard());
    }

    /**
     * Reads all certificates of a text as they stand there, without making JCA objects.
     *
     * @param text PEM blocks with anything around them; keys and requests are passed over; not null
     * @param limits not null
     * @return at least one, in the order of the text
     * @throws MalformedEncodingException if there is none, one is damaged, or a limit is exceeded, naming the block
     */
    public static List<EncodedCertificate> parseEncoded(String text, DecodingLimits limits)
            throws MalformedEncodingException {
        return parse(text, limits, CertificateDecoder::decodeEncoded);
    }

    private interface Form<T> {
        List<T> of(CertificateDecoder decoder, byte[] der) throws MalformedEncodingException;
    }

    private static <T> List<T> parse(String text, DecodingLimits limits, Form<T> form)
            throws MalformedEncodingException {
        List<T> found = new ArrayList<>();
        for (PemBlock block : PemBlock.split(text, limits)) {
            if (block.label().equals("CERTIFICATE") || !block.isAbout("KEY", "REQUEST", "CRL", "PARAMETERS")) {
                found.addAll(form.of(new CertificateDecoder(block.where(), limits), block.decoded()));
            }
        }
        return checked("text", found, limits);
    }

    /**
     * Reads all certificates of a file's or an answer's bytes, with standard limits.
     *
     * @param bytes PEM text, one or more DER certificates, or a PKCS#7 bag in DER or BER; not null
     * @return at least one, in the order of the input
     * @throws MalformedEncodingException if there is none, or one is damaged
     */
    public static List<X509Certificate> decode(byte[] bytes) throws MalformedEncodingException {
        return decode(bytes, DecodingLimits.standard());
    }

    /**
     * Reads all certificates of a file's or an answer's bytes.
     *
     * @param bytes PEM text, one or more DER certificates, or a PKCS#7 bag in DER or BER; not null
     * @param limits not null
     * @return at least one, in the order of the input
     * @throws MalformedEncodingException if there is none, one is damaged, or a limit is exceeded
     */
    public static List<X509Certificate> decode(byte[] bytes, DecodingLimits limits) throws MalformedEncodingException {
        return decode(bytes, limits, CertificateDecoder::decode);
    }

    /**
     * Reads all certificates of a file's or an answer's bytes as they stand there, with standard limits.
     *
     * <p>Many times as fast as {@link #decode(byte[])}, since no JCA object is made before one is asked for.
     *
     * @param bytes PEM text, one or more DER certificates, or a PKCS#7 bag in DER or BER; not null
     * @return at least one, in the order of the input
     * @throws MalformedEncodingException if there is none, or one is damaged
     */
    public static List<EncodedCertificate> decodeEncoded(byte[] bytes) throws MalformedEncodingException {
        return decodeEncoded(bytes, DecodingLimits.standard());
    }

    /**
     * Reads all certificates of a file's or an answer's bytes as they stand there, without making JCA objects.
     *
     * @param bytes PEM text, one or more DER certificates, or a PKCS#7 bag in DER or BER; not null
     * @param limits not null
     * @return at least one, in the order of the input
     * @throws MalformedEncodingException if there is none, one is damaged, or a limit is exceeded
     */
    public static List<EncodedCertificate> decodeEncoded(byte[] bytes, DecodingLimits limits)
            throws MalformedEncodingException {
        return decode(bytes, limits, CertificateDecoder::decodeEncoded);
    }

    private static <T> List<T> decode(byte[] bytes, DecodingLimits limits, Form<T> form)
            throws MalformedEncodingException {
        limits.checkSize("certificates", bytes.length);
        if (PemBlock.isText(bytes)) {
            return parse(PemBlock.text(bytes), limits, form);
        }
        return checked("bytes", form.of(new CertificateDecoder("certificate", limits), bytes), limits);
    }

    private static <T> List<T> checked(String what, List<T> found, DecodingLimits limits)
            throws MalformedEncodingException {
        if (found.isEmpty()) {
            throw new MalformedEncodingException(
                    what, "no certificate in it; give PEM text with BEGIN CERTIFICATE, DER, or a PKCS#7 file");
        }
        limits.check(DecodingLimits.Bound.ITEMS, what, found.size(), "certificates");
        return List.copyOf(found);
    }

    /**
     * Writes certificates as PEM text, one block each, in the order given.
     *
     * @param certificates not null
     * @throws IllegalArgumentException if one cannot be encoded
     */
    public static String toPem(Collection<X509Certificate> certificates) {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            pem.append(toPem(certificate));
        }
        return pem.toString();
    }

    /**
     * Writes a certificate as PEM text.
     *
     * @param certificate not null
     * @throws IllegalArgumentException if it cannot be encoded
     */
    public static String toPem(X509Certificate certificate) {
        return PemBlock.encode("CERTIFICATE", der(certificate));
    }

    /**
     * Writes a PKCS#7 bag of certificates in DER, the form of {@code .p7b} files (RFC 2315, section 9).
     *
     * <p>DER sorts them, so that a reader must not rely on their order.
     *
     * @param certificates not null
     * @throws IllegalArgumentException if one cannot be encoded
     */
    public static byte[] toPkcs7(Collection<X509Certificate> certificates) {
        List<byte[]> each = certificates.stream().map(Certificates::der).toList();
        byte[] sorted = Der.setOf(each);
        byte[] content = contentOf(sorted);
        return Der.sequence(
                Der.oid(SignedBag.SIGNED_DATA),
                Der.tagged(
                        Tag.constructed(0),
                        Der.sequence(
                                Der.integer(1),
                                Der.setOf(List.of()),
                                Der.sequence(Der.oid("1.2.840.113549.1.7.1")),
                                Der.tagged(Tag.constructed(0), content),
                                Der.setOf(List.of()))));
    }

    private static byte[] contentOf(byte[] set) {
        try {
            return DerReader.single(set, Tag.SET).content();
        } catch (DerException e) {
            throw new IllegalStateException("a SET that was encoded here is malformed", e);
        }
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("certificate: cannot be encoded", e);
        }
    }

    /**
     * The subject alternative names of a certificate (RFC 5280, section 4.2.1.6), in its order.
     *
     * @param certificate not null
     * @return empty if it has none; a malformed name or one of an unknown kind is an
     *     {@link dev.certkit.x509.GeneralName.OtherName}
     * @throws MalformedEncodingException if the extension as a whole is damaged
     */
    public static List<GeneralName> subjectAlternativeNames(X509Certificate certificate)
            throws MalformedEncodingException {
        byte[] wrapped = certificate.getExtensionValue(Oids.SUBJECT_ALTERNATIVE_NAME);
        if (wrapped == null) {
            return List.of();
        }
        try {
            return GeneralNames.decode(
                    DerReader.single(wrapped, Tag.OCTET_STRING).octets());
        } catch (DerException e) {
            throw new MalformedEncodingException("subject alternative names", e.getMessage(), e);
        }
    }
}
