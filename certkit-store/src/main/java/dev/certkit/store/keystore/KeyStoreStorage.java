package dev.certkit.store.keystore;

import dev.certkit.format.Pasted;
import dev.certkit.format.Pkcs12Profile;
import dev.certkit.internal.disk.Durable;
import dev.certkit.key.Passphrase;
import dev.certkit.store.Lease;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A storage in one PKCS#12 file, which other programs open as a key store; for one process at a time.
 *
 * <pre>{@code
 * try (Passphrase passphrase = Passphrase.of(console.readPassword());
 *         KeyStoreStorage file = KeyStoreStorage.at(Path.of("server.p12"), passphrase)) {
 *     Identities identities = Identities.in(file).unencrypted();   // the file itself is encrypted
 *     identities.selfSigned("web", CertifiedKey.selfSigned(DistinguishedName.cn("cam.example.fr")), KeyType.EC_P256);
 * }
 * // keytool -list -keystore server.p12 shows: certkit-records, SecretKeyEntry; web, PrivateKeyEntry
 * }</pre>
 *
 * <p><b>What other programs see.</b> Each {@linkplain dev.certkit.shelf.Identities identity} that is in use is a key entry
 * under its name, with its key and chain; each certificate on the shelf {@code trust} that is accepted everywhere and without an
 * end is a trusted certificate. All records, with pending requests, other shelves, revisions and times, are the octets of
 * one secret entry, {@code certkit-records}. Not shown, but kept there all the same, are an identity whose key is
 * in a token or sealed otherwise than under this file's passphrase. A name is escaped where it cannot be printed; of names that
 * differ only in case, which Java takes for one, the later ones get a number.
 *
 * <p><b>What other programs may do.</b> Read it, and write it anew with another passphrase. A file in which they added or
 * removed an entry is refused when it is opened, so that nothing of it is written over.
 *
 * <p><b>What a write does.</b> It writes the whole file: it costs one derivation of a key, some 60 ms, whatever the number of
 * records, and three syncs. The file is readable by its owner only from the moment it exists, and is replaced by one
 * rename. The file before is kept beside it as {@code server.p12.previous} until the next write: what was deleted is gone only
 * then. A file that is torn or changed is found when it is opened; then the file before is used, a warning is
 * logged, and {@link #damaged()} tells it.
 *
 * <p>All records are held in memory. It is made for tens of records; for hundreds use
 * {@link dev.certkit.store.Storage another storage}. The whole file has at most 64 MiB. While it is open, leave {@code
 * server.p12.lock} and {@code server.p12.gate} alone.
 *
 * <p>Thread safe; readers wait for nobody.
 */
public final class KeyStoreStorage implements Storage {
    private final KeyStoreFile file;
    private final ShownEntries shown;
    private final Passphrase passphrase;
    private final Clock clock;
    private final Optional<DamagedKeyStore> damaged;
    private final AtomicLong changes;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile Contents contents;
    private volatile boolean closed;
    private long lastRevision;

    private KeyStoreStorage(Opening opened, Draft draft) {
        this.file = opened.file();
        this.shown = opened.shown();
        this.contents = opened.contents();
        this.damaged = opened.damaged();
        this.passphrase = draft.passphrase;
        this.clock = draft.clock;
        this.lastRevision = contents.lastRevision();
        this.changes = new AtomicLong(lastRevision);
    }

    /**
     * Opens a file on the system's clock; one that is absent is made by the first write.
     *
     * @param file of this class; its directory is made if need be, and must be open to nobody else's writing; not null
     * @param passphrase of the file, not empty; must stay open as long as the storage is used; not null
     * @return the storage, to be closed
     * @throws IllegalArgumentException if the passphrase is empty
     * @throws KeyStoreInUseException if it is open already, in this or another process
     * @throws IOException if the file is refused or cannot be read: a wrong passphrase, damage, another program's file
     */
    public static KeyStoreStorage at(Path file, Passphrase passphrase) throws IOException {
        return draft(file, passphrase).open();
    }

    /**
     * Prepares to open a file otherwise than {@link #at} does.
     *
     * @param file as there; not null
     * @param passphrase as there; not null
     * @return a draft; nothing is touched yet
     * @throws IllegalArgumentException if the passphrase is empty
     */
    public static Draft draft(Path file, Passphrase passphrase) {
        if (passphrase.isEmpty()) {
            throw new IllegalArgumentException("passphrase: it is empty, which protects nothing");
        }
        return new Draft(Objects.requireNonNull(file, "file"), passphrase, Clock.systemUTC());
    }

    /**
     * Reads any other key store, PKCS#12 or JKS, for {@link dev.certkit.shelf.Identities#importing}.
     *
     * @param keyStore an existing file of at most 1 MiB, which is only read; not null
     * @param passphrase of the file and its keys; stays open; not null
     * @return keys with their aliases, and certificates; what another passphrase locks is among {@link Pasted#locked()}
     * @throws IOException if the file cannot be read, or there is nothing in it
     */
    public static Pasted entriesOf(Path keyStore, Passphrase passphrase) throws IOException {
        Objects.requireNonNull(passphrase, "passphrase");
        byte[] bytes = KeyStoreFile.read(keyStore)
                .orElseThrow(() -> new NoSuchFileException(keyStore.toString(), null, "there is no such key store"));
        return Pasted.decode(bytes, passphrase);
    }

    /** How a file is to be opened; immutable, each method gives a new draft. */
    public static final class Draft {
        private final Path file;
        private final Passphrase passphrase;
        private final Clock clock;

        private Draft(Path file, Passphrase passphrase, Clock clock) {
            this.file = file;
            this.passphrase = passphrase;
            this.clock = clock;
        }

        /**
         * Sets the clock that leases begin and end by; the system's otherwise.
         *
         * @param clock not null
         * @return the new draft
         */
        public Draft clock(Clock clock) {
            return new Draft(file, passphrase, Objects.requireNonNull(clock, "clock"));
        }

        /**
         * Opens the file; one that is absent is made by the first write.
         *
         * @return the storage, to be closed
         * @throws KeyStoreInUseException if it is open already, in this or another process
         * @throws IOException if the file is refused or cannot be read: a wrong passphrase, damage, another program's file
         */
        public KeyStoreStorage open() throws IOException {
            return new KeyStoreStorage(Opening.of(file, passphrase), this);
        }
    }

    @Override
    public Optional<StoredRecord> find(RecordName name) {
        return now().find(Objects.requireNonNull(name, "name"));
    }

    @Override
    public Optional<StoredRecord> findByFingerprint(Shelf shelf, Fingerprint fingerprint) {
        Objects.requireNonNull(shelf, "shelf");
        return now().find(shelf, Objects.requireNonNull(fingerprint, "fingerprint"));
    }

    @Override
    public List<RecordHeader> list(Shelf shelf, Optional<String> after, int limit) {
        Objects.requireNonNull(shelf, "shelf");
        return now().list(shelf, after.map(shelf::name), RecordHeader.checkLimit(limit));
    }

    @Override
    public List<RecordHeader> dueBefore(Shelf shelf, Instant end, int limit) {
        Objects.requireNonNull(shelf, "shelf");
        Objects.requireNonNull(end, "end");
        return now().due(shelf, at -> at.isBefore(end))
                .limit(RecordHeader.checkLimit(limit))
                .map(StoredRecord::header)
                .toList();
    }

    @Override
    public StoredRecord create(RecordName name, RecordContent content) throws IOException {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(content, "content");
        return alone("write " + name, () -> {
            Optional<StoredRecord> present = contents.find(name);
            if (present.isPresent()) {
                throw StaleRecordException.exists(present.get().header());
            }
            return write(new StoredRecord(name, ++lastRevision, content, 0));
        });
    }

    @Override
    public StoredRecord replace(StoredRecord expected, RecordContent content) throws IOException {
        RecordName name = expected.name();
        Objects.requireNonNull(content, "content");
        return alone("write " + name, () -> {
            requireUnchanged(expected);
            return write(new StoredRecord(name, ++lastRevision, content, expected.leaseEpoch()));
        });
    }

    @Override
    public void delete(StoredRecord expected) throws IOException {
        alone("delete " + expected.name(), () -> {
            requireUnchanged(expected);
            commit(contents.without(expected.name(), ++lastRevision));
            return expected;
        });
    }

    @Override
    public List<Lease> claimDue(Shelf shelf, String owner, int max, Duration timeToLive) throws IOException {
        Objects.requireNonNull(shelf, "shelf");
        Lease.checkOwner(owner);
        Lease.checkTimeToLive(timeToLive);
        RecordHeader.checkLimit(max);
        return alone("claim on " + shelf, () -> {
            Instant now = clock.instant();
            List<Lease> leases = new ArrayList<>();
            Contents next = contents;
            for (StoredRecord due :
                    contents.due(shelf, at -> !at.isAfter(now)).limit(max).toList()) {
                long revision = ++lastRevision;
                RecordContent content = due.content().lookAgainAt(now.plus(timeToLive));
                StoredRecord claimed = new StoredRecord(due.name(), revision, content, revision);
                next = next.with(claimed);
                leases.add(new Lease(claimed, owner));
            }
            if (!leases.isEmpty()) {
                commit(next);
            }
            return leases;
        });
    }

    @Override
    public Lease extend(Lease lease, Duration timeToLive) throws IOException {
        StoredRecord claimed = lease.record();
        Lease.checkTimeToLive(timeToLive);
        return alone("extend the lease of " + claimed.name(), () -> {
            requireUnchanged(claimed);
            RecordContent content =
                    claimed.content().lookAgainAt(clock.instant().plus(timeToLive));
            return new Lease(
                    write(new StoredRecord(claimed.name(), ++lastRevision, content, lease.epoch())), lease.owner());
        });
    }

    @Override
    public long changeToken() {
        now();
        return changes.get();
    }

    /**
     * What was found broken when the file was opened.
     *
     * @return empty if the file was whole
     */
    public Optional<DamagedKeyStore> damaged() {
        return damaged;
    }

    @Override
    public void close() throws IOException {
        writing.lock();
        try {
            if (!closed) {
                closed = true;
                file.close();
            }
        } finally {
            writing.unlock();
        }
    }

    /** The file. */
    @Override
    public String toString() {
        return "KeyStoreStorage[" + file.file() + "]";
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    /** Runs a step while nobody else writes, and says in words what became of it if the disk fails. */
    private <T> T alone(String what, Step<T> step) throws IOException {
        writing.lock();
        try {
            now();
            return step.run();
        } catch (StaleRecordException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(
                    "cannot " + what + " in " + file.file() + ": " + Durable.reason(e)
                            + "; what was there is as it was, call again when the cause is gone",
                    e);
        } finally {
            writing.unlock();
        }
    }

    private StoredRecord write(StoredRecord record) throws IOException {
        commit(contents.with(record));
        return record;
    }

    private void commit(Contents next) throws IOException {
        byte[] bytes = shown.of(next)
                .andSecret(RecordsEntry.NAME, RecordsEntry.encode(next))
                .encode(passphrase, Pkcs12Profile.KEY_STORE);
        if (bytes.length > KeyStoreFile.MAX_BYTES) {
            throw new IOException("it would have " + bytes.length + " octets, where a key store file has at most "
                    + KeyStoreFile.MAX_BYTES + "; keep so many records in a directory or a data base");
        }
        file.replace(bytes);
        contents = next;
        changes.incrementAndGet();
    }

    private void requireUnchanged(StoredRecord expected) throws StaleRecordException {
        StaleRecordException.check(expected, contents.find(expected.name()).map(StoredRecord::header));
    }

    private Contents now() {
        if (closed) {
            throw new IllegalStateException("this storage is closed");
        }
        return contents;
    }
}
