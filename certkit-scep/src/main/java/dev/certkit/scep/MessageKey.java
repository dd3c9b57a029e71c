package dev.certkit.scep;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Objects;
import org.bouncycastle.asn1.x509.Certificate;
import org.jspecify.annotations.Nullable;

/** A private key and the certificate that names it in messages, to sign with or to open with. Thread safe. */
final class MessageKey {
    private final PrivateKey privateKey;
    private final X509Certificate certificate;
    private volatile @Nullable Certificate structure;

    MessageKey(PrivateKey privateKey, X509Certificate certificate) {
        this.privateKey = Objects.requireNonNull(privateKey, "privateKey");
        this.certificate = Objects.requireNonNull(certificate, "certificate");
    }

    PrivateKey privateKey() {
        return privateKey;
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** The certificate as messages hold it, read once. */
    Certificate structure() {
        Certificate read = structure;
        if (read == null) {
            read = CertificateIds.structure(certificate);
            structure = read;
        }
        return read;
    }

    /** Nothing of the key. */
    @Override
    public String toString() {
        return "MessageKey[" + certificate.getSubjectX500Principal() + "]";
    }
}
