package dev.certkit.scep;

import dev.certkit.x509.SerialNumber;
import java.math.BigInteger;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;

/**
 * What a GetCert and a GetCRL ask about, RFC 8894, sections 3.3.4 and 3.3.5.
 *
 * @param issuer the authority's subject
 * @param serial as it came, perhaps none that a certificate can have
 */
record CertificateReference(X500Principal issuer, BigInteger serial) {
    static CertificateReference decode(byte[] encoded) throws ScepException {
        return Asn1.read(encoded, "IssuerAndSerialNumber", CertificateReference::of);
    }

    private static CertificateReference of(ASN1Primitive value) {
        IssuerAndSerialNumber structure = IssuerAndSerialNumber.getInstance(value);
        return new CertificateReference(
                new X500Principal(Asn1.der(structure.getName())),
                structure.getSerialNumber().getValue());
    }

    /** Empty if no certificate has such a number. */
    static Optional<SerialNumber> serial(BigInteger value) {
        try {
            return Optional.of(new SerialNumber(value));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
