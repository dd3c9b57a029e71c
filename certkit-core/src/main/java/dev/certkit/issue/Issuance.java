package dev.certkit.issue;

import dev.certkit.identity.CertificateChain;
import java.util.Objects;
import java.util.function.Function;

/** What a local authority decides on a request: certified or declined. Immutable and thread safe. */
public sealed interface Issuance {
    /**
     * Handles each decision.
     *
     * @param certified not null
     * @param declined not null
     * @return what the handler of this decision gives
     */
    <T> T fold(Function<Certified, T> certified, Function<Declined, T> declined);

    /**
     * The certificate is signed and recorded.
     *
     * @param chain the new certificate first, the authority's after it
     */
    record Certified(CertificateChain chain) implements Issuance {
        /** Checks for null. */
        public Certified {
            Objects.requireNonNull(chain, "chain");
        }

        @Override
        public <T> T fold(Function<Certified, T> certified, Function<Declined, T> declined) {
            return certified.apply(this);
        }
    }

    /**
     * The request is against the rules; nothing was signed or recorded.
     *
     * @param failInfo the kind of rule
     * @param text which rule, for the requester to read
     */
    record Declined(FailInfo failInfo, String text) implements Issuance {
        /** Checks for null. */
        public Declined {
            Objects.requireNonNull(failInfo, "failInfo");
            Objects.requireNonNull(text, "text");
        }

        @Override
        public <T> T fold(Function<Certified, T> certified, Function<Declined, T> declined) {
            return declined.apply(this);
        }
    }
}
