package dev.certkit.diagnose;

import dev.certkit.trust.TrustPolicy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/** By whom and when certificates are judged; without a policy, each chain stands for itself. */
record Terms(Optional<TrustPolicy> policy, Clock clock) {
    static final Terms NONE = new Terms(Optional.empty(), Clock.systemUTC());

    Terms trusting(TrustPolicy trusted) {
        return new Terms(Optional.of(trusted), clock);
    }

    Terms clock(Clock other) {
        return new Terms(policy, Objects.requireNonNull(other, "clock"));
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
