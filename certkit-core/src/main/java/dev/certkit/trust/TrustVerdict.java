package dev.certkit.trust;

import dev.certkit.x509.EncodedCertificate;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether a presented chain is trusted: with the path that proves it, or with every reason against it. */
public sealed interface TrustVerdict {
    /**
     * What to do in each case.
     *
     * @param trusted for a chain that is trusted; not null
     * @param untrusted for one that is not; not null
     */
    <T> T fold(Function<Trusted, T> trusted, Function<Untrusted, T> untrusted);

    /** Whether the chain is trusted. */
    default boolean isTrusted() {
        return this instanceof Trusted;
    }

    /**
     * The chain is trusted.
     *
     * @param path the peer's certificate first, the anchor last; at least one; each signed by the next
     */
    record Trusted(List<EncodedCertificate> path) implements TrustVerdict {
        /** Copies the path. */
        public Trusted {
            path = List.copyOf(path);
        }

        @Override
        public <T> T fold(Function<Trusted, T> trusted, Function<Untrusted, T> untrusted) {
            return trusted.apply(this);
        }
    }

    /**
     * The chain is not trusted.
     *
     * @param reasons all of them, of the path that comes nearest to trust; at least one
     * @param path what another policy has proved, where only some of several do not trust; empty if nothing is proven
     */
    record Untrusted(List<TrustReason> reasons, List<EncodedCertificate> path) implements TrustVerdict {
        /**
         * Copies the lists.
         *
         * @throws IllegalArgumentException if there is no reason
         */
        public Untrusted {
            reasons = List.copyOf(reasons);
            path = List.copyOf(path);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("reasons: none given; say why the chain is not trusted");
            }
        }

        /**
         * Nothing is proven.
         *
         * @throws IllegalArgumentException if there is no reason
         */
        public Untrusted(List<TrustReason> reasons) {
            this(reasons, List.of());
        }

        @Override
        public <T> T fold(Function<Trusted, T> trusted, Function<Untrusted, T> untrusted) {
            return untrusted.apply(this);
        }

        /** The reasons in one line, safe to print. */
        @Override
        public String toString() {
            return reasons.stream().map(TrustReason::text).collect(Collectors.joining("; "));
        }
    }
}
