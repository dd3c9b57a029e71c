package dev.certkit.scep;

import dev.certkit.http.HttpAnswer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A SCEP peer sent something that must not be trusted, or cannot be understood.
 *
 * <p>Thrown before anything of the message is used; nothing was changed or stored. Immutable and thread safe.
 */
public final class ScepException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int NO_STATUS = 0;

    private final Check check;
    private final int httpStatus;
    private final @Nullable Duration retryAfter;

    private ScepException(Check check, String message, Status status) {
        super(message);
        this.check = Objects.requireNonNull(check, "check");
        this.httpStatus = status.code;
        this.retryAfter = status.retryAfter;
    }

    private record Status(int code, @Nullable Duration retryAfter) {
        static final Status NONE = new Status(NO_STATUS, null);
    }

    static ScepException of(Check check, String message) {
        return new ScepException(check, message, Status.NONE);
    }

    static ScepException of(Check check, String message, Throwable cause) {
        ScepException failure = of(check, message);
        failure.initCause(cause);
        return failure;
    }

    static ScepException ofHttpStatus(HttpAnswer answer, Instant now, String message) {
        Duration retryAfter = answer.retryAfter(now).orElse(null);
        return new ScepException(Check.HTTP_STATUS, message, new Status(answer.status(), retryAfter));
    }

    /** The check that failed. */
    public Check check() {
        return check;
    }

    /** The HTTP status of the answer, present if it was the status that failed. */
    public OptionalInt httpStatus() {
        return httpStatus == NO_STATUS ? OptionalInt.empty() : OptionalInt.of(httpStatus);
    }

    /**
     * How long the server asks its clients to wait before they come again, zero to a day (RFC 9110, section 10.2.3).
     *
     * @return empty if it was not the status that failed, or the server did not say
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** What is checked, in about the order in which it is. */
    public enum Check {
        /** The server answers with HTTP status 200. */
        HTTP_STATUS,
        /** The server announces the standard (RFC 8894, section 7.5), where that is demanded. */
        CAPABILITIES,
        /** The message is within the size limit. */
        SIZE,
        /** The message is BER or DER of the CMS structure expected, within the limits of nesting and number. */
        ENCODING,
        /** Digest, signature and cipher are at or above the floor. */
        ALGORITHM,
        /** The message names exactly one signer, whose certificate is known where it must be. */
        SIGNER,
        /** The signature was made with the expected key. */
        SIGNATURE,
        /** The signed attributes that CMS and SCEP demand are there, each once, with a value that can be read. */
        SIGNED_ATTRIBUTES,
        /** The signed digest is that of the content. */
        MESSAGE_DIGEST,
        /** The message type is known (RFC 8894, section 3.2.1.2) and the one expected here. */
        MESSAGE_TYPE,
        /** The transaction identifier can be read and is that of the request. */
        TRANSACTION_ID,
        /** The recipient nonce is there and equals the nonce that was sent (RFC 8894, section 3.2.1.5). */
        RECIPIENT_NONCE,
        /** The status is known (RFC 8894, section 3.2.1.3). */
        STATUS,
        /** The envelope is addressed to our certificate. */
        RECIPIENT,
        /** The envelope can be opened; nothing more is said about why it cannot, on purpose. */
        DECRYPTION,
        /** Our own private key, or the token that holds it, does its work. */
        PRIVATE_KEY,
        /** The content of the envelope is what the message type promises. */
        CONTENT,
        /** The authority's certificate is the one that was pinned. */
        CA_PIN,
        /** The certificates of a registration authority and of intermediates are issued under the pinned one. */
        RA_CERTIFICATE,
        /** One of the certificates received holds the key that was sent. */
        CERTIFICATE_KEY,
        /** The certificate received leads to the pinned authority, every signature proved. */
        CERTIFICATE_CHAIN,
        /** The certificate is within its validity now. */
        CERTIFICATE_VALIDITY,
        /** The certificate has the names that were asked for, where that is demanded. */
        CERTIFICATE_NAMES,
        /** The answer to a renewal is another certificate than the one that was to be renewed. */
        RENEWED,
        /** The revocation list received is that of the certificate's issuer, and signed by it. */
        REVOCATION_LIST
    }
}
