package dev.certkit.renew;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.renew.RenewerDraft.Taker;
import dev.certkit.renew.RequestError.Kind;
import dev.certkit.shelf.Identities;
import dev.certkit.shelf.IdentityInUseException;
import dev.certkit.shelf.IdentitySummary;
import dev.certkit.store.RecordContent;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The phases after the new pair is stored: it is taken, and only then goes what it replaces. */
final class Taking {
    private static final Logger LOG = LoggerFactory.getLogger(Renewer.class);

    private final Workshop workshop;
    private final RenewalSettings settings;
    private final Identities identities;
    private final Planner planner;
    private final Ending ending;

    Taking(Workshop workshop, RenewalSettings settings) {
        this.workshop = workshop;
        this.settings = settings;
        this.identities = workshop.identities();
        this.planner = workshop.planner(settings);
        this.ending = new Ending(workshop, settings);
    }

    Step take(RenewalRecord record) throws IOException {
        Optional<CertifiedKey> key = identities.find(record.name());
        if (key.isEmpty()) {
            return ending.failed(record, RequestError.of(Kind.WITHDRAWN, "the new certificate was removed"));
        }
        Optional<Taker> taker = workshop.hooks().taker();
        try {
            if (taker.isPresent()) {
                taker.get().take(record.name(), key.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return notTaken(record, e);
        } catch (Exception e) {
            return notTaken(record, e);
        }
        return Step.goingOn(record.phase(Phase.CLEANING).failures(0));
    }

    private Step notTaken(RenewalRecord record, Exception cause) {
        RequestError error = RequestError.of(Kind.DEVICE, "the new pair was not taken: " + cause.getMessage());
        int failures = record.failures() + 1;
        LOG.warn("{}: {}", record.recordName(), error);
        return Step.waiting(
                record.trouble(Optional.of(error)).failures(failures).plan(planner.takeAgain(failures)));
    }

    Step clean(RenewalRecord record) throws IOException {
        if (!settings.keepsOldKeys()) {
            identities.delete(Workshop.previous(record.name()));
            deleteOthersOfSameUse(record);
        }
        IdentitySummary summary = identities.summary(record.name());
        RenewalRecord done = record.last(record.open().succeeded(planner.now()))
                .failures(0)
                .trouble(Optional.empty())
                .keptKey(Optional.empty());
        LOG.info("{} has a new certificate in use: {}", record.recordName(), summary);
        return Step.waiting(planner.planAfterSuccess(done, summary));
    }

    private void deleteOthersOfSameUse(RenewalRecord record) throws IOException {
        if (!record.use().isExclusive()) {
            return;
        }
        Storage storage = identities.storage();
        for (String name : Pages.names(storage, workshop.surroundings().shelf())) {
            Optional<StoredRecord> found =
                    storage.find(workshop.surroundings().shelf().name(name));
            if (found.isPresent()) {
                deleteIfReplaced(RenewalRecord.decode(found.get()), record, found.get());
            }
        }
    }

    /** The history of a key that is gone is kept. */
    private void deleteIfReplaced(RenewalRecord other, RenewalRecord record, StoredRecord stored) throws IOException {
        boolean isReplaced = other.use().equals(record.use())
                && !other.name().equals(record.name())
                && other.phase() == Phase.PLANNED
                && !settings.defaultKey().equals(Optional.of(other.name()));
        if (!isReplaced) {
            return;
        }
        try {
            identities.delete(other.name());
        } catch (IdentityInUseException e) {
            LOG.warn("a key that was replaced is kept, because something uses it: {}", e.getMessage());
            return;
        }
        RenewalRecord gone = other.use(KeyUse.none())
                .keptKey(Optional.empty())
                .basis(Optional.empty())
                .plan(Plan.never(planner.now(), "replaced by another key of the same use"));
        try {
            identities.storage().replace(stored, RecordContent.of(gone.encode()));
        } catch (StaleRecordException e) {
            // Somebody claimed it meanwhile, and finds the identity gone.
            LOG.info("{}", e.getMessage());
        }
    }
}
