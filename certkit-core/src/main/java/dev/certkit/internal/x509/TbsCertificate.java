package dev.certkit.internal.x509;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.SerialNumber;
import dev.certkit.x509.Validity;
import java.io.ByteArrayInputStream;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** A certificate before it is signed (RFC 5280, 4.1). */
public record TbsCertificate(
        SerialNumber serial,
        DistinguishedName issuer,
        Validity validity,
        DistinguishedName subject,
        SubjectPublicKeyInfo key,
        Extensions extensions) {
    private static final byte[] VERSION_3 = Der.tagged(Tag.constructed(0), Der.integer(2));

    /**
     * Signs it with the issuer's key and gives the certificate.
     *
     * @throws UnreadableCertificateException if Java does not understand what was asked for
     */
    public X509Certificate signedBy(PrivateKey issuerKey, SignatureAlgorithm algorithm, CryptoProviders providers) {
        return certificate(encodedBy(issuerKey, algorithm, providers));
    }

    /** Signs it with the issuer's key and gives the DER, which Java has not read yet. */
    public byte[] encodedBy(PrivateKey issuerKey, SignatureAlgorithm algorithm, CryptoProviders providers) {
        byte[] identifier = algorithm.algorithmIdentifier();
        byte[] toBeSigned = Der.sequence(
                VERSION_3,
                Der.integer(serial.value()),
                identifier,
                issuer.encoded(),
                Der.sequence(Der.time(validity.notBefore()), Der.time(validity.notAfter())),
                subject.encoded(),
                key.encoded(),
                Der.tagged(Tag.constructed(3), extensions.encoded()));
        byte[] signature = providers.sign(algorithm, issuerKey, toBeSigned);
        return Der.sequence(toBeSigned, identifier, Der.bitString(signature));
    }

    private static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new UnreadableCertificateException(e);
        }
    }
}
