package dev.certkit.shelf.trust;

import dev.certkit.internal.der.NameForm;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;

/**
 * By what the lists find a certificate; follows from its octets alone.
 *
 * @param signedPart the digest of what is signed, the same however the signature is written
 */
record Marks(EncodedCertificate certificate, Fingerprint fingerprint, Fingerprint signedPart, NameForm issuer) {
    static Marks of(EncodedCertificate certificate) {
        return new Marks(
                certificate,
                certificate.fingerprint(),
                Fingerprint.sha256(certificate.toBeSigned()),
                NameForm.of(certificate.issuer().encoded()));
    }
}
