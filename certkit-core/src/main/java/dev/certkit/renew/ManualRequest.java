package dev.certkit.renew;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.internal.text.ForeignText;
import dev.certkit.key.Passphrase;
import dev.certkit.renew.RequestError.Kind;
import dev.certkit.store.Identities;
import dev.certkit.store.IdentitySummary;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A request that a person begins: its key is made in his thread, everything else is due at once. */
final class ManualRequest {
    /** How long a key may take; after that the request counts as interrupted. */
    private static final Duration KEY_TIME = Duration.ofMinutes(30);

    private final Workshop workshop;
    private final RenewalSettings settings;
    private final Identities identities;
    private final Storage storage;
    private final Planner planner;
    private final Ending ending;
    private final Beginning beginning;

    ManualRequest(Workshop workshop, RenewalSettings settings) {
        this.workshop = workshop;
        this.settings = settings;
        this.identities = workshop.identities();
        this.storage = identities.storage();
        this.planner = workshop.planner(settings);
        this.ending = new Ending(workshop, settings);
        this.beginning = new Beginning(workshop, settings);
    }

    void begin(RequestFields fields, Optional<Passphrase> challenge) throws IOException {
        String name = fields.keyName();
        requireNotDefault(name);
        RecordName recordName = workshop.surroundings().shelf().name(name);
        Optional<StoredRecord> before = storage.find(recordName);
        RenewalRecord known = before.isPresent()
                ? RenewalRecord.decode(before.get())
                : RenewalRecord.planned(recordName, Plan.never(planner.now(), ""));
        if (known.phase() != Phase.PLANNED) {
            throw new IllegalStateException("a request for the key " + ForeignText.shown(name) + " is under way");
        }
        dropOther(fields);
        begin(before, known, fields, challenge);
    }

    private void requireNotDefault(String name) {
        if (settings.defaultKey().equals(Optional.of(name)) || Workshop.isPrevious(name)) {
            throw new IllegalArgumentException(
                    "fields: the name " + ForeignText.shown(name) + " is that of a key that is never replaced");
        }
    }

    /** What is pending goes on if it is for the same subject and names: the authority may have certified it. */
    private void dropOther(RequestFields fields) throws IOException {
        if (ending.pendingKey(fields.keyName()).isPresent() && !isFor(fields)) {
            identities.withdraw(fields.keyName());
        }
    }

    private boolean isFor(RequestFields fields) throws IOException {
        Optional<CertificationRequest> pending = identities.certificationRequest(fields.keyName());
        return pending.isPresent()
                && pending.get().subject().equals(fields.subject())
                && pending.get().keyType().equals(Optional.of(fields.keyType()));
    }

    private void begin(
            Optional<StoredRecord> before, RenewalRecord known, RequestFields fields, Optional<Passphrase> challenge)
            throws IOException {
        IdentitySummary summary = identities.summary(fields.keyName());
        RenewalRecord begun =
                beginning.started(known, summary, Attempt.Kind.MANUAL).use(fields.use());
        RenewalRecord started = begun.renewal(begun.isRenewal() && challenge.isEmpty());
        StoredRecord stored = write(before, started);
        try {
            Step step = keyed(started, fields, challenge);
            storage.replace(stored, content(step.record(), Duration.ZERO));
        } catch (IllegalStateException | IllegalArgumentException e) {
            Step failed = ending.failed(started, RequestError.of(Kind.DEVICE, String.valueOf(e.getMessage())));
            storage.replace(stored, content(failed.record(), Duration.ZERO));
            throw e;
        }
    }

    private Step keyed(RenewalRecord started, RequestFields fields, Optional<Passphrase> challenge) throws IOException {
        if (ending.pendingKey(fields.keyName()).isPresent()) {
            return Step.goingOn(started.phase(Phase.SENDING));
        }
        if (beginning.isFull()) {
            return ending.failed(started, RequestError.of(Kind.KEY_LIMIT, "delete a key that is not in use"));
        }
        CertificationRequest.Draft draft = fields.draft();
        identities.request(
                fields.keyName(), challenge.map(draft::challengePassword).orElse(draft), fields.keyType());
        return Step.goingOn(started.phase(Phase.SENDING));
    }

    private StoredRecord write(Optional<StoredRecord> before, RenewalRecord started) throws IOException {
        RecordContent content = content(started, KEY_TIME);
        return before.isPresent()
                ? storage.replace(before.get(), content)
                : storage.create(started.recordName(), content);
    }

    private RecordContent content(RenewalRecord record, Duration wait) {
        RecordContent content = RecordContent.of(record.encode());
        return record.plan().at().map(at -> content.lookAgainAt(at.plus(wait))).orElse(content);
    }
}
