package dev.certkit.identity;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.internal.x509.AuthorityInformation;
import dev.certkit.internal.x509.Oids;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A certificate that a chain lacks.
 *
 * @param issuer the name of the missing certificate
 * @param keyIdentifier of its key, for example {@code 9F:86:D0...}, or empty if the certificate below does not say it
 *     (RFC 5280, section 4.2.1.1)
 * @param locations where the certificate below says that it can be fetched over HTTP, in its order (RFC 5280, section
 *     4.2.2.1); not checked, and never fetched unasked
 * @param objections what speaks against certificates of that name that were there, each once, at most 3
 */
public record ChainGap(
        DistinguishedName issuer, Optional<String> keyIdentifier, List<URI> locations, List<String> objections) {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    /** Copies the lists. */
    public ChainGap {
        locations = List.copyOf(locations);
        objections = List.copyOf(objections);
    }

    static ChainGap above(EncodedCertificate last, List<String> objections) {
        return new ChainGap(last.issuer(), authorityKey(last), AuthorityInformation.issuerLocations(last), objections);
    }

    private static Optional<String> authorityKey(EncodedCertificate last) {
        Optional<EncodedCertificate.Extension> extension = last.extension(Oids.AUTHORITY_KEY_IDENTIFIER);
        if (extension.isEmpty()) {
            return Optional.empty();
        }
        try {
            return DerReader.single(extension.get().value(), Tag.SEQUENCE)
                    .children()
                    .nextIf(Tag.context(0))
                    .map(identifier -> COLONS.formatHex(identifier.content()));
        } catch (DerException e) {
            return Optional.empty();
        }
    }

    /** The first of the locations. */
    public Optional<URI> location() {
        return locations.stream().findFirst();
    }

    /** What is missing, for a person. */
    @Override
    public String toString() {
        return "the certificate of " + issuer
                + keyIdentifier.map(key -> " with the key identifier " + key).orElse("") + " is missing"
                + (objections.isEmpty() ? "" : "; what has its name does not fit: " + String.join(", ", objections))
                + location().map(uri -> "; it should be at " + uri).orElse("");
    }
}
