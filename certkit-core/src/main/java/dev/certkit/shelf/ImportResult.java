package dev.certkit.shelf;

import dev.certkit.identity.CertifiedKey;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** What became of a certificate that was brought in: installed or refused. Immutable and thread safe. */
public sealed interface ImportResult {
    /**
     * Handles each result.
     *
     * @param installed not null
     * @param refused not null
     * @return what the handler of this result gives
     */
    <T> T fold(Function<Installed, T> installed, Function<Refused, T> refused);

    /**
     * It is in use now.
     *
     * @param key the key with its chain, leaf first
     * @param warnings what somebody should know, perhaps nothing
     */
    record Installed(CertifiedKey key, List<IdentityFinding> warnings) implements ImportResult {
        /** Checks for null. */
        public Installed {
            Objects.requireNonNull(key, "key");
            warnings = List.copyOf(warnings);
        }

        @Override
        public <T> T fold(Function<Installed, T> installed, Function<Refused, T> refused) {
            return installed.apply(this);
        }
    }

    /**
     * Nothing was changed.
     *
     * @param reasons why, at least one
     * @param warnings what would have been said besides
     */
    record Refused(List<IdentityFinding> reasons, List<IdentityFinding> warnings) implements ImportResult {
        /** Checks for null. */
        public Refused {
            reasons = List.copyOf(reasons);
            warnings = List.copyOf(warnings);
        }

        @Override
        public <T> T fold(Function<Installed, T> installed, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
