package dev.certkit.issue;

import dev.certkit.format.Certificates;
import dev.certkit.store.RecordContent;
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
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What an authority issued, a record per serial number: the certificate in PEM, before it perhaps the line that says
 * under which serial number it was renewed, and the SHA-256 of the key for which.
 */
final class IssuedShelf {
    private static final Shelf SHELF = Shelf.of("issued");
    private static final String RENEWED_BY = "renewed-by: ";

    private final Storage storage;

    IssuedShelf(Storage storage) {
        this.storage = storage;
    }

    Optional<X509Certificate> find(SerialNumber serial) throws IOException {
        Optional<StoredRecord> found = storage.find(name(serial));
        return found.isPresent() ? Optional.of(certificate(found.get())) : Optional.empty();
    }

    /** Records a certificate, or gives the one that another thread recorded under this serial number just before. */
    X509Certificate record(X509Certificate certificate) throws IOException {
        SerialNumber serial = new SerialNumber(certificate.getSerialNumber());
        try {
            storage.create(name(serial), content("", certificate));
            return certificate;
        } catch (StaleRecordException e) {
            return find(serial).orElseThrow(() -> e);
        }
    }

    boolean contains(X509Certificate certificate) throws IOException {
        try {
            SerialNumber serial = new SerialNumber(certificate.getSerialNumber());
            return find(serial).filter(certificate::equals).isPresent();
        } catch (IllegalArgumentException e) {
            // A stranger's certificate with a serial number that none of ours can have, for example 0.
            return false;
        }
    }

    /**
     * Notes, once, by which key and under which serial number a certificate is followed.
     *
     * @return the serial number that stands there for this key, or empty if another key came first
     */
    Optional<SerialNumber> markRenewed(X509Certificate current, PublicKey key, SerialNumber serial) throws IOException {
        StoredRecord record = storage.find(name(new SerialNumber(current.getSerialNumber())))
                .orElseThrow(() -> new IOException("the record of serial number "
                        + current.getSerialNumber().toString(16) + " is gone from the storage; restore it"));
        String mark = " " + Fingerprint.sha256(key.getEncoded()).hex() + "\n";
        String text = text(record);
        if (text.startsWith(RENEWED_BY)) {
            int end = text.indexOf(mark);
            return end < 0
                    ? Optional.empty()
                    : Optional.of(new SerialNumber(new BigInteger(text.substring(RENEWED_BY.length(), end), 16)));
        }
        try {
            storage.replace(record, content(RENEWED_BY + serial.hex() + mark, current));
            return Optional.of(serial);
        } catch (StaleRecordException e) {
            return markRenewed(current, key, serial);
        }
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
