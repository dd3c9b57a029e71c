package dev.certkit.scep;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.x509.Certificate;

/** The certificate that a message names as its signer's; read when asked for, which a client never does. Thread safe. */
final class PresentedSigner {
    private final ASN1Encodable id;
    private final Optional<ASN1Set> certificates;
    private volatile Optional<Optional<X509Certificate>> found = Optional.empty();

    PresentedSigner(ASN1Encodable id, Optional<ASN1Set> certificates) {
        this.id = id;
        this.certificates = certificates;
    }

    /** Empty if it does not travel along, or cannot be read. */
    Optional<X509Certificate> certificate() {
        Optional<Optional<X509Certificate>> known = found;
        Optional<X509Certificate> certificate = known.isPresent() ? known.get() : certificates.flatMap(this::among);
        found = Optional.of(certificate);
        return certificate;
    }

    private Optional<X509Certificate> among(ASN1Set all) {
        try {
            for (ASN1Encodable each : all) {
                Optional<Certificate> structure = CertsOnly.structure(each);
                if (structure.isPresent() && CertificateIds.names(id, structure.get())) {
                    return CertsOnly.certificate(structure.get());
                }
            }
        } catch (RuntimeException e) {
            // The structure classes answer hostile values with casts, index errors and more, at any access.
        }
        return Optional.empty();
    }
}
