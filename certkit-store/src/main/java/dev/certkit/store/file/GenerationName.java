package dev.certkit.store.file;

import dev.certkit.store.RecordName;
import dev.certkit.store.Shelf;
import dev.certkit.x509.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The file name of one generation of one record: {@code shelf-hash-revision.rec}, the hash being that of the name's text.
 *
 * @param key the part that all generations of a record share
 * @param revision the generation's
 */
record GenerationName(String key, long revision) {
    /** Eighteen digits always fit into a long, with room to add to. */
    static final long LAST_REVISION = 999_999_999_999_999_999L;

    private static final String SUFFIX = ".rec";
    private static final int HASH = 64;
    private static final int DIGITS = 18;

    static GenerationName of(RecordName name, long revision) {
        return new GenerationName(key(name), revision);
    }

    static String key(RecordName name) {
        byte[] text = name.text().getBytes(StandardCharsets.UTF_8);
        return name.shelf().name() + "-" + Fingerprint.sha256(text).hex();
    }

    /** Without a regular expression: a directory may have hundreds of thousands of files. */
    static Optional<GenerationName> parse(String fileName) {
        int hyphen = fileName.lastIndexOf('-');
        int end = fileName.length() - SUFFIX.length();
        boolean formed = hyphen > 0
                && fileName.endsWith(SUFFIX)
                && isKey(fileName.substring(0, hyphen))
                && isRevision(fileName, hyphen + 1, end);
        return formed
                ? Optional.of(new GenerationName(
                        fileName.substring(0, hyphen), Long.parseLong(fileName, hyphen + 1, end, 10)))
                : Optional.empty();
    }

    private static boolean isKey(String key) {
        int hyphen = key.length() - HASH - 1;
        return hyphen > 0
                && key.charAt(hyphen) == '-'
                && Shelf.isName(key.substring(0, hyphen))
                && key.chars().skip(hyphen + 1L).allMatch(c -> isDigit(c) || (c >= 'a' && c <= 'f'));
    }

    private static boolean isRevision(String text, int start, int end) {
        if (end <= start || end - start > DIGITS || text.charAt(start) == '0') {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    String fileName() {
        return key + "-" + revision + SUFFIX;
    }
}
