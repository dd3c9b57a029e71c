package dev.certkit.issue;

import dev.certkit.x509.RevocationReason;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What an authority knows of a certificate, in the words of OCSP (RFC 6960, section 2.2). Immutable and thread safe. */
public sealed interface CertificateStatus {
    /**
     * Handles each status.
     *
     * @param good not null
     * @param revoked not null
     * @param unknown not null
     * @return what the handler of this status gives
     */
    <T> T fold(Function<Good, T> good, Function<Revoked, T> revoked, Function<Unknown, T> unknown);

    /** It was issued and is not revoked; it may have expired. */
    record Good() implements CertificateStatus {
        @Override
        public <T> T fold(Function<Good, T> good, Function<Revoked, T> revoked, Function<Unknown, T> unknown) {
            return good.apply(this);
        }
    }

    /**
     * It is revoked, for good or on hold.
     *
     * @param since when it was, in whole seconds
     * @param reason why
     * @param invalidSince since when it must not be trusted, earlier perhaps; empty if that was not said
     */
    record Revoked(Instant since, RevocationReason reason, Optional<Instant> invalidSince)
            implements CertificateStatus {
        /** Checks for null. */
        public Revoked {
            Objects.requireNonNull(since, "since");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(invalidSince, "invalidSince");
        }

        /** Whether it may be released again. */
        public boolean isOnHold() {
            return reason == RevocationReason.CERTIFICATE_HOLD;
        }

        @Override
        public <T> T fold(Function<Good, T> good, Function<Revoked, T> revoked, Function<Unknown, T> unknown) {
            return revoked.apply(this);
        }
    }

    /** It was not issued by this authority, or the records of it are elsewhere. */
    record Unknown() implements CertificateStatus {
        @Override
        public <T> T fold(Function<Good, T> good, Function<Revoked, T> revoked, Function<Unknown, T> unknown) {
            return unknown.apply(this);
        }
    }
}
