package dev.certkit.diagnose;

import java.util.Objects;

/**
 * What a server agreed to: immutable.
 *
 * @param protocol as the JDK calls it, for example {@code TLSv1.3}; not null
 * @param cipherSuite its IANA name, or {@code 0x1234} if it has none here; not null
 */
public record Negotiated(String protocol, String cipherSuite) {
    /** Checks for null. */
    public Negotiated {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(cipherSuite, "cipherSuite");
    }

    /** Protocol and suite. */
    @Override
    public String toString() {
        return protocol + " with " + cipherSuite;
    }
}
