package dev.certkit.diagnose;

import dev.certkit.identity.CertificateChain;
import java.io.IOException;
import java.util.Optional;

/** Where the chains of identities are found by name: a shelf's {@code identities::chain}, or whatever else keeps them. */
@FunctionalInterface
public interface StoredChains {
    /**
     * Reads the chain of one identity.
     *
     * @param name not null
     * @return empty if there is no identity of this name, or it has no certificate
     * @throws IOException if it is damaged, or what keeps it fails
     */
    Optional<CertificateChain> chain(String name) throws IOException;
}
