package dev.certkit.renew;

import dev.certkit.x509.Validity;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** From when on a request is due, before anything random is added. */
sealed interface Start {
    /** Empty if no request is due ever. */
    Optional<Instant> from(Occasion occasion);

    /** Words that {@link StartText#parse} reads back. */
    @Override
    String toString();

    /** When a part of the lifetime has passed; half of it for a certificate that lives ten days or less. */
    record Share(int numerator, int denominator) implements Start {
        private static final Duration SHORT_LIVED = Duration.ofDays(10);

        @Override
        public Optional<Instant> from(Occasion occasion) {
            return occasion.certificate().map(this::in);
        }

        private Instant in(Validity validity) {
            Duration lifetime = validity.length();
            boolean late = numerator * 2 > denominator;
            Duration passed = late && lifetime.compareTo(SHORT_LIVED) <= 0
                    ? lifetime.dividedBy(2)
                    : lifetime.multipliedBy(numerator).dividedBy(denominator);
            return validity.notBefore().plus(passed);
        }

        @Override
        public String toString() {
            return "after " + numerator + "/" + denominator + " of the lifetime";
        }
    }

    /** Some time before the end. */
    record Before(Duration lead) implements Start {
        @Override
        public Optional<Instant> from(Occasion occasion) {
            return occasion.certificate().map(validity -> validity.notAfter().minus(lead));
        }

        @Override
        public String toString() {
            return lead + " before the end";
        }
    }

    /** Some time after the last one. */
    record Every(Duration interval) implements Start {
        @Override
        public Optional<Instant> from(Occasion occasion) {
            return Optional.of(occasion.lastDone()
                    .map(last -> later(last, occasion).plus(interval))
                    .orElse(occasion.now()));
        }

        private static Instant later(Instant last, Occasion occasion) {
            Instant floor = occasion.certificate().map(Validity::notBefore).orElse(last);
            return last.isBefore(floor) ? floor : last;
        }

        @Override
        public String toString() {
            return "every " + interval;
        }
    }

    /** At a date and time, and perhaps at fixed distances from it. */
    record At(Instant first, Optional<Duration> interval) implements Start {
        public At(Instant first, Optional<Duration> interval) {
            this.first = first.truncatedTo(ChronoUnit.MILLIS);
            this.interval = interval;
        }

        @Override
        public Optional<Instant> from(Occasion occasion) {
            Instant last = occasion.lastDone().orElse(Instant.MIN);
            return last.isBefore(first) ? Optional.of(first) : interval.map(each -> nextAfter(last, each));
        }

        private Instant nextAfter(Instant last, Duration each) {
            long passed = Duration.between(first, last).dividedBy(each);
            return first.plus(each.multipliedBy(passed + 1));
        }

        @Override
        public String toString() {
            return "at " + first + interval.map(each -> ", then every " + each).orElse("");
        }
    }
}
