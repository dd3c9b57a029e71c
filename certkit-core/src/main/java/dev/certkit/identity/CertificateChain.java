package dev.certkit.identity;

import dev.certkit.format.Certificates;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.Validity;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Certificates leaf first, each signed by the next.
 *
 * <p>Every link is verified when it is made: names, signature, and that the issuer is an authority. Nothing is said about
 * trust or time. Immutable and thread safe.
 */
public final class CertificateChain {
    private final List<X509Certificate> certificates;

    private CertificateChain(List<X509Certificate> certificates) {
        this.certificates = certificates;
    }

    /** A chain whose links were just made or verified. */
    static CertificateChain trusted(List<X509Certificate> certificates) {
        return new CertificateChain(List.copyOf(certificates));
    }

    /**
     * Verifies certificates that are in order already.
     *
     * @param certificates leaf first, at least one; not null
     * @throws BrokenChainException if one is not issued by the next, naming both
     * @throws IllegalArgumentException if there is none, or more than 10
     */
    public static CertificateChain of(List<X509Certificate> certificates) throws BrokenChainException {
        if (certificates.isEmpty() || certificates.size() > ChainAssembler.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "certificates: " + certificates.size() + "; a chain has 1 to " + ChainAssembler.MAX_LENGTH);
        }
        for (int i = 0; i + 1 < certificates.size(); i++) {
            Optional<String> fault = Link.fault(certificates.get(i), certificates.get(i + 1));
            if (fault.isPresent()) {
                throw new BrokenChainException(certificates.get(i), certificates.get(i + 1), fault.get());
            }
        }
        return trusted(certificates);
    }

    /**
     * Puts a leaf and its issuers in order, whatever else is in the pool.
     *
     * <p>Ends at a self-signed certificate if the pool has a way to one, else with a {@link #gap()} after the longest way.
     * At most 100 signatures are checked.
     *
     * @param leaf not null
     * @param pool in any order, with duplicates and strays, perhaps the leaf itself; not null
     */
    public static CertificateChain assemble(X509Certificate leaf, Collection<X509Certificate> pool) {
        return trusted(new ChainAssembler(pool).from(leaf));
    }

    /** The certificate that the others are there for. */
    public X509Certificate leaf() {
        return certificates.get(0);
    }

    /** All, leaf first; not modifiable. */
    public List<X509Certificate> certificates() {
        return certificates;
    }

    /** The subject of the leaf. */
    public DistinguishedName subject() {
        return DistinguishedName.of(leaf().getSubjectX500Principal());
    }

    /** The validity of the leaf. */
    public Validity validity() {
        return new Validity(
                leaf().getNotBefore().toInstant(), leaf().getNotAfter().toInstant());
    }

    /** The SHA-256 fingerprint of the leaf. */
    public Fingerprint fingerprint() {
        return Fingerprint.sha256(leaf());
    }

    /** What is missing above the last certificate, or empty if that one is self-signed. */
    public Optional<ChainGap> gap() {
        X509Certificate last = certificates.get(certificates.size() - 1);
        return Link.isSelfSigned(last) ? Optional.empty() : Optional.of(ChainGap.above(last));
    }

    /** All as PEM blocks, leaf first. */
    public String toPem() {
        return Certificates.toPem(certificates);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CertificateChain that && certificates.equals(that.certificates);
    }

    @Override
    public int hashCode() {
        return certificates.hashCode();
    }

    /** The leaf's subject and the number of certificates, for messages. */
    @Override
    public String toString() {
        return subject() + ", " + certificates.size() + (certificates.size() == 1 ? " certificate" : " certificates");
    }
}
