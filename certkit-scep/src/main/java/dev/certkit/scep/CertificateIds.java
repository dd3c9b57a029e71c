package dev.certkit.scep;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;

/** How CMS names a certificate: by issuer and serial number, or by subject key identifier (RFC 5652, section 5.3). */
final class CertificateIds {
    private CertificateIds() {}

    static Certificate structure(X509Certificate certificate) {
        return Certificate.getInstance(encoded(certificate));
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("certificate: has no encoding", e);
        }
    }

    static IssuerAndSerialNumber issuerAndSerial(X509Certificate certificate) {
        return new IssuerAndSerialNumber(structure(certificate));
    }

    /** Whether the content of a SignerIdentifier or RecipientIdentifier names the certificate. */
    static boolean names(ASN1Encodable id, Certificate certificate) {
        if (id instanceof ASN1OctetString keyId) {
            return subjectKeyIdentifier(certificate).filter(keyId::equals).isPresent();
        }
        IssuerAndSerialNumber number = IssuerAndSerialNumber.getInstance(id);
        return number.getSerialNumber().equals(certificate.getSerialNumber())
                && number.getName().equals(certificate.getIssuer());
    }

    private static Optional<ASN1OctetString> subjectKeyIdentifier(Certificate certificate) {
        return Optional.ofNullable(certificate.getTBSCertificate().getExtensions())
                .map(extensions -> extensions.getExtensionParsedValue(Extension.subjectKeyIdentifier))
                .map(ASN1OctetString::getInstance);
    }
}
