package dev.certkit.renew;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.renew.RequestError.Kind;
import dev.certkit.shelf.Identities;
import dev.certkit.shelf.IdentityState;
import dev.certkit.shelf.IdentitySummary;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.security.ProviderException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The phases before anything is sent: whether a request is begun, and its key. */
final class Beginning {
    /** A start that was missed by more is moved by chance once more: after a power cut the whole house wakes up. */
    static final Duration MISSED = Duration.ofMinutes(10);

    private static final Duration PAUSE = Duration.ofMinutes(15);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Workshop workshop;
    private final RenewalSettings settings;
    private final Identities identities;
    private final Planner planner;
    private final Ending ending;

    Beginning(Workshop workshop, RenewalSettings settings) {
        this.workshop = workshop;
        this.settings = settings;
        this.identities = workshop.identities();
        this.planner = workshop.planner(settings);
        this.ending = new Ending(workshop, settings);
    }

    Step begin(RenewalRecord record, boolean isAutomatic) throws IOException {
        Optional<Instant> start = record.plan().at();
        IdentitySummary summary = identities.summary(record.name());
        if (start.isEmpty() || isGone(record, summary)) {
            return Step.waiting(record.plan(Plan.never(planner.now(), "nothing is planned")));
        }
        if (settings.defaultKey().equals(Optional.of(record.name()))) {
            // Without a policy that chose it, the time is chosen anew when another key is the default key.
            Plan never = Plan.never(planner.now(), "the default key is never replaced");
            return Step.waiting(record.plan(never).policy(Optional.empty()));
        }
        if (!record.basis().equals(Planner.fingerprint(summary))) {
            return Step.waiting(planner.plan(record, summary));
        }
        if (!isAutomatic) {
            return postponed(record, PAUSE, "automatic requests are switched off");
        }
        boolean isMissed = start.get().plus(MISSED).isBefore(planner.now());
        if (isMissed && !record.isMadeUpFor()) {
            return Step.waiting(record.plan(planner.madeUpFor(record)).madeUpFor(true));
        }
        return objection(record, summary);
    }

    private boolean isGone(RenewalRecord record, IdentitySummary summary) {
        return summary.state() == IdentityState.NOT_CONFIGURED
                && settings.request(record.name()).isEmpty();
    }

    private Step postponed(RenewalRecord record, Duration wait, String why) {
        return Step.waiting(record.plan(planner.in(wait, why)));
    }

    private Step objection(RenewalRecord record, IdentitySummary summary) throws IOException {
        if (!workshop.hooks().before().test(record.name())) {
            Duration wait = Backoff.between(
                    HOUR.dividedBy(2), HOUR, workshop.surroundings().random());
            return postponed(record, wait, "the callback before a request vetoed it");
        }
        if (isSomebodyElsesPending(record)) {
            return postponed(record, HOUR, "a request is pending that was made otherwise; install or withdraw it");
        }
        return Step.goingOn(started(record, summary, Attempt.Kind.AUTOMATIC));
    }

    private boolean isSomebodyElsesPending(RenewalRecord record) throws IOException {
        return ending.pendingKey(record.name()).isPresent() && !isKept(record);
    }

    private boolean isKept(RenewalRecord record) throws IOException {
        return record.keptKey().isPresent() && record.keptKey().equals(ending.pendingKey(record.name()));
    }

    RenewalRecord started(RenewalRecord record, IdentitySummary summary, Attempt.Kind kind) {
        Optional<EncodedCertificate> certificate = Planner.certificate(summary);
        Instant now = planner.now();
        boolean isRenewal =
                certificate.filter(leaf -> !now.isAfter(leaf.notAfter())).isPresent();
        return record.phase(Phase.STARTED)
                .plan(Plan.at(now, now, "a request is under way"))
                .basis(Planner.fingerprint(summary))
                .renewal(isRenewal)
                .trouble(Optional.empty())
                .began(Attempt.starting(record.name(), kind, now), settings.historyLength());
    }

    Step prepare(RenewalRecord record) throws IOException {
        if (ending.pendingKey(record.name()).isPresent()) {
            return Step.goingOn(record.phase(Phase.SENDING));
        }
        if (record.open().kind() == Attempt.Kind.MANUAL) {
            return ending.failed(
                    record, RequestError.of(Kind.WITHDRAWN, "interrupted before its key was there; request it again"));
        }
        if (isFull()) {
            return ending.failed(record, RequestError.of(Kind.KEY_LIMIT, "delete a key that is not in use"));
        }
        try {
            request(record);
        } catch (IllegalStateException | IllegalArgumentException | ProviderException e) {
            return ending.failed(record, RequestError.of(Kind.DEVICE, String.valueOf(e.getMessage())));
        }
        return Step.goingOn(record.phase(Phase.SENDING));
    }

    /** Before a key is made; and no place is made by deleting one. */
    boolean isFull() throws IOException {
        if (settings.keyLimit().isEmpty()) {
            return false;
        }
        int keys = 0;
        for (IdentitySummary each : identities.list()) {
            keys += each.renewalPending() ? 2 : 1;
        }
        return keys >= settings.keyLimit().get();
    }

    private void request(RenewalRecord record) throws IOException {
        String name = record.name();
        Optional<CertificateChain> chain = identities.chain(name);
        Optional<RequestFields> fields = settings.request(name);
        if (record.isRenewal() && settings.keepsKey()) {
            identities.request(name);
        } else if (record.isRenewal() && chain.isPresent()) {
            identities.request(name, CertificationRequest.like(chain.get().leaf()), newKey(chain.get()));
        } else if (fields.isPresent()) {
            request(name, fields.get().draft(), fields.get().keyType());
        } else if (chain.isPresent()) {
            request(name, CertificationRequest.like(chain.get().leaf()), newKey(chain.get()));
        } else {
            throw new IllegalStateException("nobody said for which subject the first request is; fill that in");
        }
    }

    private KeyType newKey(CertificateChain chain) {
        return settings.newKey()
                .or(() -> KeyType.of(chain.leaf().getPublicKey()))
                .orElse(KeyType.RSA_2048);
    }

    /** The challenge is asked for each time, and forgotten when the request is made. */
    void request(String name, CertificationRequest.Draft draft, KeyType type) throws IOException {
        Optional<Passphrase> challenge = workshop.hooks().challenges().challenge(name);
        try {
            identities.request(name, challenge.map(draft::challengePassword).orElse(draft), type);
        } finally {
            challenge.ifPresent(Passphrase::close);
        }
    }
}
