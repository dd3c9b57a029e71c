package dev.certkit.issue;

import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Many revocations in one text: a line that counts the changes, then a line for each certificate.
 *
 * <p>The count tells precisely what a later reader has not seen yet, which times cannot.
 */
final class RevocationBucket {
    static final RevocationBucket EMPTY = new RevocationBucket(0, "\n");
    private static final String CHANGES = "changes: ";

    private final int changes;
    /** Each line with a line feed before and behind it. */
    private final String lines;

    private RevocationBucket(int changes, String lines) {
        this.changes = changes;
        this.lines = lines;
    }

    static RevocationBucket parse(String text) throws IOException {
        int end = text.indexOf('\n');
        if (!text.startsWith(CHANGES) || end < 0 || !text.endsWith("\n")) {
            throw new IOException("a record of revocations is damaged; restore it");
        }
        try {
            return new RevocationBucket(Integer.parseInt(text.substring(CHANGES.length(), end)), text.substring(end));
        } catch (NumberFormatException e) {
            throw new IOException("a record of revocations is damaged; restore it", e);
        }
    }

    String text() {
        return CHANGES + changes + lines;
    }

    int changes() {
        return changes;
    }

    /** Without reading all lines: lists are long, and this is what a responder does all day. */
    Optional<Revocation> find(SerialNumber serial) throws IOException {
        int before = lines.indexOf("\n" + serial.hex() + " ");
        return before < 0
                ? Optional.empty()
                : Optional.of(Revocation.parse(lines.substring(before + 1, lines.indexOf('\n', before + 1))));
    }

    /** The same with this revocation in place of the one of its serial number. */
    RevocationBucket with(Revocation revocation) {
        String line = revocation.changedBy(changes + 1).line() + "\n";
        int before = lines.indexOf("\n" + revocation.serial().hex() + " ");
        String changed = before < 0
                ? lines + line
                : lines.substring(0, before + 1) + line + lines.substring(lines.indexOf('\n', before + 1) + 1);
        return new RevocationBucket(changes + 1, changed);
    }

    List<Revocation> all() throws IOException {
        List<Revocation> all = new ArrayList<>();
        int from = 1;
        for (int end = lines.indexOf('\n', from); end >= 0; end = lines.indexOf('\n', from)) {
            all.add(Revocation.parse(lines.substring(from, end)));
            from = end + 1;
        }
        return all;
    }
}
