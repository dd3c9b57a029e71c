package dev.certkit.store.file;

import dev.certkit.store.RecordName;
import dev.certkit.x509.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file name of one generation of one record: {@code shelf-hash-revision.rec}, the hash being that of the name's text.
 *
 * @param key the part that all generations of a record share
 * @param revision the generation's
 */
record GenerationName(String key, long revision) {
    /** Eighteen digits always fit into a long, with room to add to. */
    static final long LAST_REVISION = 999_999_999_999_999_999L;

    private static final Pattern FORM = Pattern.compile("([a-z][a-z0-9-]{0,63}-[0-9a-f]{64})-([1-9][0-9]{0,17})\\.rec");

    static GenerationName of(RecordName name, long revision) {
        return new GenerationName(key(name), revision);
    }

    static String key(RecordName name) {
        byte[] text = name.text().getBytes(StandardCharsets.UTF_8);
        return name.shelf().name() + "-" + Fingerprint.sha256(text).hex();
    }

    static Optional<GenerationName> parse(String fileName) {
        Matcher matcher = FORM.matcher(fileName);
        return matcher.matches()
                ? Optional.of(new GenerationName(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    String fileName() {
        return key + "-" + revision + ".rec";
    }
}
