package dev.certkit.renew;

import dev.certkit.shelf.IdentityState;
import dev.certkit.shelf.IdentitySummary;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.RecordName;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks over all identities: new ones get a time, and times that a wrong clock chose are chosen anew. */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Renewer.class);
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final Workshop workshop;
    private final RenewalSettings settings;
    private final Storage storage;
    private final Planner planner;

    Sweep(Workshop workshop, RenewalSettings settings) {
        this.workshop = workshop;
        this.settings = settings;
        this.storage = workshop.identities().storage();
        this.planner = workshop.planner(settings);
    }

    void run() throws IOException {
        Map<String, RecordHeader> known = Pages.headers(
                        storage, workshop.surroundings().shelf())
                .stream()
                .collect(Collectors.toMap(header -> header.name().text(), Function.identity()));
        for (String name : names(known.keySet())) {
            try {
                look(name, Optional.ofNullable(known.get(name)));
            } catch (StaleRecordException e) {
                LOG.debug("somebody else looks after it: {}", e.getMessage());
            } catch (IOException e) {
                LOG.warn("an identity is passed over: {}", e.getMessage());
            }
        }
    }

    private Set<String> names(Set<String> known) throws IOException {
        Set<String> names = new LinkedHashSet<>(workshop.identities().names());
        settings.requests().forEach(fields -> names.add(fields.keyName()));
        names.addAll(known);
        names.removeIf(Workshop::isPrevious);
        names.removeIf(name -> !workshop.surroundings().names().test(name));
        settings.defaultKey().ifPresent(names::remove);
        return names;
    }

    private void look(String name, Optional<RecordHeader> header) throws IOException {
        if (header.isEmpty()) {
            adopt(name);
            return;
        }
        Optional<StoredRecord> stored = storage.find(header.get().name());
        if (stored.isPresent()) {
            review(stored.get());
        }
    }

    private void adopt(String name) throws IOException {
        IdentitySummary summary = workshop.identities().summary(name);
        Optional<RequestFields> fields = settings.request(name);
        boolean isRenewable = summary.state() == IdentityState.CA_SIGNED;
        boolean isWanted = fields.isPresent() && summary.certificate().isEmpty();
        if (isRenewable || isWanted) {
            RecordName record = workshop.surroundings().shelf().name(name);
            RenewalRecord first = RenewalRecord.planned(record, Plan.never(planner.now(), ""))
                    .use(fields.map(RequestFields::use).orElse(KeyUse.none()));
            RenewalRecord planned = planner.plan(first, summary);
            storage.create(record, content(planned));
            LOG.info("{} is looked after: {}", record, planned.plan());
        }
    }

    private RecordContent content(RenewalRecord record) {
        RecordContent content = RecordContent.of(record.encode());
        return record.plan().at().map(content::lookAgainAt).orElse(content);
    }

    private void review(StoredRecord stored) throws IOException {
        RenewalRecord record = RenewalRecord.decode(stored);
        IdentitySummary summary = workshop.identities().summary(record.name());
        boolean isNewPolicy = !record.policy().equals(settings.policy().map(RenewalPolicy::toString));
        if (isOfFuture(record, summary) || (isNewPolicy && record.phase() == Phase.PLANNED)) {
            RenewalRecord again = record.phase() == Phase.PLANNED ? planner.plan(record, summary) : underWay(record);
            LOG.info("{} has its time chosen anew: {}", record.recordName(), again.plan());
            storage.replace(stored, content(again));
        } else if (isHeldUp(stored, record)) {
            storage.replace(stored, content(record));
        }
    }

    /** A person waits for his request; the others were all set back at the same time, and spread out. */
    private RenewalRecord underWay(RenewalRecord record) {
        Attempt open = record.open();
        Duration wait = open.kind() == Attempt.Kind.MANUAL ? Duration.ZERO : planner.catchUp();
        Instant now = planner.now();
        RenewalRecord begun = open.begun().isAfter(now) ? record.last(open.begunAt(now)) : record;
        return begun.plan(planner.in(wait, "chosen by a clock that was ahead"));
    }

    /** Chosen later than it is now; unless it is our clock that is behind, which its certificate proves. */
    private boolean isOfFuture(RenewalRecord record, IdentitySummary summary) {
        Instant now = planner.now();
        boolean isBehind = summary.certificate()
                .map(EncodedCertificate::notBefore)
                .filter(notBefore -> now.plus(TOLERANCE).isBefore(notBefore))
                .isPresent();
        return !isBehind && record.plan().chosen().isAfter(now.plus(TOLERANCE));
    }

    /** A claim made by a clock that was ahead, or while requests were switched off, hides the time that was chosen. */
    private boolean isHeldUp(StoredRecord stored, RenewalRecord record) {
        Optional<Instant> next = stored.content().nextAt();
        if (next.isEmpty() || record.plan().at().isEmpty()) {
            return !next.equals(record.plan().at());
        }
        Instant leased = planner.now().plus(workshop.surroundings().lease()).plus(TOLERANCE);
        return next.get().isAfter(leased)
                && next.get().isAfter(record.plan().at().get().plus(TOLERANCE));
    }

    /** All that can be read. */
    static List<RenewalRecord> records(Workshop workshop) throws IOException {
        Storage storage = workshop.identities().storage();
        List<RenewalRecord> records = new ArrayList<>();
        for (RecordHeader header :
                Pages.headers(storage, workshop.surroundings().shelf())) {
            try {
                Optional<StoredRecord> found = storage.find(header.name());
                if (found.isPresent()) {
                    records.add(RenewalRecord.decode(found.get()));
                }
            } catch (IOException e) {
                LOG.warn("a record is passed over: {}", e.getMessage());
            }
        }
        return records;
    }
}
