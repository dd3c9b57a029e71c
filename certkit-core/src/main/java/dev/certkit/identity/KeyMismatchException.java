package dev.certkit.identity;

import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;

/** A private key does not belong to a certificate or request; nothing was changed. */
public final class KeyMismatchException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 5;

    private final String what;

    KeyMismatchException(String what, String keyAlgorithm) {
        this(
                what,
                new StringBuilder("the ")
                        .append(keyAlgorithm)
                        .append(" private key does not belong to ")
                        .append(what)
                        .append("; give the key with which it was requested"));
    }

    private KeyMismatchException(String what, CharSequence message) {
        super(message.toString());
        this.what = what;
    }

    /**
     * States that certificates were given for a key, and none is for it.
     *
     * @param key which key, for example {@code the pending key of identity web}; not null
     * @param certificates at least one; not null
     */
    public static KeyMismatchException noneFor(String key, List<X509Certificate> certificates) {
        String subjects = certificates.stream()
                .limit(SHOWN)
                .map(certificate -> "the certificate of " + DistinguishedName.of(certificate.getSubjectX500Principal()))
                .collect(Collectors.joining(" nor ", certificates.size() == 1 ? "" : "neither ", ""));
        int more = certificates.size() - SHOWN;
        return new KeyMismatchException(
                key,
                new StringBuilder(subjects)
                        .append(more > 0 ? " nor " + more + " more" : "")
                        .append(certificates.size() == 1 ? " is not for " : " is for ")
                        .append(key)
                        .append("; give the answer to the request that was made with it"));
    }

    /** What the key does not belong to, for example {@code the certificate of CN=printer-7}; or the key itself. */
    public String what() {
        return what;
    }
}
