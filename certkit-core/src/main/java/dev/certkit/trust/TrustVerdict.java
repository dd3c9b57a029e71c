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
     */
    record Untrusted(List<TrustReason> reasons) implements TrustVerdict {
        /**
         * Copies the reasons.
         *
         * @throws IllegalArgumentException if there is none
         */
        public Untrusted {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("reasons: none given; say why the chain is not trusted");
            }
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
