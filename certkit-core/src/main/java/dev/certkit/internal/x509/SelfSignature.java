package dev.certkit.internal.x509;

import dev.certkit.x509.EncodedCertificate;

/** Whether a certificate is signed with its own key (RFC 5280, 3.2), whatever the hash. */
public final class SelfSignature {
    private SelfSignature() {}

    public static boolean holds(EncodedCertificate certificate) {
        return certificate.isSelfSigned();
    }
}
