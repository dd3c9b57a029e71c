package dev.certkit.renew;

import dev.certkit.renew.RequestStatus.State;
import dev.certkit.shelf.Identities;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** Tells a record in the words of a display. */
final class StatusReader {
    private StatusReader() {}

    static RequestStatus of(Workshop workshop, String name) throws IOException {
        Optional<StoredRecord> found = workshop.identities()
                .storage()
                .find(workshop.surroundings().shelf().name(name));
        return found.isEmpty()
                ? new RequestStatus(
                        State.TO_BE_PROCESSED, Optional.empty(), Optional.empty(), "not looked after", Optional.empty())
                : status(RenewalRecord.decode(found.get()));
    }

    private static RequestStatus status(RenewalRecord record) {
        Optional<Attempt> last = record.last();
        Plan plan = record.plan();
        if (record.phase() != Phase.PLANNED) {
            return new RequestStatus(
                    State.PROCESSING, last.map(Attempt::begun), plan.at(), plan.why(), record.trouble());
        }
        Optional<Instant> since = last.flatMap(attempt -> attempt.outcome().at());
        Optional<RequestError> error = last.flatMap(attempt -> attempt.outcome().error());
        return new RequestStatus(state(last), since, plan.at(), plan.why(), error);
    }

    private static State state(Optional<Attempt> last) {
        return last.map(attempt -> attempt.outcome().isSuccess() ? State.SUCCESSFUL : State.ERROR)
                .orElse(State.TO_BE_PROCESSED);
    }

    /** Of several, the one that was certified last. */
    static Optional<String> keyFor(Workshop workshop, KeyUse use) throws IOException {
        Identities identities = workshop.identities();
        Comparator<RenewalRecord> byTime = Comparator.comparing(StatusReader::certified);
        Optional<RenewalRecord> newest = Optional.empty();
        for (RenewalRecord record : Sweep.records(workshop)) {
            boolean isUsed = record.use().equals(use)
                    && identities.summary(record.name()).certificate().isPresent();
            if (isUsed && (newest.isEmpty() || byTime.compare(newest.get(), record) < 0)) {
                newest = Optional.of(record);
            }
        }
        return newest.map(RenewalRecord::name);
    }

    private static Instant certified(RenewalRecord record) {
        if (record.phase() == Phase.TAKING || record.phase() == Phase.CLEANING) {
            return Instant.MAX;
        }
        return record.history().stream()
                .filter(attempt -> attempt.outcome().isSuccess())
                .flatMap(attempt -> attempt.outcome().at().stream())
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }
}
