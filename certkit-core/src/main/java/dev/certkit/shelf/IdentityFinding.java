package dev.certkit.shelf;

import java.util.Objects;

/**
 * Something about a certificate, or about what was pasted with it, that somebody should know.
 *
 * @param code for programs
 * @param text for people: what, which, and what to do; safe to print
 */
public record IdentityFinding(Code code, String text) {
    /** Checks for null. */
    public IdentityFinding {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(text, "text");
    }

    /** What was found. */
    public enum Code {
        /** A passphrase is missing or wrong. */
        LOCKED,
        /** There is no private key. */
        NO_KEY,
        /** There is no certificate. */
        NO_CERTIFICATE,
        /** No certificate belongs to a private key. */
        KEY_MISMATCH,
        /** Several keys have a certificate; one must be chosen. */
        SEVERAL_KEYS,
        /** No key has the name that was chosen. */
        NO_SUCH_KEY,
        /** The key or the certificate is of a kind that is not supported. */
        UNSUPPORTED,
        /** A certificate is in use under the name. */
        NAME_IN_USE,
        /** The certificate has the authority attribute. */
        AUTHORITY,
        /** The certificate has expired. */
        EXPIRED,
        /** The certificate is not valid yet. */
        NOT_YET_VALID,
        /** The key is too short. */
        WEAK_KEY,
        /** The signature uses a hash that is broken. */
        WEAK_HASH,
        /** There is no alternative name, which clients look for (RFC 9525). */
        NO_ALTERNATIVE_NAME,
        /** A name that was requested is not in the certificate. */
        MISSING_NAME,
        /** The certificate is self-signed. */
        SELF_SIGNED,
        /** The certificate of an issuer is missing. */
        CHAIN_GAP,
        /** The same key is kept under another name, too. */
        SHARED_KEY,
        /** Something that was pasted was not used. */
        UNUSED,
        /** Something was pasted more than once. */
        DUPLICATE;

        /** Whether nothing can be stored, whatever the policy. */
        boolean isFatal() {
            return compareTo(NAME_IN_USE) < 0;
        }
    }

    /** Code and text. */
    @Override
    public String toString() {
        return code + ": " + text;
    }
}
