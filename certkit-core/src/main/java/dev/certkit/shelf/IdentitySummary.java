package dev.certkit.shelf;

import dev.certkit.internal.text.PrintableText;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of a list of identities.
 *
 * <p>Made without opening a key and without reading more than the certificate itself. Immutable.
 *
 * @param name the name of the identity; escape it before you print it
 * @param state how far it has come
 * @param renewalPending whether a request is pending beside the certificate in use
 * @param certificate the certificate in use, empty if there is none
 */
public record IdentitySummary(
        String name, IdentityState state, boolean renewalPending, Optional<EncodedCertificate> certificate) {
    /** Checks for null. */
    public IdentitySummary {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(certificate, "certificate");
    }

    static IdentitySummary of(String name, IdentityText identity) throws IOException {
        Optional<EncodedCertificate> leaf = identity.leaf();
        boolean pending = identity.pending().isPresent();
        return new IdentitySummary(name, Situation.state(identity), leaf.isPresent() && pending, leaf);
    }

    static IdentitySummary unreadable(String name) {
        return new IdentitySummary(name, IdentityState.UNREADABLE, false, Optional.empty());
    }

    /** The last second in which the certificate in use is valid; empty if there is none. */
    public Optional<Instant> notAfter() {
        return certificate.map(EncodedCertificate::notAfter);
    }

    /** One line for people, safe to print. */
    @Override
    public String toString() {
        return PrintableText.of(name) + ": " + state + (renewalPending ? ", renewal pending" : "")
                + certificate
                        .map(leaf -> ", " + leaf.subject() + ", until " + leaf.notAfter())
                        .orElse("");
    }
}
