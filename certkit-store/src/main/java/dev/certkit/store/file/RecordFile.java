package dev.certkit.store.file;

import dev.certkit.store.RecordContent;
import dev.certkit.store.RecordName;
import dev.certkit.store.StoredRecord;
import dev.certkit.x509.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The bytes of one generation: header lines that a person can read, an empty line, the payload.
 *
 * <p>The first line is the SHA-256 of all that follows it, so {@code tail -n +2 FILE | sha256sum} checks a file by hand.
 */
final class RecordFile {
    /** The payload and a header whose name is escaped throughout. */
    static final int MAX_BYTES = RecordContent.MAX_PAYLOAD + 16 * 1024;

    private static final String VERSION = "1";
    private static final String CHECKSUM = "sha256: ";
    private static final int CHECKSUM_LINE = CHECKSUM.length() + 64 + 1;

    private RecordFile() {}

    static byte[] encode(StoredRecord record, Optional<String> claimedBy) {
        StringBuilder header = new StringBuilder();
        line(header, "certkit-record", VERSION);
        line(header, "record", record.name().toString());
        line(header, "revision", Long.toString(record.revision()));
        line(header, "lease-epoch", Long.toString(record.leaseEpoch()));
        claimedBy.ifPresent(owner -> line(header, "claimed-by", owner));
        record.content().nextAt().ifPresent(time -> line(header, "next-at", time.toString()));
        record.content().fingerprint().ifPresent(print -> line(header, "fingerprint", print.hex()));
        byte[] covered = join(
                header.append('\n').toString().getBytes(StandardCharsets.UTF_8),
                record.content().payload());
        return join(checksumLine(covered), covered);
    }

    private static void line(StringBuilder header, String name, String value) {
        header.append(name).append(": ").append(value).append('\n');
    }

    private static byte[] checksumLine(byte[] covered) {
        return (CHECKSUM + Fingerprint.sha256(covered).hex() + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws Damage if a single byte is another, or the file has another record's name
     * @throws NewerFormatException if a later version of this library wrote it
     */
    static StoredRecord decode(byte[] bytes, GenerationName file) throws Damage, NewerFormatException {
        int end = endOfHeader(bytes);
        if (!matchesChecksum(bytes)) {
            throw new Damage("does not match its checksum", nameIn(bytes, end, file));
        }
        Map<String, String> header = fields(bytes, end);
        String version = header.getOrDefault("certkit-record", VERSION);
        if (!version.equals(VERSION)) {
            throw new NewerFormatException(file.fileName() + " has record format " + version + ", this certkit knows "
                    + VERSION + "; open the directory with the newer version that wrote it");
        }
        try {
            return record(header, Arrays.copyOfRange(bytes, end + 2, bytes.length), file);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new Damage("is not a record: " + e.getMessage(), nameIn(bytes, end, file));
        }
    }

    private static boolean matchesChecksum(byte[] bytes) {
        if (bytes.length < CHECKSUM_LINE) {
            return false;
        }
        byte[] covered = Arrays.copyOfRange(bytes, CHECKSUM_LINE, bytes.length);
        return Arrays.equals(bytes, 0, CHECKSUM_LINE, checksumLine(covered), 0, CHECKSUM_LINE);
    }

    /** Where the empty line begins; the last two octets, or the end of what a header can be, if there is none. */
    private static int endOfHeader(byte[] bytes) {
        int last = Math.max(0, Math.min(bytes.length, MAX_BYTES - RecordContent.MAX_PAYLOAD) - 2);
        int at = Math.min(CHECKSUM_LINE, last);
        while (at < last && (bytes[at] != '\n' || bytes[at + 1] != '\n')) {
            at++;
        }
        return at;
    }

    private static Map<String, String> fields(byte[] bytes, int end) {
        Map<String, String> fields = new HashMap<>();
        int start = Math.min(CHECKSUM_LINE, end);
        new String(bytes, start, end - start, StandardCharsets.UTF_8).lines().forEach(line -> {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                fields.putIfAbsent(line.substring(0, colon), line.substring(colon + 2));
            }
        });
        return fields;
    }

    private static StoredRecord record(Map<String, String> header, byte[] payload, GenerationName file) throws Damage {
        RecordName name = RecordName.parse(header.getOrDefault("record", ""));
        long revision = Long.parseLong(header.getOrDefault("revision", ""));
        if (!GenerationName.of(name, revision).equals(file)) {
            throw new Damage("is a copy of revision " + revision + " of " + name, Optional.empty());
        }
        RecordContent content = RecordContent.of(payload);
        if (header.containsKey("next-at")) {
            content = content.lookAgainAt(Instant.parse(header.get("next-at")));
        }
        if (header.containsKey("fingerprint")) {
            content = content.indexedBy(Fingerprint.parse(header.get("fingerprint")));
        }
        return new StoredRecord(name, revision, content, Long.parseLong(header.getOrDefault("lease-epoch", "")));
    }

    /** The name in a damaged file, believed only if the file's own name, made of its hash, agrees. */
    private static Optional<RecordName> nameIn(byte[] bytes, int end, GenerationName file) {
        try {
            return Optional.ofNullable(fields(bytes, end).get("record"))
                    .map(RecordName::parse)
                    .filter(name -> GenerationName.key(name).equals(file.key()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
