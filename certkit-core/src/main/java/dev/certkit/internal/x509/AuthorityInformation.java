package dev.certkit.internal.x509;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** The authority information access extension (RFC 5280, 4.2.2.1). */
public final class AuthorityInformation {
    private static final String EXTENSION = "1.3.6.1.5.5.7.1.1";
    private static final String CA_ISSUERS = "1.3.6.1.5.5.7.48.2";

    private AuthorityInformation() {}

    /** Where the issuer's certificate is said to be; empty also if the extension is damaged. */
    public static Optional<URI> issuerLocation(X509Certificate certificate) {
        byte[] wrapped = certificate.getExtensionValue(EXTENSION);
        if (wrapped == null) {
            return Optional.empty();
        }
        try {
            byte[] value = DerReader.single(wrapped, Tag.OCTET_STRING).octets();
            DerReader each = DerReader.single(value, Tag.SEQUENCE).children();
            while (each.hasNext()) {
                DerReader description = each.next(Tag.SEQUENCE).children();
                boolean issuers = description.next().oid().equals(CA_ISSUERS);
                if (issuers && description.hasNext(Tag.context(6))) {
                    return Optional.of(URI.create(description.next().ia5Content()));
                }
            }
            return Optional.empty();
        } catch (DerException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
