package dev.certkit.renew;

import dev.certkit.store.RecordHeader;
import dev.certkit.store.Shelf;
import dev.certkit.store.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A whole shelf, page by page. */
final class Pages {
    private static final int PAGE = 500;

    private Pages() {}

    static List<RecordHeader> headers(Storage storage, Shelf shelf) throws IOException {
        List<RecordHeader> all = new ArrayList<>();
        List<RecordHeader> page;
        do {
            Optional<String> last = all.isEmpty()
                    ? Optional.empty()
                    : Optional.of(all.get(all.size() - 1).name().text());
            page = storage.list(shelf, last, PAGE);
            all.addAll(page);
        } while (page.size() == PAGE);
        return all;
    }

    static List<String> names(Storage storage, Shelf shelf) throws IOException {
        return headers(storage, shelf).stream()
                .map(header -> header.name().text())
                .toList();
    }
}
