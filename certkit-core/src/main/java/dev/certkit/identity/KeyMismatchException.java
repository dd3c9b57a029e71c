package dev.certkit.identity;

import java.io.IOException;

/** A private key does not belong to a certificate or request; nothing was changed. */
public final class KeyMismatchException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String what;

    KeyMismatchException(String what, String keyAlgorithm) {
        super("the " + keyAlgorithm + " private key does not belong to " + what
                + "; give the key with which it was requested");
        this.what = what;
    }

    /** What the key does not belong to, for example {@code the certificate of CN=printer-7}. */
    public String what() {
        return what;
    }
}
