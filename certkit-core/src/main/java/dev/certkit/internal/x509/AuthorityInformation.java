package dev.certkit.internal.x509;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.x509.EncodedCertificate;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The authority information access extension (RFC 5280, 4.2.2.1). */
public final class AuthorityInformation {
    private static final String EXTENSION = "1.3.6.1.5.5.7.1.1";
    private static final String CA_ISSUERS = "1.3.6.1.5.5.7.48.2";
    private static final int MAX_LOCATIONS = 8;

    private AuthorityInformation() {}

    /** Where the issuer's certificate is said to be over HTTP, at most 8 places; also those before damage. */
    public static List<URI> issuerLocations(EncodedCertificate certificate) {
        List<URI> locations = new ArrayList<>();
        try {
            Optional<EncodedCertificate.Extension> extension = certificate.extension(EXTENSION);
            if (extension.isPresent()) {
                read(DerReader.single(extension.get().value(), Tag.SEQUENCE).children(), locations);
            }
        } catch (DerException e) {
            // What was read before stays.
        }
        return List.copyOf(locations);
    }

    private static void read(DerReader each, List<URI> locations) throws DerException {
        while (each.hasNext() && locations.size() < MAX_LOCATIONS) {
            DerReader description = each.next(Tag.SEQUENCE).children();
            boolean issuers = description.next().oid().equals(CA_ISSUERS);
            if (issuers && description.hasNext(Tag.context(6))) {
                overHttp(description.next().ia5Content()).ifPresent(locations::add);
            }
        }
    }

    private static Optional<URI> overHttp(String text) {
        try {
            URI uri = URI.create(text);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return http && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
