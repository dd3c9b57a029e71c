package dev.certkit.issue;

import dev.certkit.format.PemBlock;
import java.io.ByteArrayInputStream;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A signed CRL, complete or delta (RFC 5280, section 5). Immutable and thread safe. */
public final class RevocationList {
    private final byte[] der;
    private final Facts facts;

    RevocationList(byte[] der, Facts facts) {
        this.der = der;
        this.facts = facts;
    }

    /** What it says of itself. */
    record Facts(long number, Instant thisUpdate, Instant nextUpdate, OptionalLong base, int size) {}

    /** The DER, a copy, as it is published over HTTP with the type {@code application/pkix-crl}. */
    public byte[] encoded() {
        return der.clone();
    }

    /** A PEM block X509 CRL (RFC 7468, section 6). */
    public String toPem() {
        return PemBlock.encode("X509 CRL", der);
    }

    /** The same as a JCA value, parsed anew at each call. */
    public X509CRL toX509Crl() {
        try {
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
        } catch (CertificateException | CRLException e) {
            throw new IllegalStateException("a CRL that was encoded here cannot be read by Java", e);
        }
    }

    /** Its CRL number, larger than that of every list that the authority made before. */
    public long number() {
        return facts.number;
    }

    /** When it was made, in whole seconds. */
    public Instant thisUpdate() {
        return facts.thisUpdate;
    }

    /** When the next one is there at the latest, in whole seconds. */
    public Instant nextUpdate() {
        return facts.nextUpdate;
    }

    /** The number of the complete list that this is a delta to, or empty if this is complete itself. */
    public OptionalLong base() {
        return facts.base;
    }

    /** How many certificates stand in it. */
    public int size() {
        return facts.size;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RevocationList that && Arrays.equals(der, that.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(der);
    }

    /** Number, size and times. */
    @Override
    public String toString() {
        return (facts.base.isPresent() ? "delta to CRL " + facts.base.getAsLong() + ", " : "") + "CRL " + facts.number
                + ", " + facts.size + (facts.size == 1 ? " certificate, " : " certificates, ") + facts.thisUpdate
                + " to " + facts.nextUpdate;
    }
}
