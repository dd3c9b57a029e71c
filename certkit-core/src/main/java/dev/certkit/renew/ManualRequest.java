package dev.certkit.renew;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.internal.text.ForeignText;
import dev.certkit.key.Passphrase;
import dev.certkit.renew.RequestError.Kind;
import dev.certkit.shelf.Identities;
import dev.certkit.shelf.IdentitySummary;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A request that a person begins: its key is made in his thread, everything else is due at once. */
final class ManualRequest {
    /** How long a key may take; after that the request counts as interrupted. */
    private static final Duration KEY_TIME = Duration.ofMinutes(30);

    private static final int ATTEMPTS = 20;

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
        requireNotDefault(fields.keyName());
        StoredRecord stored = started(fields, challenge.isPresent() ? Way.BY_CHALLENGE : Way.BY_CERTIFICATE);
        RenewalRecord started = RenewalRecord.decode(stored);
        try {
            storage.replace(stored, content(keyed(started, fields, challenge).record()));
        } catch (IllegalStateException | IllegalArgumentException e) {
            Step failed = ending.failed(started, RequestError.of(Kind.DEVICE, String.valueOf(e.getMessage())));
            storage.replace(stored, content(failed.record()));
            throw e;
        }
    }

    private enum Way {
        BY_CHALLENGE,
        BY_CERTIFICATE
    }

    private StoredRecord started(RequestFields fields, Way way) throws IOException {
        RecordName name = workshop.surroundings().shelf().name(fields.keyName());
        for (int attempt = 1; ; attempt++) {
            Optional<StoredRecord> before = storage.find(name);
            RenewalRecord started = started(known(name, before), fields);
            RecordContent content = content(started.renewal(started.isRenewal() && way == Way.BY_CERTIFICATE));
            try {
                return before.isPresent() ? storage.replace(before.get(), content) : storage.create(name, content);
            } catch (StaleRecordException e) {
                // A sweep gave it a time meanwhile.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private RenewalRecord known(RecordName name, Optional<StoredRecord> before) throws IOException {
        RenewalRecord known = before.isPresent()
                ? RenewalRecord.decode(before.get())
                : RenewalRecord.planned(name, Plan.never(planner.now(), ""));
        if (known.phase() != Phase.PLANNED) {
            throw new IllegalStateException(
                    "a request for the key " + ForeignText.shown(name.text()) + " is under way; wait until it ends");
        }
        return known;
    }

    private RenewalRecord started(RenewalRecord known, RequestFields fields) throws IOException {
        IdentitySummary summary = identities.summary(fields.keyName());
        return beginning
                .started(known, summary, Attempt.Kind.MANUAL)
                .use(fields.use())
                .plan(planner.in(KEY_TIME, "its key is being made"));
    }

    private void requireNotDefault(String name) {
        if (settings.defaultKey().equals(Optional.of(name)) || Workshop.isPrevious(name)) {
            throw new IllegalArgumentException(
                    "fields: the name " + ForeignText.shown(name) + " is that of a key that is never replaced");
        }
    }

    private boolean isFor(RequestFields fields) throws IOException {
        Optional<CertificationRequest> pending = identities.certificationRequest(fields.keyName());
        return pending.isPresent()
                && pending.get().subject().equals(fields.subject())
                && pending.get().keyType().equals(Optional.of(fields.keyType()));
    }

    /** What is pending goes on if it is for the same subject and key: the authority may have certified it. */
    private Step keyed(RenewalRecord started, RequestFields fields, Optional<Passphrase> challenge) throws IOException {
        RenewalRecord sending = started.phase(Phase.SENDING).plan(planner.in(Duration.ZERO, "a request is under way"));
        boolean isPending = ending.pendingKey(fields.keyName()).isPresent();
        if (isPending && isFor(fields)) {
            return Step.goingOn(sending);
        }
        if (isPending) {
            identities.withdraw(fields.keyName());
        }
        if (beginning.isFull()) {
            return ending.failed(started, RequestError.of(Kind.KEY_LIMIT, "delete a key that is not in use"));
        }
        if (challenge.isPresent() || started.isRenewal()) {
            makeKey(fields, challenge);
        } else {
            beginning.request(fields.keyName(), fields.draft(), fields.keyType());
        }
        return Step.goingOn(sending);
    }

    private void makeKey(RequestFields fields, Optional<Passphrase> challenge) throws IOException {
        CertificationRequest.Draft draft = fields.draft();
        identities.request(
                fields.keyName(), challenge.map(draft::challengePassword).orElse(draft), fields.keyType());
    }

    private RecordContent content(RenewalRecord record) {
        RecordContent content = RecordContent.of(record.encode());
        return record.plan().at().map(content::lookAgainAt).orElse(content);
    }
}
