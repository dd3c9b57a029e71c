package dev.certkit.store.jdbc;

import dev.certkit.store.Lease;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordHeader;
import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The columns of a record, from and to the values of the storage. */
final class Row {
    static final String HEADER = "name, revision, next_at, fingerprint";
    static final String RECORD = HEADER + ", lease_epoch, payload";

    private static final Logger LOG = LoggerFactory.getLogger(Row.class);

    private Row() {}

    static RecordHeader header(Shelf shelf, ResultSet row) throws SQLException {
        return new RecordHeader(name(shelf, row), row.getLong("revision"), nextAt(row), fingerprint(row));
    }

    static StoredRecord record(Shelf shelf, ResultSet row) throws SQLException {
        // SQLite's driver gives null for bytes that are none
        byte[] payload = row.getBytes("payload");
        RecordContent content = RecordContent.of(payload == null ? new byte[0] : payload);
        content = nextAt(row).map(content::lookAgainAt).orElse(content);
        content = fingerprint(row).map(content::indexedBy).orElse(content);
        return new StoredRecord(name(shelf, row), row.getLong("revision"), content, row.getLong("lease_epoch"));
    }

    /** The lease that a claim made; empty, with a warning, for a row that somebody else spoilt: it must not stop the others. */
    static Optional<Lease> lease(Dialect.Claim claim, ResultSet row) throws SQLException {
        try {
            return Optional.of(new Lease(record(claim.shelf(), row), claim.owner()));
        } catch (IllegalArgumentException e) {
            LOG.warn("a row of shelf {} is due, but cannot be read: {}", claim.shelf(), e.getMessage());
            return Optional.empty();
        }
    }

    private static RecordName name(Shelf shelf, ResultSet row) throws SQLException {
        return shelf.name(NameKey.text(row.getBytes("name")));
    }

    private static Optional<Instant> nextAt(ResultSet row) throws SQLException {
        long millis = row.getLong("next_at");
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static Optional<Fingerprint> fingerprint(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getBytes("fingerprint")).map(Fingerprint::of);
    }

    static OptionalLong nextAt(RecordContent content) {
        Optional<Instant> at = content.nextAt();
        return at.isPresent() ? OptionalLong.of(at.get().toEpochMilli()) : OptionalLong.empty();
    }

    static byte @Nullable [] fingerprint(RecordContent content) {
        return content.fingerprint().map(Fingerprint::bytes).orElse(null);
    }
}
