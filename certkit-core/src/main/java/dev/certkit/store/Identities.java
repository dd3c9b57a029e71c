package dev.certkit.store;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.KeyMismatchException;
import dev.certkit.identity.PendingKey;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A device's own keys and certificates, each under a name.
 *
 * <p>An identity is one record: the certified key in use, and beside it the pending key of a first request or of a
 * renewal. It changes as a whole or not at all. A pending key is never overwritten, because an authority may have
 * certified it already: {@linkplain #install install} the answer or {@linkplain #withdraw withdraw} the request. Thread
 * safe, also for several processes where the storage is.
 */
public final class Identities {
    private static final Shelf SHELF = Shelf.of("identities");
    private static final int PAGE = 100;
    private static final int ATTEMPTS = 20;

    private final Storage storage;
    private final KeySeal seal;

    private Identities(Storage storage, KeySeal seal) {
        this.storage = storage;
        this.seal = seal;
    }

    /**
     * Opens the identities of a storage; say next how private keys are kept.
     *
     * @param storage stays open as long as the identities are used, and is closed by the caller; not null
     */
    public static Opening in(Storage storage) {
        return new Opening(Objects.requireNonNull(storage, "storage"));
    }

    /** Identities whose private keys still need a form. */
    public static final class Opening {
        private final Storage storage;

        private Opening(Storage storage) {
            this.storage = storage;
        }

        /**
         * Keeps private keys encrypted (PKCS#8, PBES2 with AES-256); reading one costs some 30 ms.
         *
         * @param passphrase not empty; must stay open as long as the identities are used; not null
         * @throws IllegalArgumentException if it is empty
         */
        public Identities sealedUnder(Passphrase passphrase) {
            if (passphrase.isEmpty()) {
                throw new IllegalArgumentException("passphrase: it is empty, which protects nothing");
            }
            return new Identities(storage, KeySeal.under(passphrase));
        }

        /** Keeps private keys in clear: whoever reads the storage has them. */
        public Identities unencrypted() {
            return new Identities(storage, KeySeal.none());
        }
    }

    /**
     * Makes a key and a request and stores both, before anybody is asked.
     *
     * @param name 1 to 1024 characters; not null
     * @param draft not null
     * @param type the kind of key to make; not null
     * @return what is to be sent
     * @throws IllegalStateException if a request is pending under this name
     * @throws IOException if the storage fails; nothing was changed
     */
    public PendingKey request(String name, CertificationRequest.Draft draft, KeyType type) throws IOException {
        Objects.requireNonNull(draft, "draft");
        checkNothingPending(name, read(name));
        PendingKey pending = draft.signedBy(type.generate());
        String key = seal.toPem(pending.privateKey());
        update(name, before -> {
            checkNothingPending(name, before);
            return before.withPending(key, pending.request().toPem());
        });
        return pending;
    }

    private static void checkNothingPending(String name, IdentityText identity) {
        if (identity.pending().isPresent()) {
            throw new IllegalStateException("identity " + PrintableText.of(name)
                    + " has a pending request; install its answer, or withdraw it, before you make another");
        }
    }

    /**
     * Notes that the authority wants to be asked again, and under which transaction.
     *
     * @param name not null
     * @param transactionId as the authority's answer has it; not null
     * @throws IllegalStateException if nothing is pending under this name
     * @throws IOException if the storage fails; nothing was changed
     */
    public void awaiting(String name, String transactionId) throws IOException {
        Objects.requireNonNull(transactionId, "transactionId");
        update(name, before -> {
            requirePending(name, before);
            return before.withTransaction(transactionId);
        });
    }

    /**
     * Installs the certificate that answers the pending request; the certified key replaces the one in use.
     *
     * @param name not null
     * @param chain leaf first; not null
     * @return the key that is now in use
     * @throws IllegalStateException if nothing is pending under this name
     * @throws KeyMismatchException if the certificate is for another key; nothing was changed
     * @throws IOException if the storage fails; nothing was changed
     */
    public CertifiedKey install(String name, CertificateChain chain) throws IOException {
        PendingKey pending = pending(name)
                .orElseThrow(() -> new IllegalStateException("identity " + PrintableText.of(name)
                        + " has no pending request that this certificate could answer; import it with its key"));
        CertifiedKey certified = pending.certifiedBy(chain);
        install(name, certified);
        return certified;
    }

    /**
     * Installs a certified key: an authority's answer, a self-signed one or an imported one. It replaces the one in use.
     *
     * <p>A pending request for this very key is answered by it and goes; a pending request for another key stays.
     *
     * @param name 1 to 1024 characters; not null
     * @param key its match is proved once more; not null
     * @throws KeyMismatchException if its halves do not belong together; nothing was changed
     * @throws IllegalArgumentException if the private key cannot leave its token
     * @throws IOException if the storage fails; nothing was changed
     */
    public void install(String name, CertifiedKey key) throws IOException {
        CertifiedKey proved = CertifiedKey.of(key.privateKey(), key.chain());
        String pem = seal.toPem(proved.privateKey());
        update(name, before -> {
            boolean answered = before.isPendingFor(proved.chain().leaf().getPublicKey());
            IdentityText after = answered ? before.withoutPending() : before;
            return after.withCurrent(pem, proved.chain().toPem());
        });
    }

    /**
     * Gives a pending request up, with its key.
     *
     * @param name not null
     * @throws IllegalStateException if nothing is pending under this name
     * @throws IOException if the storage fails; nothing was changed
     */
    public void withdraw(String name) throws IOException {
        update(name, before -> {
            requirePending(name, before);
            return before.withoutPending();
        });
    }

    private static void requirePending(String name, IdentityText identity) {
        if (identity.pending().isEmpty()) {
            throw new IllegalStateException("identity " + PrintableText.of(name) + " has no pending request");
        }
    }

    /**
     * The certified key in use.
     *
     * @param name not null
     * @return empty if there is none, also while a first request is pending
     * @throws IOException if the storage fails, or the record is damaged or sealed under another passphrase
     */
    public Optional<CertifiedKey> find(String name) throws IOException {
        return read(name).current(seal);
    }

    /**
     * The pending key, to be sent once more or to be polled for, also after a restart.
     *
     * @param name not null
     * @return empty if nothing is pending
     * @throws IOException if the storage fails, or the record is damaged or sealed under another passphrase
     */
    public Optional<PendingKey> pending(String name) throws IOException {
        return read(name).pendingKey(seal);
    }

    /**
     * The transaction that {@link #awaiting} noted.
     *
     * @param name not null
     * @return empty if nothing is pending, or it was never answered
     * @throws IOException if the storage fails or the record is damaged
     */
    public Optional<String> transactionId(String name) throws IOException {
        return read(name).transactionId();
    }

    /**
     * The names, in order.
     *
     * @throws IOException if the storage fails
     */
    public List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        Optional<String> last = Optional.empty();
        List<RecordHeader> page;
        do {
            page = storage.list(SHELF, last, PAGE);
            for (RecordHeader header : page) {
                names.add(header.name().text());
                last = Optional.of(header.name().text());
            }
        } while (page.size() == PAGE);
        return names;
    }

    /**
     * Deletes an identity with its keys and a pending request; deleting what is not there does nothing.
     *
     * @param name not null
     * @throws IOException if the storage fails
     */
    public void delete(String name) throws IOException {
        Optional<StoredRecord> found = storage.find(SHELF.name(name));
        while (found.isPresent()) {
            try {
                storage.delete(found.get());
                return;
            } catch (StaleRecordException e) {
                found = storage.find(SHELF.name(name));
            }
        }
    }

    /**
     * The certified key in use, whenever it is asked for: what is installed later is given from then on.
     *
     * <p>While nothing changed, asking costs no reading. The supplier throws {@link java.io.UncheckedIOException} if the
     * storage fails, and {@link IllegalStateException} if nothing is installed under the name.
     *
     * @param name not null
     */
    public Supplier<CertifiedKey> live(String name) {
        return new LiveIdentity(storage, SHELF.name(name), seal);
    }

    private IdentityText read(String name) throws IOException {
        Optional<StoredRecord> found = storage.find(SHELF.name(name));
        return found.isPresent() ? IdentityText.decode(found.get()) : IdentityText.EMPTY;
    }

    private interface Change {
        IdentityText apply(IdentityText before) throws IOException;
    }

    /** Reads, changes and writes, again if somebody else wrote meanwhile. */
    private void update(String name, Change change) throws IOException {
        RecordName record = SHELF.name(name);
        for (int attempt = 1; ; attempt++) {
            Optional<StoredRecord> found = storage.find(record);
            IdentityText before = found.isPresent() ? IdentityText.decode(found.get()) : IdentityText.EMPTY;
            IdentityText after = change.apply(before);
            try {
                write(record, found, after);
                return;
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
}
