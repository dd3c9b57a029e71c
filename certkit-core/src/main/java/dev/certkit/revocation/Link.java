package dev.certkit.revocation;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.Tag;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.GeneralName;
import dev.certkit.x509.KeyUsage;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A certificate and the proved certificate of its issuer. */
record Link(EncodedCertificate certificate, EncodedCertificate issuer) {
    private static final int MAX_PLACES = 4;

    BigInteger serialNumber() {
        return certificate.serialNumber();
    }

    byte[] issuerKeyInfo() {
        return issuer.subjectPublicKeyInfo();
    }

    /** The bits of the issuer's key, which answers of OCSP give the hash of. */
    byte[] issuerKeyBits() throws DerException {
        DerReader info = DerReader.single(issuerKeyInfo(), Tag.SEQUENCE).children();
        info.next(Tag.SEQUENCE);
        return info.next(Tag.BIT_STRING).bits();
    }

    /** A name for what is kept of it: the same serial number of another issuer is another certificate. */
    Fingerprint name() {
        return certificate.fingerprint();
    }

    boolean isOfAuthority() throws IOException {
        return CertificateExtensions.of(certificate)
                .basicConstraints()
                .map(CertificateExtensions.BasicConstraints::authority)
                .orElse(false);
    }

    /** Whether the issuer's key may sign CRLs (RFC 5280, 6.3.3 f). */
    boolean mayIssuerSignCrls() throws IOException {
        return CertificateExtensions.of(issuer)
                .keyUsages()
                .map(usages -> usages.contains(KeyUsage.CRL_SIGN))
                .orElse(true);
    }

    List<URI> responders() throws IOException {
        return CertificateExtensions.of(certificate).authorityInformation().stream()
                .flatMap(access -> access.uri(CertificateExtensions.Access.OCSP).stream())
                .filter(Link::isOverHttp)
                .limit(MAX_PLACES)
                .toList();
    }

    /** The places of complete lists that the issuer itself signs. */
    List<Place> lists() throws IOException {
        return CertificateExtensions.of(certificate).crlDistributionPoints().stream()
                .filter(point -> point.allReasons() && point.crlIssuers().isEmpty())
                .flatMap(point -> uris(point).map(uri -> new Place(uri, point.names())))
                .limit(MAX_PLACES)
                .toList();
    }

    /**
     * Where a list is.
     *
     * @param names all names of its distribution point, one of which the list may repeat
     */
    record Place(URI uri, List<GeneralName> names) {}

    private static Stream<URI> uris(CertificateExtensions.DistributionPoint point) {
        return point.names().stream()
                .flatMap(name -> name instanceof GeneralName.Uri uri ? Stream.of(uri.uri()) : Stream.empty())
                .filter(Link::isOverHttp);
    }

    private static boolean isOverHttp(URI uri) {
        return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                && uri.getHost() != null
                && Optional.ofNullable(uri.getRawUserInfo()).isEmpty();
    }
}
