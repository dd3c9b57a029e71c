package dev.certkit.issue;

import dev.certkit.format.Certificates;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StaleRecordException;
import dev.certkit.store.Storage;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an authority issued, a record per serial number: the certificate in PEM, before it perhaps the line that says
 * under which serial number it was renewed, and the SHA-256 of the key for which.
 */
final class IssuedShelf {
    private static final Shelf SHELF = Shelf.of("issued");
    private static final String RENEWED_BY = "renewed-by: ";
    private static final int PAGE = 1000;

    private final Storage storage;
    private final AuthorityChain authority;

    IssuedShelf(Storage storage, AuthorityChain authority) {
        this.storage = storage;
        this.authority = authority;
    }

    Storage storage() {
        return storage;
    }

    IssuedShelf in(Storage other) {
        return new IssuedShelf(other, authority);
    }

    /** Only what this authority issued: others may use the same storage. */
    Optional<X509Certificate> find(SerialNumber serial) throws IOException {
        return read(storage.find(name(serial)));
    }

    Optional<X509Certificate> find(Fingerprint fingerprint) throws IOException {
        return read(storage.findByFingerprint(SHELF, fingerprint));
    }

    private Optional<X509Certificate> read(Optional<StoredRecord> found) throws IOException {
        return found.isPresent()
                ? Optional.of(certificate(found.get())).filter(authority::isIssuerOf)
                : Optional.empty();
    }

    /** In the order of their serial numbers, as the storage orders them. */
    List<X509Certificate> list(Optional<SerialNumber> after, int limit) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        Optional<String> last = after.map(SerialNumber::hex);
        while (certificates.size() < limit) {
            List<RecordHeader> page = storage.list(SHELF, last, Math.min(PAGE, limit));
            for (RecordHeader header : page.subList(0, Math.min(page.size(), limit))) {
                if (certificates.size() < limit) {
                    read(storage.find(header.name())).ifPresent(certificates::add);
                }
            }
            if (page.size() < Math.min(PAGE, limit)) {
                return certificates;
            }
            last = Optional.of(page.get(page.size() - 1).name().text());
        }
        return certificates;
    }

    long count() throws IOException {
        long count = 0;
        Optional<String> last = Optional.empty();
        for (List<RecordHeader> page = storage.list(SHELF, last, PAGE);
                !page.isEmpty();
                page = storage.list(SHELF, last, PAGE)) {
            for (RecordHeader header : page) {
                count += read(storage.find(header.name())).isPresent() ? 1 : 0;
            }
            last = Optional.of(page.get(page.size() - 1).name().text());
        }
        return count;
    }

    /** Records a certificate, or gives the one that another thread recorded under this serial number just before. */
    X509Certificate record(X509Certificate certificate) throws IOException {
        SerialNumber serial = new SerialNumber(certificate.getSerialNumber());
        try {
            storage.create(name(serial), content("", certificate));
            return certificate;
        } catch (StaleRecordException e) {
            return find(serial)
                    .orElseThrow(
                            () -> new IllegalArgumentException(
                                    "serial: " + serial.hex()
                                            + " was used by another authority in this storage; draw a new one with nextSerialNumber()"));
        }
    }

    /** Whether this very certificate was issued and recorded here. */
    boolean contains(X509Certificate certificate) throws IOException {
        try {
            SerialNumber serial = new SerialNumber(certificate.getSerialNumber());
            return find(serial).filter(certificate::equals).isPresent();
        } catch (IllegalArgumentException e) {
            // A stranger's certificate with a serial number that none of ours can have, for example 0.
            return false;
        }
    }

    /** By which key a certificate was followed, if by any, and under which serial number. */
    record Successor(Fingerprint key, SerialNumber serial) {
        static Optional<Successor> of(StoredRecord record) throws IOException {
            String text = text(record);
            if (!text.startsWith(RENEWED_BY)) {
                return Optional.empty();
            }
            String[] columns =
                    text.substring(RENEWED_BY.length(), text.indexOf('\n')).split(" ", -1);
            try {
                return Optional.of(
                        new Successor(Fingerprint.parse(columns[1]), new SerialNumber(new BigInteger(columns[0], 16))));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new IOException("the record " + record.name() + " is damaged; restore it", e);
            }
        }
    }

    Optional<Successor> successor(X509Certificate current) throws IOException {
        return Successor.of(record(new SerialNumber(current.getSerialNumber())));
    }

    /** Notes, once, by which key and under which serial number a certificate is followed; gives what stands there. */
    Successor markRenewed(X509Certificate current, Successor successor) throws IOException {
        while (true) {
            StoredRecord record = record(new SerialNumber(current.getSerialNumber()));
            Optional<Successor> before = Successor.of(record);
            if (before.isPresent()) {
                return before.get();
            }
            String header = RENEWED_BY + successor.serial.hex() + " " + successor.key.hex() + "\n";
            try {
                storage.replace(record, content(header, current));
                return successor;
            } catch (StaleRecordException e) {
                // Somebody else wrote; look again.
            }
        }
    }

    private StoredRecord record(SerialNumber serial) throws IOException {
        return storage.find(name(serial))
                .orElseThrow(() -> new IOException(
                        "the record of serial number " + serial.hex() + " is gone from the storage; restore it"));
    }

    private static RecordName name(SerialNumber serial) {
        return SHELF.name(serial.hex());
    }

    private static RecordContent content(String header, X509Certificate certificate) {
        String text = header + Certificates.toPem(certificate);
        return RecordContent.of(text.getBytes(StandardCharsets.UTF_8)).indexedBy(Fingerprint.sha256(certificate));
    }

    private static String text(StoredRecord record) {
        return new String(record.content().payload(), StandardCharsets.UTF_8);
    }

    private static X509Certificate certificate(StoredRecord record) throws IOException {
        return Certificates.parse(text(record)).get(0);
    }
}
