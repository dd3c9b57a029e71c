package dev.certkit.format;

import dev.certkit.internal.der.Ber;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Nesting;
import dev.certkit.internal.der.Tag;
import dev.certkit.internal.text.ForeignText;
import dev.certkit.key.CryptoProviders;
import dev.certkit.x509.EncodedCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.List;

/** DER to certificates: bare, several in a row, or in a PKCS#7 bag. */
final class CertificateDecoder {
    private static final String NONE = "it is no certificate, or a damaged one";

    private final String what;
    private final DecodingLimits limits;
    private final Decoding decoding;

    CertificateDecoder(String what, DecodingLimits limits) {
        this.what = what;
        this.limits = limits;
        this.decoding = Decoding.of(what, limits);
    }

    List<X509Certificate> decode(byte[] der) throws MalformedEncodingException {
        return decode(der, CertificateDecoder::certificate);
    }

    /** The same without Java's objects: what is in them is not looked at. */
    List<EncodedCertificate> decodeEncoded(byte[] der) throws MalformedEncodingException {
        return decode(der, CertificateDecoder::encoded);
    }

    private interface Form<T> {
        T of(CertificateDecoder decoder, byte[] der) throws MalformedEncodingException;
    }

    private <T> List<T> decode(byte[] der, Form<T> form) throws MalformedEncodingException {
        try {
            byte[] definite = Ber.toDefinite(der, limits.maxDepth());
            List<T> certificates = new ArrayList<>(1);
            for (DerReader values = DerReader.of(definite); values.hasNext(); ) {
                DerValue value = values.next();
                if (!value.is(Tag.SEQUENCE)) {
                    // Behind a TRUSTED CERTIFICATE, OpenSSL appends its own trust settings.
                    continue;
                }
                DerReader inside = value.children();
                if (inside.hasNext(Tag.OID)) {
                    bag(inside, certificates, form);
                } else if (inside.hasNext(Tag.SEQUENCE) && hasThreeParts(value)) {
                    add(value, certificates, form);
                }
            }
            if (certificates.isEmpty()) {
                throw new MalformedEncodingException(what, "it holds no certificate");
            }
            return certificates;
        } catch (DerException e) {
            throw decoding.damaged(e);
        }
    }

    /** One certificate and nothing else. */
    X509Certificate decodeOne(byte[] der) throws MalformedEncodingException {
        try {
            Nesting.check(der, limits.maxDepth());
        } catch (DerException e) {
            throw decoding.damaged(e);
        }
        return decodeWalked(der);
    }

    /** The same, out of something whose depth was checked. */
    X509Certificate decodeWalked(byte[] der) throws MalformedEncodingException {
        try {
            DerReader.single(der, Tag.SEQUENCE);
            new CertificateBounds(decoding).check(der);
            return certificate(der);
        } catch (DerException e) {
            throw decoding.damaged(e);
        }
    }

    private static boolean hasThreeParts(DerValue value) throws DerException {
        DerReader inside = value.children();
        inside.next();
        return inside.nextIf(Tag.SEQUENCE).isPresent()
                && inside.nextIf(Tag.BIT_STRING).isPresent();
    }

    private <T> void bag(DerReader contentInfo, List<T> certificates, Form<T> form)
            throws DerException, MalformedEncodingException {
        for (DerValue each : SignedBag.of(contentInfo, what).certificates()) {
            add(each, certificates, form);
        }
    }

    private <T> void add(DerValue value, List<T> certificates, Form<T> form) throws MalformedEncodingException {
        limits.checkItems(what, certificates.size(), "certificates");
        CertificateDecoder each = certificates.isEmpty()
                ? this
                : new CertificateDecoder(what + ", certificate " + (certificates.size() + 1), limits);
        byte[] der = value.encoded();
        try {
            new CertificateBounds(each.decoding).check(der);
        } catch (DerException e) {
            throw each.decoding.damaged(e);
        }
        certificates.add(form.of(each, der));
    }

    private X509Certificate certificate(byte[] der) throws MalformedEncodingException {
        // Java passes over octets behind the extensions, and then sees none of them.
        encoded(der);
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            if (certificate == null) {
                throw new MalformedEncodingException(what, "it is no certificate");
            }
            return certificate;
        } catch (CertificateException | RuntimeException e) {
            // The JDK's parser answers some damaged names and extensions with unchecked exceptions.
            throw new MalformedEncodingException(what, NONE + detail(e) + ofKey(der), e);
        }
    }

    /** Java also refuses keys, and does not say by which rule. */
    private static String ofKey(byte[] der) {
        try {
            CryptoProviders.standard().publicKey(EncodedCertificate.decode(der).subjectPublicKeyInfo());
            return "";
        } catch (InvalidKeySpecException e) {
            return "; its key: " + e.getMessage();
        } catch (IOException e) {
            return "";
        }
    }

    private EncodedCertificate encoded(byte[] der) throws MalformedEncodingException {
        try {
            return EncodedCertificate.decode(der);
        } catch (IOException e) {
            throw new MalformedEncodingException(what, NONE + detail(e), e);
        }
    }

    private static String detail(Exception e) {
        return e.getMessage() == null ? "" : ": " + ForeignText.shownAtLength(e.getMessage());
    }
}
