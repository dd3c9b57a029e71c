package dev.certkit.issue;

import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Gives each CRL of an authority its number, once, in the order of what the lists have seen. */
final class CrlShelf {
    private static final Shelf SHELF = Shelf.of("crl");

    private final Storage storage;
    private final RecordName name;

    CrlShelf(Storage storage, String authority) {
        this.storage = storage;
        this.name = SHELF.name(authority);
    }

    /** What a list is made of, and how the journal goes on after it. */
    interface Making<T> {
        /** Looks at the revocations; called again if another list was numbered meanwhile. */
        Numbered<T> look(CrlJournal journal) throws IOException;
    }

    /** What was seen, and the journal with the number of it. */
    record Numbered<T>(T seen, CrlJournal journal) {}

    /**
     * Looks and takes the next number as one: a list with a higher number has seen all that those below it have.
     *
     * <p>The number is used up here, before anything is signed, so that no crash can give it to two lists.
     */
    <T> Numbered<T> next(Making<T> making) throws IOException {
        while (true) {
            Optional<StoredRecord> record = storage.find(name);
            Numbered<T> numbered = making.look(record.isEmpty() ? CrlJournal.empty() : journal(record.get()));
            RecordContent content = RecordContent.of(numbered.journal.text().getBytes(StandardCharsets.UTF_8));
            try {
                if (record.isPresent()) {
                    storage.replace(record.get(), content);
                } else {
                    storage.create(name, content);
                }
                return numbered;
            } catch (StaleRecordException e) {
                // Another list took the number; look again.
            }
        }
    }

    private static CrlJournal journal(StoredRecord record) throws IOException {
        return CrlJournal.parse(new String(record.content().payload(), StandardCharsets.UTF_8));
    }
}
