package dev.certkit.issue;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.x509.Extensions;
import dev.certkit.internal.x509.IssuerExtensions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where an authority publishes what its certificates' users need, and under which policies it issues.
 *
 * <p>It stands in each certificate that is issued from now on, so choose places that outlive them. None of these extensions
 * is critical. Immutable and thread safe.
 */
public final class Publication {
    private static final Set<String> SCHEMES = Set.of("http", "https", "ldap", "ftp");
    private static final Publication NOTHING =
            new Publication(new Places(List.of(), List.of(), List.of(), List.of()), List.of(), false);

    private final Places places;
    private final List<String> policies;
    private final boolean namingPlacesInCrls;

    private Publication(Places places, List<String> policies, boolean namingPlacesInCrls) {
        this.places = places;
        this.policies = policies;
        this.namingPlacesInCrls = namingPlacesInCrls;
    }

    private record Places(List<URI> crls, List<URI> deltaCrls, List<URI> ocsp, List<URI> issuers) {}

    /** Nothing is published. */
    public static Publication nothing() {
        return NOTHING;
    }

    /**
     * Adds a place of the CRL (CRL distribution points, RFC 5280, section 4.2.1.13); all places have the same list.
     *
     * @param place absolute, http for preference since https needs a certificate to be checked first; not null
     * @throws IllegalArgumentException if it is not absolute, or its scheme is none of http, https, ldap and ftp
     */
    public Publication crlAt(URI place) {
        return with(new Places(plus(places.crls, place), places.deltaCrls, places.ocsp, places.issuers));
    }

    /**
     * Adds a place of the delta CRL (freshest CRL, RFC 5280, section 4.2.1.15).
     *
     * @param place as for {@link #crlAt}; not null
     * @throws IllegalArgumentException as {@link #crlAt}
     */
    public Publication deltaCrlAt(URI place) {
        return with(new Places(places.crls, plus(places.deltaCrls, place), places.ocsp, places.issuers));
    }

    /**
     * Adds the place of an {@linkplain OcspResponder OCSP responder} (RFC 5280, section 4.2.2.1).
     *
     * @param place as for {@link #crlAt}; not null
     * @throws IllegalArgumentException as {@link #crlAt}
     */
    public Publication ocspAt(URI place) {
        return with(new Places(places.crls, places.deltaCrls, plus(places.ocsp, place), places.issuers));
    }

    /**
     * Adds a place of the authority's own certificate, in DER (caIssuers, RFC 5280, section 4.2.2.1).
     *
     * @param place as for {@link #crlAt}; not null
     * @throws IllegalArgumentException as {@link #crlAt}
     */
    public Publication issuerAt(URI place) {
        return with(new Places(places.crls, places.deltaCrls, places.ocsp, plus(places.issuers, place)));
    }

    /**
     * Issues under these policies (RFC 5280, section 4.2.1.4).
     *
     * @param oids in dotted form; not null
     * @throws IllegalArgumentException if one is no object identifier, or stands there twice
     */
    public Publication policies(String... oids) {
        List<String> all = new ArrayList<>(policies);
        for (String oid : oids) {
            if (!Der.isOid(oid) || all.contains(oid)) {
                throw new IllegalArgumentException(
                        "oids: one is no dotted object identifier, or is given twice; write 1.3.6.1.4.1... once");
            }
            all.add(oid);
        }
        return new Publication(places, List.copyOf(all), namingPlacesInCrls);
    }

    /**
     * Says in the CRLs, too, where they are published (issuing distribution point, RFC 5280, section 5.2.5).
     *
     * <p>So nobody can pass one list off as another. The extension is critical, and old programs refuse it.
     */
    public Publication namingPlacesInCrls() {
        return new Publication(places, policies, true);
    }

    private Publication with(Places changed) {
        return new Publication(changed, policies, namingPlacesInCrls);
    }

    private static List<URI> plus(List<URI> places, URI place) {
        String scheme = place.getScheme();
        if (scheme == null || place.isOpaque() || !SCHEMES.contains(scheme)) {
            throw new IllegalArgumentException("place: write an absolute URI in lower case with one of the schemes "
                    + "http, https, ldap and ftp, for example http://pki.example.fr/ca.crl");
        }
        List<URI> all = new ArrayList<>(places);
        all.add(place);
        return List.copyOf(all);
    }

    void addToCertificate(Extensions extensions) {
        IssuerExtensions.to(extensions)
                .policies(policies)
                .crlDistributionPoints(places.crls)
                .freshestCrl(places.deltaCrls)
                .authorityInformation(places.ocsp, places.issuers);
    }

    void addToCrl(Extensions extensions) {
        if (namingPlacesInCrls && !places.crls.isEmpty()) {
            IssuerExtensions.to(extensions).issuingDistributionPoint(places.crls);
        }
    }

    /** Only a complete list says where the deltas to it are (RFC 5280, 5.2.6). */
    void addToCompleteCrl(Extensions extensions) {
        IssuerExtensions.to(extensions).freshestCrl(places.deltaCrls);
    }
}
