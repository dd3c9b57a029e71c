package dev.certkit.tls;

import dev.certkit.x509.Fingerprint;
import java.util.Optional;

/** What became of a key that a TLS context was offered; safe to print. */
public sealed interface KeyChange {
    /** The certificate that is presented from now on. */
    Fingerprint presented();

    /**
     * A new key is presented from the next handshake on.
     *
     * @param presented its certificate
     * @param before the certificate that it replaces
     */
    record Followed(Fingerprint presented, Fingerprint before) implements KeyChange {
        /** Both certificates in one line. */
        @Override
        public String toString() {
            return "TLS presents certificate " + presented + " from now on, in place of " + before;
        }
    }

    /**
     * The last good key stays, because the new one cannot be had or cannot serve; told once per change.
     *
     * @param presented the certificate of the key that stays
     * @param refused the certificate of the new key, empty if none could be read
     * @param reason why, in one sentence
     * @param cause what was thrown, if anything
     */
    record Kept(Fingerprint presented, Optional<Fingerprint> refused, String reason, Optional<Exception> cause)
            implements KeyChange {
        /** What stays and why, in one line. */
        @Override
        public String toString() {
            return "TLS goes on with certificate " + presented + ": the new one"
                    + refused.map(fingerprint -> ", " + fingerprint + ", is refused because ")
                            .orElse(" cannot be had: ")
                    + reason;
        }
    }
}
