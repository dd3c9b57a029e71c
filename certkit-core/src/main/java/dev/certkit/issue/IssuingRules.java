package dev.certkit.issue;

import dev.certkit.key.CryptoProviders;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.NameConstraints;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * What an authority issues by.
 *
 * @param life what the caller asked for instead of the profile's lifetime
 * @param constraints for the certificates of authorities
 */
record IssuingRules(
        CertificateProfile profile,
        Optional<Duration> life,
        IssuanceLimits limits,
        Optional<NameConstraints> constraints,
        Publication publication,
        Surroundings surroundings) {
    /** What it works with. */
    record Surroundings(Clock clock, CryptoProviders providers) {}

    static IssuingRules standard() {
        return new IssuingRules(
                CertificateProfile.tlsServer(),
                Optional.empty(),
                IssuanceLimits.none(),
                Optional.empty(),
                Publication.nothing(),
                new Surroundings(Clock.systemUTC(), CryptoProviders.standard()));
    }

    Clock clock() {
        return surroundings.clock;
    }

    CryptoProviders providers() {
        return surroundings.providers;
    }

    IssuingRules with(CertificateProfile changed) {
        return new IssuingRules(changed, life, limits, constraints, publication, surroundings);
    }

    IssuingRules with(Duration changed) {
        return new IssuingRules(profile, Optional.of(changed), limits, constraints, publication, surroundings);
    }

    IssuingRules with(IssuanceLimits changed) {
        return new IssuingRules(profile, life, changed, constraints, publication, surroundings);
    }

    IssuingRules with(NameConstraints changed) {
        return new IssuingRules(profile, life, limits, Optional.of(changed), publication, surroundings);
    }

    IssuingRules with(Publication changed) {
        return new IssuingRules(profile, life, limits, constraints, changed, surroundings);
    }

    IssuingRules with(Clock changed) {
        return with(new Surroundings(changed, surroundings.providers));
    }

    IssuingRules with(CryptoProviders changed) {
        return with(new Surroundings(surroundings.clock, changed));
    }

    private IssuingRules with(Surroundings changed) {
        return new IssuingRules(profile, life, limits, constraints, publication, changed);
    }

    /** How long a certificate lives if nothing above it ends earlier; a wish beyond the limits was declined before. */
    Duration lifetime() {
        Duration wanted = life.orElse(profile.lifetime());
        return limits.longestLife()
                .filter(longest -> longest.compareTo(wanted) < 0)
                .orElse(wanted);
    }

    static void requirePositive(Duration lifetime) {
        if (lifetime.isNegative() || lifetime.isZero()) {
            throw new IllegalArgumentException("lifetime: " + lifetime + " is not positive");
        }
    }
}
