package dev.certkit.shelf;

import dev.certkit.store.RecordHeader;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The records of endpoints, as bindings and identities look at them. */
final class EndpointRecords {
    private static final Shelf SHELF = Shelf.of("endpoints");
    private static final int PAGE = 100;

    private final Storage storage;

    EndpointRecords(Storage storage) {
        this.storage = storage;
    }

    RecordName name(String endpoint) {
        return SHELF.name(endpoint);
    }

    Optional<StoredRecord> find(String endpoint) throws IOException {
        return storage.find(name(endpoint));
    }

    List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        List<RecordHeader> page;
        do {
            Optional<String> last = names.isEmpty() ? Optional.empty() : Optional.of(names.get(names.size() - 1));
            page = storage.list(SHELF, last, PAGE);
            page.forEach(header -> names.add(header.name().text()));
        } while (page.size() == PAGE);
        return names;
    }

    /** The endpoints that use an identity, or are about to. */
    List<String> using(String identity) throws IOException {
        List<String> using = new ArrayList<>();
        for (String endpoint : names()) {
            Optional<StoredRecord> found = find(endpoint);
            if (found.isPresent() && EndpointText.decode(found.get()).mentions(identity)) {
                using.add(endpoint);
            }
        }
        return using;
    }

    /** To be called after the identity was read and before it is written. */
    void requireUnused(String identity, IdentityStep step) throws IOException {
        List<String> using = using(identity);
        if (!using.isEmpty()) {
            throw new IdentityInUseException(identity, step, using);
        }
    }
}
