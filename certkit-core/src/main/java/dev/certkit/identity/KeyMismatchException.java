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

    private KeyMismatchException(String message, String what) {
        super(message);
        this.what = what;
    }

    static KeyMismatchException between(String keyAlgorithm, String what) {
        return new KeyMismatchException(
                "the " + keyAlgorithm + " private key does not belong to " + what
                        + "; give the key with which it was requested",
                what);
    }

    /**
     * States that certificates were given for a key, and none is for it.
     *
     * @param key which key, for example {@code the pending key of identity web}; not null
     * @param certificates at least one; not null
     */
    public static KeyMismatchException noneFor(String key, List<X509Certificate> certificates) {
        boolean one = certificates.size() == 1;
        String subjects = certificates.stream()
                .limit(SHOWN)
                .map(certificate -> "the certificate of " + DistinguishedName.of(certificate.getSubjectX500Principal()))
                .collect(Collectors.joining(" nor ", one ? "" : "neither ", ""));
        int more = certificates.size() - SHOWN;
        return new KeyMismatchException(
                subjects + (more > 0 ? " nor " + more + " more" : "") + (one ? " is not for " : " is for ") + key
                        + "; give the answer to the request that was made with it",
                key);
    }

    /**
     * Adds what stood beside the certificates and was not read: the right one may be among it.
     *
     * @param notes what was not read, and why; perhaps none; not null
     * @return this one if there are none
     */
    public KeyMismatchException unread(List<?> notes) {
        if (notes.isEmpty()) {
            return this;
        }
        String more = notes.size() > SHOWN ? " and " + (notes.size() - SHOWN) + " more" : "";
        return new KeyMismatchException(
                getMessage()
                        + notes.stream()
                                .limit(SHOWN)
                                .map(Object::toString)
                                .collect(Collectors.joining("; ", "; not read: ", more)),
                what);
    }

    /** What the key does not belong to, for example {@code the certificate of CN=printer-7}; or the key itself. */
    public String what() {
        return what;
    }
}
