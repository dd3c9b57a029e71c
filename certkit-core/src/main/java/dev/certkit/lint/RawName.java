package dev.certkit.lint;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.x509.EncodedCertificate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An alternative name as it stands there, of any kind and content (RFC 5280, 4.2.1.6). */
record RawName(int tag, String text, int length) {
    private static final String NAMES = "2.5.29.17";
    private static final int MAX_NAMES = 1000;

    /** The names, as far as the list can be read, in their order. */
    static List<RawName> of(EncodedCertificate certificate) throws DerException {
        Optional<EncodedCertificate.Extension> extension = certificate.extension(NAMES);
        List<RawName> names = new ArrayList<>();
        if (extension.isPresent()) {
            DerReader each =
                    DerReader.single(extension.get().value(), Tag.SEQUENCE).children();
            while (each.hasNext() && names.size() < MAX_NAMES) {
                DerValue name = each.next();
                names.add(new RawName(
                        name.tag(), new String(name.content(), StandardCharsets.ISO_8859_1), name.contentLength()));
            }
        }
        return names;
    }

    static List<String> hosts(EncodedCertificate certificate) throws DerException {
        return of(certificate).stream()
                .filter(RawName::isHost)
                .map(RawName::text)
                .toList();
    }

    boolean isHost() {
        return tag == Tag.context(2);
    }

    boolean isAddress() {
        return tag == Tag.context(7);
    }
}
