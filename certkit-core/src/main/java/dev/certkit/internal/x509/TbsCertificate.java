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
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/**
 * A certificate before it is signed (RFC 5280, 4.1).
 *
 * @param spki the DER of the subject's public key
 */
public record TbsCertificate(
        SerialNumber serial,
        DistinguishedName issuer,
        Validity validity,
        DistinguishedName subject,
        byte[] spki,
        Extensions extensions) {
    private static final byte[] VERSION_3 = Der.tagged(Tag.constructed(0), Der.integer(2));

    /** Signs it with the issuer's key and gives the certificate. */
    public X509Certificate signedBy(PrivateKey key, SignatureAlgorithm algorithm, CryptoProviders providers) {
        byte[] identifier = algorithm.algorithmIdentifier();
        byte[] toBeSigned = Der.sequence(
                VERSION_3,
                Der.integer(serial.value()),
                identifier,
                issuer.encoded(),
                Der.sequence(Der.time(validity.notBefore()), Der.time(validity.notAfter())),
                subject.encoded(),
                spki,
                Der.tagged(Tag.constructed(3), extensions.encoded()));
        byte[] signature = providers.sign(algorithm, key, toBeSigned);
        return certificate(Der.sequence(toBeSigned, identifier, Der.bitString(signature)));
    }

    /** The DER of a public key, refused if its provider cannot give it. */
    public static byte[] spki(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new IllegalArgumentException("key: the public key has no encoding; take it from a certificate");
        }
        return encoded;
    }

    private static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalStateException("this Java does not read the certificate that was made", e);
        }
    }
}
