package dev.certkit.internal.x509;

/** A name was asked for that is well formed here, but that Java's own reader of certificates refuses. */
public final class UnreadableCertificateException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnreadableCertificateException(Throwable cause) {
        super(
                "names: Java cannot read a certificate with this subject and these alternative names; leave out the"
                        + " unusual ones",
                cause);
    }
}
