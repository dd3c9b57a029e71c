package dev.certkit.renew;

import dev.certkit.store.DueWork;
import dev.certkit.store.RecordContent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Takes the request of one identity from phase to phase; each is written before the next begins. */
final class Course implements DueWork.Task {
    private final Workshop workshop;
    private final Supplier<RenewalSettings> settings;
    private final BooleanSupplier isAutomatic;

    Course(Workshop workshop, Supplier<RenewalSettings> settings, BooleanSupplier isAutomatic) {
        this.workshop = workshop;
        this.settings = settings;
        this.isAutomatic = isAutomatic;
    }

    @Override
    public RecordContent work(DueWork.Job job) throws IOException {
        RenewalSettings now = settings.get();
        Step step = advance(job, RenewalRecord.decode(job.record()), now);
        while (step.goesOn()) {
            job.keep(RecordContent.of(step.record().encode()));
            step = advance(job, step.record(), now);
        }
        return content(job, step.record());
    }

    private Step advance(DueWork.Job job, RenewalRecord record, RenewalSettings now) throws IOException {
        Beginning beginning = new Beginning(workshop, now);
        Asking asking = new Asking(workshop, now);
        Taking taking = new Taking(workshop, now);
        return switch (record.phase()) {
            case PLANNED -> beginning.begin(record, isAutomatic.getAsBoolean());
            case STARTED -> beginning.prepare(record);
            case SENDING, WAITING -> asking.ask(job, record);
            case TAKING -> taking.take(record);
            case CLEANING -> taking.clean(record);
        };
    }

    /** Times are counted from the storage's clock, because that is what says what is due. */
    private RecordContent content(DueWork.Job job, RenewalRecord record) {
        RecordContent content = RecordContent.of(record.encode());
        Instant now = workshop.surroundings().clock().instant();
        return record.plan()
                .at()
                .map(at -> content.lookAgainAt(job.storageTime().plus(Duration.between(now, at))))
                .orElse(content);
    }
}
