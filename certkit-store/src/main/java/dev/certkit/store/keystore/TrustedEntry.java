package dev.certkit.store.keystore;

import dev.certkit.format.Certificates;
import dev.certkit.store.Shelf;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * A certificate on the shelf of trust that is accepted for everybody and for good; the only kind that a key store can show.
 *
 * <p>One that is accepted at certain peers only, or until a time, would be trusted by other programs everywhere and for ever.
 */
final class TrustedEntry {
    static final Shelf SHELF = Shelf.of("trust");

    private static final String FIRST_LINE = "certkit trust entry 1";
    private static final String ACCEPTED = "decision: accepted";
    private static final List<String> LIMITS = List.of("at: ", "until: ");

    private TrustedEntry() {}

    static Optional<X509Certificate> in(StoredRecord record) {
        String text = new String(record.content().payload(), StandardCharsets.UTF_8);
        int end = text.indexOf("\n\n");
        List<String> header = text.substring(0, Math.max(end, 0)).lines().toList();
        if (header.isEmpty() || !header.get(0).equals(FIRST_LINE) || !header.contains(ACCEPTED)) {
            return Optional.empty();
        }
        if (header.stream().anyMatch(line -> LIMITS.stream().anyMatch(line::startsWith))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Certificates.parse(text.substring(end)).get(0));
        } catch (IOException e) {
            // a damaged record: whoever owns it tells that
            return Optional.empty();
        }
    }
}
