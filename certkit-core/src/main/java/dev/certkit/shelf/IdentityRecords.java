package dev.certkit.shelf;

import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The records of identities: reads, changes and writes, again if somebody else wrote meanwhile. */
final class IdentityRecords {
    private static final Shelf SHELF = Shelf.of("identities");
    private static final int PAGE = 100;
    private static final int ATTEMPTS = 20;

    private final Storage storage;

    IdentityRecords(Storage storage) {
        this.storage = storage;
    }

    /** What a step makes of an identity, and what it answers; may be asked again. */
    interface Step<T> {
        Outcome<T> apply(IdentityText before) throws IOException;
    }

    record Outcome<T>(IdentityText after, T answer) {}

    Storage storage() {
        return storage;
    }

    EndpointRecords endpoints() {
        return new EndpointRecords(storage);
    }

    RecordName name(String name) {
        return SHELF.name(name);
    }

    IdentityText read(String name) throws IOException {
        return decode(storage.find(name(name)));
    }

    private static IdentityText decode(Optional<StoredRecord> found) throws IOException {
        return found.isPresent() ? IdentityText.decode(found.get()) : IdentityText.EMPTY;
    }

    Set<IdentityStep> allowed(String name) throws IOException {
        Set<IdentityStep> allowed = Situation.of(read(name)).allowed();
        if (!endpoints().using(name).isEmpty()) {
            allowed.removeAll(Set.of(IdentityStep.DELETE, IdentityStep.UNINSTALL));
        }
        return Set.copyOf(allowed);
    }

    <T> T update(String name, Step<T> step) throws IOException {
        RecordName record = name(name);
        for (int attempt = 1; ; attempt++) {
            Optional<StoredRecord> found = storage.find(record);
            IdentityText before = decode(found);
            Outcome<T> outcome = step.apply(before);
            try {
                if (!outcome.after.equals(before)) {
                    write(record, found, outcome.after);
                }
                return outcome.answer;
            } catch (StaleRecordException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void write(RecordName name, Optional<StoredRecord> found, IdentityText after) throws IOException {
        if (found.isEmpty()) {
            storage.create(name, after.encode());
        } else if (after.isEmpty()) {
            storage.delete(found.get());
        } else {
            storage.replace(found.get(), after.encode());
        }
    }

    void delete(String name) throws IOException {
        Optional<StoredRecord> found = storage.find(name(name));
        while (found.isPresent()) {
            endpoints().requireUnused(name, IdentityStep.DELETE);
            try {
                storage.delete(found.get());
                return;
            } catch (StaleRecordException e) {
                found = storage.find(name(name));
            }
        }
    }

    List<String> page(Optional<String> after, int limit) throws IOException {
        return storage.list(SHELF, after, limit).stream()
                .map(header -> header.name().text())
                .toList();
    }

    List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        List<String> page;
        do {
            Optional<String> last = names.isEmpty() ? Optional.empty() : Optional.of(names.get(names.size() - 1));
            page = page(last, PAGE);
            names.addAll(page);
        } while (page.size() == PAGE);
        return names;
    }

    /** Empty if it was deleted meanwhile. */
    Optional<IdentitySummary> summary(String name) throws IOException {
        Optional<StoredRecord> found;
        try {
            found = storage.find(name(name));
            return found.isEmpty()
                    ? Optional.empty()
                    : Optional.of(IdentitySummary.of(name, IdentityText.decode(found.get())));
        } catch (IOException e) {
            // Damaged: it must not hide its neighbours in a list. A storage that fails as a whole fails to list.
            return Optional.of(IdentitySummary.unreadable(name));
        }
    }

    /** The names under which a public key is in use or pending, but for one name. */
    List<String> holders(HolderKey key, Optional<String> except) throws IOException {
        List<String> holders = new ArrayList<>();
        for (String name : names()) {
            if (!except.equals(Optional.of(name)) && holds(name, key)) {
                holders.add(name);
            }
        }
        return holders;
    }

    private boolean holds(String name, HolderKey key) {
        try {
            IdentityText identity = read(name);
            return identity.leaf().map(HolderKey::of).equals(Optional.of(key))
                    || (identity.pending().isPresent()
                            && HolderKey.ofRequest(identity.pending().get().paper())
                                    .equals(key));
        } catch (IOException e) {
            // What cannot be read cannot be compared, and must not stop an import.
            return false;
        }
    }
}
