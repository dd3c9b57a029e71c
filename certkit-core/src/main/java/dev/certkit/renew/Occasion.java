package dev.certkit.renew;

import dev.certkit.x509.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a policy looks at.
 *
 * @param certificate the validity of the certificate in use, empty if there is none of an authority
 * @param lastDone when the last request succeeded, empty if none is known
 * @param now the time by the renewer's clock
 */
record Occasion(Optional<Validity> certificate, Optional<Instant> lastDone, Instant now) {
    /** The time, but not before a time that a certificate proves: a clock that was never set shows 1970. */
    Instant provenNow() {
        Instant floor = certificate.map(Validity::notBefore).orElse(now);
        return now.isBefore(floor) ? floor : now;
    }

    Optional<Duration> left() {
        return certificate.map(validity -> Duration.between(provenNow(), validity.notAfter()));
    }

    boolean isExpired() {
        return certificate.isPresent() && now.isAfter(certificate.get().notAfter());
    }
}
