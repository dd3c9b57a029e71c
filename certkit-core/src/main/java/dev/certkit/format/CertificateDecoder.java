package dev.certkit.format;

import dev.certkit.internal.der.Ber;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Nesting;
import dev.certkit.internal.der.Tag;
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
    private static final int MAX_CERTIFICATE = 64 << 10;

    private final String what;
    private final DecodingLimits limits;

    CertificateDecoder(String what, DecodingLimits limits) {
        this.what = what;
        this.limits = limits;
    }

    List<X509Certificate> decode(byte[] der) throws MalformedEncodingException {
        try {
            byte[] definite = Ber.toDefinite(der, limits.maxDepth());
            List<X509Certificate> certificates = new ArrayList<>();
            for (DerReader values = DerReader.of(definite); values.hasNext(); ) {
                DerValue value = values.next();
                if (!value.is(Tag.SEQUENCE)) {
                    // Behind a TRUSTED CERTIFICATE, OpenSSL appends its own trust settings.
                    continue;
                }
                DerReader inside = value.children();
                if (inside.hasNext(Tag.OID)) {
                    bag(inside, certificates);
                } else if (inside.hasNext(Tag.SEQUENCE) && hasThreeParts(value)) {
                    add(value, certificates);
                }
            }
            if (certificates.isEmpty()) {
                throw new MalformedEncodingException(what, "it holds no certificate");
            }
            return certificates;
        } catch (DerException e) {
            throw new MalformedEncodingException(what, e.getMessage() + "; copy or export it again", e);
        }
    }

    /** One certificate and nothing else. */
    X509Certificate decodeOne(byte[] der) throws MalformedEncodingException {
        try {
            Nesting.check(der, limits.maxDepth());
            List<X509Certificate> certificates = new ArrayList<>();
            add(DerReader.single(der, Tag.SEQUENCE), certificates);
            return certificates.get(0);
        } catch (DerException e) {
            throw new MalformedEncodingException(what, e.getMessage() + "; copy or export it again", e);
        }
    }

    private static boolean hasThreeParts(DerValue value) throws DerException {
        DerReader inside = value.children();
        inside.next();
        return inside.nextIf(Tag.SEQUENCE).isPresent()
                && inside.nextIf(Tag.BIT_STRING).isPresent();
    }

    private void bag(DerReader contentInfo, List<X509Certificate> certificates)
            throws DerException, MalformedEncodingException {
        for (DerValue each : SignedBag.of(contentInfo, what).certificates()) {
            add(each, certificates);
        }
    }

    private void add(DerValue value, List<X509Certificate> certificates) throws MalformedEncodingException {
        if (certificates.size() == limits.maxItems()) {
            throw new MalformedEncodingException(what, "more than " + limits.maxItems() + " certificates");
        }
        byte[] der = value.encoded();
        if (der.length > MAX_CERTIFICATE) {
            throw new MalformedEncodingException(
                    what, "a certificate of " + der.length + " octets; 65536 are accepted");
        }
        certificates.add(certificate(der));
    }

    private X509Certificate certificate(byte[] der) throws MalformedEncodingException {
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            if (certificate == null) {
                throw new MalformedEncodingException(what, "it is no certificate");
            }
            return certificate;
        } catch (CertificateException | RuntimeException e) {
            // The JDK's parser answers some damaged names and extensions with unchecked exceptions.
            throw new MalformedEncodingException(
                    what, "it is no certificate, or a damaged one" + detail(e) + ofKey(der), e);
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

    private static String detail(Exception e) {
        return e.getMessage() == null ? "" : ": " + e.getMessage().replaceAll("\\p{Cntrl}", " ");
    }
}
