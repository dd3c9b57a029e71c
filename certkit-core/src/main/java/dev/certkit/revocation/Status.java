package dev.certkit.revocation;

import dev.certkit.trust.TrustReason.RevocationUnknown.Cause;
import java.time.Instant;

/** What one source says of one certificate. */
sealed interface Status {
    /** Not revoked, as far as is known until then. */
    record Good(Instant until) implements Status {}

    /** Revoked, whatever other sources say; kept until then. */
    record Revoked(Instant time, String reason, Instant until) implements Status {}

    /** No answer. */
    record Unknown(Cause cause, String detail) implements Status {}
}
