package dev.certkit.benchmarks;

import dev.certkit.shelf.trust.ManyEntries;
import dev.certkit.shelf.trust.TrustLists;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.Storage;
import dev.certkit.trust.TrustAnchors;
import java.io.IOException;
import java.time.Instant;

/** Trust lists with a default set and many entries of every kind. */
final class ListedEntries {
    private ListedEntries() {}

    static TrustLists of(int entries, TrustAnchors defaults) throws IOException {
        Storage storage = InMemoryStorage.empty();
        ManyEntries.into(storage, entries, Instant.now());
        return TrustLists.in(storage)
                .authorities(defaults)
                .capturingUpTo(100_000)
                .open();
    }
}
