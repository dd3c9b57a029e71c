package dev.certkit.store.keystore;

import dev.certkit.format.DecodingLimits;
import dev.certkit.format.MalformedEncodingException;
import dev.certkit.format.Pkcs12;
import dev.certkit.key.Passphrase;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key store that was locked and read.
 *
 * @param file locked until the storage is closed
 * @param contents what it holds
 * @param shown how its records are shown
 * @param damaged what was found broken
 */
record Opening(KeyStoreFile file, Contents contents, ShownEntries shown, Optional<DamagedKeyStore> damaged) {
    private static final Logger LOG = LoggerFactory.getLogger(KeyStoreStorage.class);

    static Opening of(Path path, Passphrase passphrase) throws IOException {
        KeyStoreFile file = KeyStoreFile.take(path);
        try {
            return read(file, passphrase);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static Opening read(KeyStoreFile file, Passphrase passphrase) throws IOException {
        ShownEntries shown = new ShownEntries(passphrase);
        Optional<byte[]> bytes = KeyStoreFile.read(file.file());
        Optional<byte[]> before = KeyStoreFile.read(file.previous());
        if (bytes.isEmpty() && before.isEmpty()) {
            return new Opening(file, Contents.EMPTY, shown, Optional.empty());
        }
        try {
            Contents contents = contents(file.file(), orMissing(bytes, file.file()), new Key(passphrase, shown));
            file.isNow(bytes.orElseThrow());
            return new Opening(file, contents, shown, Optional.empty());
        } catch (MalformedEncodingException e) {
            if (e.needsPassphrase() || before.isEmpty()) {
                throw refused(file.file(), e);
            }
            DamagedKeyStore damage = new DamagedKeyStore(file.file(), String.valueOf(e.getMessage()), file.previous());
            Contents contents = earlier(file, before.get(), new Key(passphrase, shown), e);
            return new Opening(file, contents, shown, Optional.of(damage));
        }
    }

    private static FileSystemException refused(Path file, MalformedEncodingException reason) {
        FileSystemException refused = new FileSystemException(
                file.toString(),
                null,
                "cannot be opened: " + reason.reason()
                        + (reason.needsPassphrase() ? "" : "; restore it from a backup, or move it away"));
        refused.initCause(reason);
        return refused;
    }

    private static byte[] orMissing(Optional<byte[]> bytes, Path file) throws MalformedEncodingException {
        if (bytes.isEmpty()) {
            throw new MalformedEncodingException(file.toString(), "is missing");
        }
        return bytes.get();
    }

    private static Contents earlier(KeyStoreFile file, byte[] before, Key key, MalformedEncodingException damage)
            throws IOException {
        Contents contents;
        try {
            contents = contents(file.previous(), before, key);
        } catch (IOException e) {
            damage.addSuppressed(e);
            throw refused(file.file(), damage);
        }
        file.isNow(before);
        LOG.warn(
                "{}: {}; {} is used in its place, what was written later is lost",
                file.file(),
                damage.reason(),
                file.previous());
        return contents;
    }

    /** What opens and judges a file. */
    private record Key(Passphrase passphrase, ShownEntries shown) {}

    private static Contents contents(Path path, byte[] bytes, Key key) throws IOException {
        DecodingLimits limits = DecodingLimits.standard()
                .maxBytes(KeyStoreFile.MAX_BYTES)
                .maxItems(100_000)
                .maxIterations(10_000_000)
                .acceptingLegacyKeys();
        Pkcs12 found = Pkcs12.decode(bytes, key.passphrase, limits);
        Optional<byte[]> records = found.secret(RecordsEntry.NAME, key.passphrase);
        if (records.isEmpty()) {
            throw new FileSystemException(
                    path.toString(),
                    null,
                    "was written by another program; import its keys into the identities of a new file, see"
                            + " KeyStoreStorage.entriesOf");
        }
        Contents contents = RecordsEntry.decode(records.get(), path.toString());
        List<String> differences = key.shown.differences(found, contents);
        if (!differences.isEmpty()) {
            throw new FileSystemException(
                    path.toString(),
                    null,
                    "was changed by another program, and would be written over: " + String.join(", ", differences)
                            + "; undo that there, or import what was added into another storage and restore the file");
        }
        return contents;
    }
}
