package dev.certkit.internal.x509;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.x509.NameConstraints;
import dev.certkit.x509.RevocationReason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Extensions by which an issuer says where its lists are, and what is in them (RFC 5280, 4.2 and 5.2). */
public final class IssuerExtensions {
    private static final String CRL_NUMBER = "2.5.29.20";
    private static final String REASON_CODE = "2.5.29.21";
    private static final String INVALIDITY_DATE = "2.5.29.24";
    private static final String DELTA_CRL_INDICATOR = "2.5.29.27";
    private static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    private static final String CERTIFICATE_POLICIES = "2.5.29.32";
    private static final String FRESHEST_CRL = "2.5.29.46";
    private static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";
    private static final String OCSP = "1.3.6.1.5.5.7.48.1";
    private static final String CA_ISSUERS = "1.3.6.1.5.5.7.48.2";
    private static final String OCSP_NO_CHECK = "1.3.6.1.5.5.7.48.1.5";
    private static final int URI_TAG = 6;
    private static final int KINDS_CONSTRUCTED = 0b0011_1001;

    private final Extensions extensions;

    private IssuerExtensions(Extensions extensions) {
        this.extensions = extensions;
    }

    /** Adds to these. */
    public static IssuerExtensions to(Extensions extensions) {
        return new IssuerExtensions(extensions);
    }

    /** Each of the places has the same lists, so that all are one point (RFC 5280, 4.2.1.13). */
    public IssuerExtensions crlDistributionPoints(List<URI> places) {
        return places.isEmpty() ? this : add(CRL_DISTRIBUTION_POINTS, false, points(places));
    }

    public IssuerExtensions freshestCrl(List<URI> places) {
        return places.isEmpty() ? this : add(FRESHEST_CRL, false, points(places));
    }

    private static byte[] points(List<URI> places) {
        return Der.sequence(Der.sequence(point(places)));
    }

    /** The distributionPoint with its fullName. */
    private static byte[] point(List<URI> places) {
        byte[][] names = places.stream().map(IssuerExtensions::name).toArray(byte[][]::new);
        return Der.tagged(Tag.constructed(0), Der.tagged(Tag.constructed(0), names));
    }

    private static byte[] name(URI place) {
        return Der.tagged(Tag.context(URI_TAG), place.toASCIIString().getBytes(StandardCharsets.US_ASCII));
    }

    public IssuerExtensions authorityInformation(List<URI> ocsp, List<URI> issuers) {
        List<byte[]> accesses = new ArrayList<>();
        ocsp.forEach(place -> accesses.add(Der.sequence(Der.oid(OCSP), name(place))));
        issuers.forEach(place -> accesses.add(Der.sequence(Der.oid(CA_ISSUERS), name(place))));
        return accesses.isEmpty() ? this : add(AUTHORITY_INFORMATION_ACCESS, false, Der.sequence(accesses));
    }

    public IssuerExtensions policies(List<String> oids) {
        List<byte[]> policies =
                oids.stream().map(Der::oid).map(oid -> Der.sequence(oid)).toList();
        return policies.isEmpty() ? this : add(CERTIFICATE_POLICIES, false, Der.sequence(policies));
    }

    /** Critical, as RFC 5280, 4.2.1.10 demands; an authority that they were lost on would not be bound. */
    public IssuerExtensions nameConstraints(NameConstraints constraints) {
        List<byte[]> both = new ArrayList<>();
        if (!constraints.permitted().isEmpty()) {
            both.add(subtrees(0, constraints.permitted()));
        }
        if (!constraints.excluded().isEmpty()) {
            both.add(subtrees(1, constraints.excluded()));
        }
        return add(NAME_CONSTRAINTS, true, Der.sequence(both));
    }

    private static byte[] subtrees(int number, List<NameConstraints.Subtree> subtrees) {
        byte[][] each = subtrees.stream()
                .map(subtree -> Der.sequence(Der.tagged(tag(subtree.kind()), subtree.base())))
                .toArray(byte[][]::new);
        return Der.tagged(Tag.constructed(number), each);
    }

    /** An otherName, x400Address, directoryName and ediPartyName are constructed, all others primitive. */
    private static int tag(int kind) {
        return (KINDS_CONSTRUCTED >> kind & 1) == 1 ? Tag.constructed(kind) : Tag.context(kind);
    }

    /** Nobody need ask whether the responder's own certificate is revoked (RFC 6960, 4.2.2.2.1). */
    public IssuerExtensions ocspNoCheck() {
        return add(OCSP_NO_CHECK, false, Der.nullValue());
    }

    public IssuerExtensions crlNumber(long number) {
        return add(CRL_NUMBER, false, Der.integer(number));
    }

    public IssuerExtensions deltaSince(long baseNumber) {
        return add(DELTA_CRL_INDICATOR, true, Der.integer(baseNumber));
    }

    public IssuerExtensions issuingDistributionPoint(List<URI> places) {
        return add(ISSUING_DISTRIBUTION_POINT, true, Der.sequence(point(places)));
    }

    /** RFC 5280, 5.3.1: left out rather than unspecified. */
    public IssuerExtensions reason(RevocationReason reason) {
        return reason == RevocationReason.UNSPECIFIED ? this : add(REASON_CODE, false, Der.enumerated(reason.number()));
    }

    public IssuerExtensions invaliditySince(Instant instant) {
        return add(INVALIDITY_DATE, false, Der.generalizedTime(instant));
    }

    private IssuerExtensions add(String oid, boolean critical, byte[] value) {
        extensions.add(oid, critical, value);
        return this;
    }
}
