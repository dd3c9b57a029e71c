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
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What an authority issued, a record per serial number: the certificate in PEM, before it perhaps the line that says
 * under which serial number it was renewed.
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

    /** Notes that a certificate was followed by another, once; gives the fault if that cannot be. */
    Optional<String> markRenewed(X509Certificate current, SerialNumber by) throws IOException {
        Optional<StoredRecord> found = storage.find(name(new SerialNumber(current.getSerialNumber())));
        if (found.isEmpty() || !certificate(found.get()).equals(current)) {
            return Optional.of("the certificate to be renewed was not issued here; enrol anew");
        }
        String text = text(found.get());
        if (text.startsWith(RENEWED_BY)) {
            return text.startsWith(RENEWED_BY + by.hex() + "\n")
                    ? Optional.empty()
                    : Optional.of("the certificate to be renewed was renewed before; renew with the newer one");
        }
        try {
            storage.replace(found.get(), content(RENEWED_BY + by.hex() + "\n", current));
            return Optional.empty();
        } catch (StaleRecordException e) {
            return markRenewed(current, by);
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
