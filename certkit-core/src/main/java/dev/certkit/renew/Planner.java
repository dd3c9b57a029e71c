package dev.certkit.renew;

import dev.certkit.shelf.IdentityState;
import dev.certkit.shelf.IdentitySummary;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.Validity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Chooses times for one identity, by the settings, its certificate and the clock. */
final class Planner {
    private final RenewalSettings settings;
    private final Clock clock;
    private final RandomGenerator random;

    Planner(RenewalSettings settings, Clock clock, RandomGenerator random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    Instant now() {
        return clock.instant();
    }

    RenewalPolicy policy() {
        return settings.policy().orElse(RenewalPolicy.afterTwoThirds());
    }

    /** The certificate of an authority; a self-signed one is replaced, not renewed. */
    static Optional<EncodedCertificate> certificate(IdentitySummary summary) {
        return summary.certificate().filter(any -> summary.state() == IdentityState.CA_SIGNED);
    }

    static Optional<Fingerprint> fingerprint(IdentitySummary summary) {
        return summary.certificate().map(EncodedCertificate::fingerprint);
    }

    Occasion occasion(IdentitySummary summary) {
        Optional<Validity> validity = certificate(summary).map(leaf -> new Validity(leaf.notBefore(), leaf.notAfter()));
        return new Occasion(validity, validity.map(Validity::notBefore), now());
    }

    /** For an identity that was not requested here, or has another certificate than was known. */
    RenewalRecord plan(RenewalRecord record, IdentitySummary summary) {
        return planned(record, summary, plan(record.name(), occasion(summary)));
    }

    /** After a success just now. */
    RenewalRecord planAfterSuccess(RenewalRecord record, IdentitySummary summary) {
        Instant now = now();
        Occasion occasion = new Occasion(occasion(summary).certificate(), Optional.of(now), now);
        Plan next = settings.policy().isPresent() ? policy().chooseNext(occasion, random) : notSet();
        return planned(record, summary, next);
    }

    private RenewalRecord planned(RenewalRecord record, IdentitySummary summary, Plan plan) {
        return record.phase(Phase.PLANNED)
                .basis(fingerprint(summary))
                .policy(settings.policy())
                .madeUpFor(false)
                .plan(plan);
    }

    private Plan notSet() {
        return Plan.never(now(), "automatic requests are not set");
    }

    private Plan plan(String name, Occasion occasion) {
        if (settings.policy().isEmpty()) {
            return notSet();
        }
        Plan chosen = policy().choose(occasion, random);
        boolean isFirst =
                occasion.certificate().isEmpty() && settings.request(name).isPresent();
        return chosen.at().isEmpty() && isFirst && occasion.lastDone().isEmpty()
                ? Plan.at(
                        now().plus(policy().catchUp(random)), now(), "the first certificate, a moment later by chance")
                : chosen;
    }

    /** After a request that ended in an error. */
    Plan afterError(IdentitySummary summary, Setback setback) {
        return settings.policy().isEmpty()
                ? Plan.never(now(), "nobody asks again by himself: automatic requests are not set")
                : policy().retry(setback, occasion(summary), random);
    }

    /** When the authority is asked once more within the same request; empty if that is enough. */
    Optional<Plan> again(Setback setback, IdentitySummary summary) {
        return settings.polling().isPresent()
                ? polled(setback, summary)
                : Optional.of(policy().retry(setback, occasion(summary), random))
                        .filter(plan -> plan.at().isPresent());
    }

    private Optional<Plan> polled(Setback setback, IdentitySummary summary) {
        Polling polling = settings.polling().orElseThrow();
        Duration wait = policy().heeding(setback, polling.interval(), occasion(summary), random);
        return setback.asked() > polling.count()
                ? Optional.empty()
                : Optional.of(in(wait, "poll " + setback.asked() + " of " + polling.count()));
    }

    /** The same for one that somebody has to decide about. */
    Optional<Plan> againDeferred(Attempt open, IdentitySummary summary) {
        if (settings.polling().isPresent()) {
            return polled(new Setback(open.asked(), open.asked(), false), summary);
        }
        Plan plan = in(Backoff.pollAfter(open.asked(), random), "poll " + open.asked());
        Instant deadline = open.begun().plus(Backoff.LONGEST_DEFERRAL);
        return Optional.of(plan).filter(each -> each.at().orElseThrow().isBefore(deadline));
    }

    Plan in(Duration wait, String why) {
        return Plan.at(now().plus(wait), now(), why);
    }

    /** When somebody who uses the new pair could not take it. */
    Plan takeAgain(int failures) {
        return in(Backoff.STANDARD.afterFailure(failures, random), "the new pair was not taken, again");
    }

    Duration catchUp() {
        return policy().catchUp(random);
    }

    Plan madeUpFor(RenewalRecord record) {
        Duration wait = catchUp();
        return in(
                wait,
                "made up for the start that was missed at "
                        + record.plan().at().map(Instant::toString).orElse("") + ", " + wait.toSeconds()
                        + " s later by chance");
    }
}
