package dev.certkit.identity;

import dev.certkit.format.Certificates;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.Validity;
import java.io.IOException;
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
    private final List<ChainMember> members;
    private final List<String> objections;
    private volatile @Nullable List<X509Certificate> certificates;
    private volatile @Nullable Boolean complete;

    private CertificateChain(List<ChainMember> members, @Nullable Boolean complete, List<String> objections) {
        this.members = List.copyOf(members);
        this.complete = complete;
        this.objections = objections;
    }

    /** A chain whose links were just made or verified. */
    static CertificateChain trusted(List<X509Certificate> certificates) {
        return new CertificateChain(certificates.stream().map(ChainMember::of).toList(), null, List.of());
    }

    /** A certificate that was just signed with its own key; Java reads it when it is asked for. */
    static CertificateChain made(byte[] selfSigned) {
        try {
            return new CertificateChain(
                    List.of(ChainMember.of(EncodedCertificate.decode(selfSigned))), null, List.of());
        } catch (IOException e) {
            throw new IllegalStateException("a certificate that was encoded here is malformed", e);
        }
    }

    /**
     * Verifies certificates that are in order already.
     *
     * @param certificates leaf first, at least one; not null
     * @throws BrokenChainException if one is not issued by the next, naming both
     * @throws IllegalArgumentException if there is none, or more than 10, or one is not structured as a certificate is
     */
    public static CertificateChain of(List<X509Certificate> certificates) throws BrokenChainException {
        if (certificates.isEmpty() || certificates.size() > ChainSearch.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "certificates: " + certificates.size() + "; a chain has 1 to " + ChainSearch.MAX_LENGTH);
        }
        CertificateChain chain = trusted(certificates);
        for (int i = 0; i + 1 < certificates.size(); i++) {
            Optional<String> fault = Link.fault(chain.members.get(i), chain.members.get(i + 1));
            if (fault.isPresent()) {
                throw new BrokenChainException(certificates.get(i), certificates.get(i + 1), fault.get());
            }
        }
        return chain;
    }

    /**
     * Puts a leaf and its issuers in order, whatever else is there.
     *
     * <p>The same as with a {@link CertificatePool}, which is to be kept where more than one chain is assembled.
     *
     * @param leaf not null
     * @param pool in any order, with duplicates and strays, perhaps the leaf itself; not null
     * @throws IllegalArgumentException if the leaf is not structured as a certificate is
     */
    public static CertificateChain assemble(X509Certificate leaf, Collection<X509Certificate> pool) {
        return assemble(leaf, CertificatePool.holding(pool));
    }

    /**
     * Finds the issuers of a leaf in a pool.
     *
     * <p>Ends at a self-signed certificate if the pool has a way to one, else with a {@link #gap()} after the longest way.
     * Of several ways to the top one is taken whose issuers are valid in the leaf's own time, then the shortest. The order
     * of the pool does not count. At most 100 signatures are checked.
     *
     * @param leaf not null
     * @param pool not null
     * @throws IllegalArgumentException if the leaf is not structured as a certificate is
     */
    public static CertificateChain assemble(X509Certificate leaf, CertificatePool pool) {
        ChainSearch search = ChainSearch.from(ChainMember.of(leaf), pool);
        Route route = search.best();
        return new CertificateChain(
                route.members(), route.complete(), route.complete() ? List.of() : search.objections());
    }

    /** The certificate that the others are there for. */
    public X509Certificate leaf() {
        return certificates().get(0);
    }

    /** All, leaf first; not modifiable. */
    public List<X509Certificate> certificates() {
        List<X509Certificate> made = certificates;
        if (made == null) {
            made = members.stream().map(CertificateChain::object).toList();
            certificates = made;
        }
        return made;
    }

    private static X509Certificate object(ChainMember member) {
        try {
            return member.toX509Certificate();
        } catch (IOException e) {
            // What was parsed or assembled was read before; what was made here has nothing that Java refuses.
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** All as their DER, leaf first; not modifiable. */
    public List<EncodedCertificate> encoded() {
        return members.stream().map(ChainMember::certificate).toList();
    }

    /** The subject of the leaf. */
    public DistinguishedName subject() {
        return members.get(0).certificate().subject();
    }

    /** The validity of the leaf. */
    public Validity validity() {
        EncodedCertificate leaf = members.get(0).certificate();
        return new Validity(leaf.notBefore(), leaf.notAfter());
    }

    /** The SHA-256 fingerprint of the leaf. */
    public Fingerprint fingerprint() {
        return members.get(0).certificate().fingerprint();
    }

    /** What is missing above the last certificate, or empty if that one is self-signed. */
    public Optional<ChainGap> gap() {
        ChainMember last = members.get(members.size() - 1);
        return isComplete(last) ? Optional.empty() : Optional.of(ChainGap.above(last.certificate(), objections));
    }

    private boolean isComplete(ChainMember last) {
        Boolean known = complete;
        if (known == null) {
            known = last.certificate().isSelfSigned();
            complete = known;
        }
        return known;
    }

    /** All as PEM blocks, leaf first. */
    public String toPem() {
        return Certificates.toPem(certificates());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CertificateChain that && encoded().equals(that.encoded());
    }

    @Override
    public int hashCode() {
        return encoded().hashCode();
    }

    /** The leaf's subject and the number of certificates, for messages. */
    @Override
    public String toString() {
        return subject() + ", " + members.size() + (members.size() == 1 ? " certificate" : " certificates");
    }
}
