package dev.certkit.scep;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Objects;

/** A private key and the certificate that names it in messages, to sign with or to open with. */
record MessageKey(PrivateKey privateKey, X509Certificate certificate) {
    MessageKey {
        Objects.requireNonNull(privateKey, "privateKey");
        Objects.requireNonNull(certificate, "certificate");
    }

    /** Nothing of the key. */
    @Override
    public String toString() {
        return "MessageKey[" + certificate.getSubjectX500Principal() + "]";
    }
}
