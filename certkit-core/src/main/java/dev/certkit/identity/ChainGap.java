package dev.certkit.identity;

import dev.certkit.internal.x509.AuthorityInformation;
import dev.certkit.x509.DistinguishedName;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * A certificate that a chain lacks.
 *
 * @param issuer the name of the missing certificate
 * @param location where its issuer says that it can be fetched (RFC 5280, section 4.2.2.1), or empty; not checked, and
 *     never fetched unasked
 */
public record ChainGap(DistinguishedName issuer, Optional<URI> location) {

    static ChainGap above(X509Certificate last) {
        return new ChainGap(
                DistinguishedName.of(last.getIssuerX500Principal()), AuthorityInformation.issuerLocation(last));
    }

    /** What is missing, for a person. */
    @Override
    public String toString() {
        return "the certificate of " + issuer + " is missing"
                + location.map(uri -> "; it should be at " + uri).orElse("");
    }
}
