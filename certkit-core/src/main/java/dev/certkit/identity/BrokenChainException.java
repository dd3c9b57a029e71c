package dev.certkit.identity;

import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.security.cert.X509Certificate;

/** Certificates that were given as a chain are none; nothing was changed. */
public final class BrokenChainException extends IOException {
    private static final long serialVersionUID = 1L;

    private final X509Certificate certificate;
    private final String fault;

    BrokenChainException(X509Certificate certificate, X509Certificate issuer, String fault) {
        super("the certificate of " + DistinguishedName.of(certificate.getSubjectX500Principal())
                + " is not issued by the next, " + DistinguishedName.of(issuer.getSubjectX500Principal()) + ": " + fault
                + "; give the chain leaf first, or have it put in order with CertificateChain.assemble");
        this.certificate = certificate;
        this.fault = fault;
    }

    /** The certificate whose issuer does not follow. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** What is wrong between the two. */
    public String fault() {
        return fault;
    }
}
