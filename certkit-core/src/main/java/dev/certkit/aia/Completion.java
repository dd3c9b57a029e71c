package dev.certkit.aia;

import dev.certkit.identity.CertificateChain;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What came of the attempt to complete a chain.
 *
 * @param chain as long as it became; its {@link CertificateChain#gap() gap} says what is still missing
 * @param attempts every place that was considered, in order
 */
public record Completion(CertificateChain chain, List<Attempt> attempts) {
    /** Copies the list. */
    public Completion {
        Objects.requireNonNull(chain, "chain");
        attempts = List.copyOf(attempts);
    }

    /** Whether the chain ends at a self-signed certificate. */
    public boolean isComplete() {
        return chain.gap().isEmpty();
    }

    /** The chain, its gap, and what was tried, for a person. */
    @Override
    public String toString() {
        return chain
                + chain.gap().map(gap -> "; " + gap).orElse("; complete")
                + attempts.stream().map(attempt -> "; " + attempt).collect(Collectors.joining());
    }

    /** How an attempt ended. */
    public enum Outcome {
        /** The chain became longer by what was there. */
        USED,
        /** Nobody allowed this host, port or form of URI; it was not called. */
        NOT_ALLOWED,
        /** As many places as allowed were called already; it was not called. */
        TOO_MANY,
        /** No complete answer came, or the host has a private address. */
        UNREACHABLE,
        /** The answer had another status than success; a redirect is not followed. */
        BAD_STATUS,
        /** The answer was larger than allowed. */
        TOO_LARGE,
        /** The answer was neither a certificate nor a PKCS#7 bag of certificates, in DER or PEM. */
        NO_CERTIFICATE,
        /** There were certificates, and none that issued the last of the chain and is not in it already. */
        WRONG_CERTIFICATE
    }

    /**
     * One place that was considered.
     *
     * @param location as the certificate has it
     * @param outcome what came of it
     * @param detail the facts in a sentence, without what the peer sent
     */
    public record Attempt(URI location, Outcome outcome, String detail) {
        /** Refuses null. */
        public Attempt {
            Objects.requireNonNull(location, "location");
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(detail, "detail");
        }

        /** Place and detail. */
        @Override
        public String toString() {
            return location.toASCIIString() + ": " + detail;
        }
    }
}
