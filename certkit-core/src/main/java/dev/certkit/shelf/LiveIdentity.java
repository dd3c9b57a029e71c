package dev.certkit.shelf;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.store.RecordName;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Follows one identity: asks for the storage's change token, and reads only when it moved. */
final class LiveIdentity implements Supplier<CertifiedKey> {
    private final Storage storage;
    private final RecordName name;
    private final KeySeal seal;

    private long token;
    private long revision;
    private @Nullable CertifiedKey last;

    LiveIdentity(Storage storage, RecordName name, KeySeal seal) {
        this.storage = storage;
        this.name = name;
        this.seal = seal.of(name.text());
    }

    @Override
    public synchronized CertifiedKey get() {
        try {
            // The token is read first: a change between the two reads is seen next time.
            long now = storage.changeToken();
            CertifiedKey known = last;
            if (known == null || now != token) {
                known = refreshed(known);
                last = known;
                token = now;
            }
            return known;
        } catch (IOException e) {
            throw new UncheckedIOException("the identity " + name + " cannot be read", e);
        }
    }

    private CertifiedKey refreshed(@Nullable CertifiedKey known) throws IOException {
        Optional<StoredRecord> found = storage.find(name);
        if (known != null && found.isPresent() && found.get().revision() == revision) {
            return known;
        }
        Optional<CertifiedKey> current =
                found.isPresent() ? IdentityText.decode(found.get()).current(seal) : Optional.empty();
        if (current.isEmpty()) {
            throw new IllegalStateException("the identity " + name + " has no certificate; install one first");
        }
        revision = found.map(StoredRecord::revision).orElse(0L);
        return current.get();
    }
}
