package dev.certkit.store.keystore;

import dev.certkit.format.MalformedEncodingException;
import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.FileSystemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The octets of the secret entry.
 *
 * <pre>
 * Records ::= SEQUENCE { version INTEGER (1), lastRevision INTEGER, records SEQUENCE OF Record }
 * Record  ::= SEQUENCE { name UTF8String, revision INTEGER, leaseEpoch INTEGER,
 *             nextAt [0] EXPLICIT INTEGER OPTIONAL, fingerprint [1] EXPLICIT OCTET STRING OPTIONAL, payload OCTET STRING }
 * </pre>
 *
 * <p>Times are milliseconds since 1970.
 */
final class RecordsEntry {
    /** As Java shows it. */
    static final String NAME = "certkit-records";

    private static final int VERSION = 1;
    private static final int TIME = Tag.constructed(0);
    private static final int FINGERPRINT = Tag.constructed(1);

    private RecordsEntry() {}

    static byte[] encode(Contents contents) {
        List<byte[]> records = new ArrayList<>();
        contents.all().forEach(record -> records.add(encode(record)));
        return Der.sequence(Der.integer(VERSION), Der.integer(contents.lastRevision()), Der.sequence(records));
    }

    private static byte[] encode(StoredRecord record) {
        RecordContent content = record.content();
        List<byte[]> fields = new ArrayList<>();
        fields.add(Der.utf8(record.name().toString()));
        fields.add(Der.integer(record.revision()));
        fields.add(Der.integer(record.leaseEpoch()));
        content.nextAt().ifPresent(time -> fields.add(Der.tagged(TIME, Der.integer(time.toEpochMilli()))));
        content.fingerprint().ifPresent(print -> fields.add(Der.tagged(FINGERPRINT, Der.octetString(print.bytes()))));
        fields.add(Der.octetString(content.payload()));
        return Der.sequence(fields);
    }

    static Contents decode(byte[] octets, String where) throws IOException {
        try {
            DerReader fields = DerReader.single(octets, Tag.SEQUENCE).children();
            int version = fields.next().smallInteger();
            if (version != VERSION) {
                throw new FileSystemException(
                        where,
                        null,
                        "has records of format " + version + ", this certkit knows " + VERSION
                                + "; open it with the newer version that wrote it");
            }
            Contents contents = Contents.EMPTY.without(RecordName.parse("none/none"), number(fields.next()));
            DerReader records = fields.next(Tag.SEQUENCE).children();
            while (records.hasNext()) {
                contents = contents.with(record(records.next(Tag.SEQUENCE).children()));
            }
            return contents;
        } catch (DerException | IllegalArgumentException | ArithmeticException e) {
            throw new MalformedEncodingException(where, "its records are damaged; restore the file", e);
        }
    }

    private static StoredRecord record(DerReader fields) throws DerException {
        RecordName name = RecordName.parse(fields.next(Tag.UTF8_STRING).text());
        long revision = number(fields.next());
        long epoch = number(fields.next());
        Optional<DerValue> time = fields.nextIf(TIME);
        Optional<DerValue> fingerprint = fields.nextIf(FINGERPRINT);
        RecordContent content = RecordContent.of(fields.next(Tag.OCTET_STRING).octets());
        if (time.isPresent()) {
            content = content.lookAgainAt(
                    Instant.ofEpochMilli(number(time.get().children().next())));
        }
        if (fingerprint.isPresent()) {
            content = content.indexedBy(Fingerprint.of(
                    fingerprint.get().children().next(Tag.OCTET_STRING).octets()));
        }
        return new StoredRecord(name, revision, content, epoch);
    }

    private static long number(DerValue value) throws DerException {
        BigInteger number = value.integer();
        return number.longValueExact();
    }
}
