package dev.certkit.renew;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.shelf.Identities;
import dev.certkit.shelf.IdentityStep;
import dev.certkit.shelf.IdentitySummary;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How requests end: with an error, or once more later. */
final class Ending {
    private static final Logger LOG = LoggerFactory.getLogger(Renewer.class);

    private final RenewalSettings settings;
    private final Identities identities;
    private final Planner planner;
    private final Optional<Duration> retryAfter;

    Ending(Workshop workshop, RenewalSettings settings) {
        this(settings, workshop.identities(), workshop.planner(settings), Optional.empty());
    }

    private Ending(RenewalSettings settings, Identities identities, Planner planner, Optional<Duration> retryAfter) {
        this.settings = settings;
        this.identities = identities;
        this.planner = planner;
        this.retryAfter = retryAfter;
    }

    /** Leaves the authority alone for as long as it asked. */
    Ending notBefore(Optional<Duration> wait) {
        return new Ending(settings, identities, planner, wait);
    }

    /** The fingerprint of the key that is pending under a name, as text. */
    Optional<String> pendingKey(String name) throws IOException {
        return identities.steps(name).contains(IdentityStep.AWAIT)
                ? identities
                        .certificationRequest(name)
                        .map(CertificationRequest::keyFingerprint)
                        .map(Object::toString)
                : Optional.empty();
    }

    /** A key that is still pending is kept: the authority may have certified it, and the next request is for it. */
    Step failed(RenewalRecord record, RequestError error) throws IOException {
        IdentitySummary summary = identities.summary(record.name());
        RenewalRecord ended = record.phase(Phase.PLANNED)
                .last(record.open().failed(planner.now(), error))
                .failures(record.failures() + 1)
                .trouble(Optional.empty())
                .basis(Planner.fingerprint(summary))
                .keptKey(pendingKey(record.name()))
                .policy(settings.policy())
                .madeUpFor(false);
        Plan next = next(ended, summary, error);
        log(record, summary, error + "; " + next.why());
        return Step.waiting(ended.plan(next));
    }

    private Plan next(RenewalRecord ended, IdentitySummary summary, RequestError error) {
        boolean isManual =
                ended.last().filter(last -> last.kind() == Attempt.Kind.MANUAL).isPresent();
        return isManual ? planner.plan(ended, summary).plan() : planner.afterError(summary, setback(ended, error));
    }

    private Setback setback(RenewalRecord ended, RequestError error) {
        int asked = ended.history().stream()
                .skip(Math.max(0, ended.history().size() - ended.failures()))
                .mapToInt(Attempt::asked)
                .sum();
        return new Setback(ended.failures(), Math.max(asked, ended.failures()), !error.isPassing(), retryAfter);
    }

    /** Once more within the same request, or else an error. */
    Step again(RenewalRecord record, RequestError trouble) throws IOException {
        IdentitySummary summary = identities.summary(record.name());
        int asked = record.open().asked();
        Setback setback = new Setback(asked, asked, false, retryAfter);
        Optional<Plan> plan = trouble.kind() == RequestError.Kind.DEFERRED
                ? planner.againDeferred(record.open(), summary)
                : planner.again(setback, summary);
        if (plan.isEmpty()) {
            return failed(record, trouble);
        }
        log(record, summary, trouble + "; " + plan.get().why());
        return Step.waiting(record.trouble(Optional.of(trouble)).plan(plan.get()));
    }

    private void log(RenewalRecord record, IdentitySummary summary, String what) {
        if (planner.policy().isEmergency(planner.occasion(summary))) {
            LOG.warn("{} is about to expire, and its renewal did not succeed: {}", record.recordName(), what);
        } else {
            LOG.info("the request for {} did not succeed: {}", record.recordName(), what);
        }
    }
}
