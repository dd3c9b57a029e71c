package dev.certkit.issue;

import dev.certkit.x509.RevocationReason;
import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The revocations of a {@link LocalAuthority}, kept in its storage, and the CRLs made from them.
 *
 * <p>Revoking is idempotent, and what was revoked stays revoked over a restart. Made by
 * {@link LocalAuthority#revocations()}. Immutable and thread safe, also for several processes over one storage.
 */
public final class Revocations {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private final AuthorityChain authority;
    private final IssuingRules rules;
    private final IssuedShelf issued;
    private final RevocationShelf shelf;

    Revocations(AuthorityChain authority, IssuingRules rules, IssuedShelf issued) {
        this.authority = authority;
        this.rules = rules;
        this.issued = issued;
        this.shelf = new RevocationShelf(issued.storage(), authority.id());
    }

    AuthorityChain authority() {
        return authority;
    }

    IssuingRules rules() {
        return rules;
    }

    /**
     * Revokes a certificate, or leaves it as it is if it was revoked before.
     *
     * <p>The first date and reason stay, with two exceptions: a hold becomes a revocation for good, and a compromise that
     * comes to light later replaces a reason that is none.
     *
     * @param serial of a certificate that was issued here; not null
     * @param reason any but {@link RevocationReason#REMOVE_FROM_CRL}; not null
     * @return what is known afterwards: {@link CertificateStatus.Revoked}, or {@link CertificateStatus.Unknown} if no such
     *     certificate was issued here, in which case nothing is recorded
     * @throws IllegalArgumentException if the reason is removeFromCRL; use {@link #release}
     * @throws IOException if the storage fails; revoke again
     */
    public CertificateStatus revoke(SerialNumber serial, RevocationReason reason) throws IOException {
        return revoke(serial, reason, Optional.empty());
    }

    /**
     * Revokes a certificate whose key is known to have been invalid earlier (RFC 5280, section 5.3.2).
     *
     * @param serial as for {@link #revoke(SerialNumber, RevocationReason)}; not null
     * @param reason as for {@link #revoke(SerialNumber, RevocationReason)}; not null
     * @param invalidSince since when the key is suspected to be in other hands, or the certificate to be invalid; cut to
     *     the second; not null
     * @return as for {@link #revoke(SerialNumber, RevocationReason)}
     * @throws IOException if the storage fails; revoke again
     */
    public CertificateStatus revoke(SerialNumber serial, RevocationReason reason, Instant invalidSince)
            throws IOException {
        return revoke(serial, reason, Optional.of(invalidSince));
    }

    /**
     * Revokes a certificate.
     *
     * @param certificate not null
     * @param reason as for {@link #revoke(SerialNumber, RevocationReason)}; not null
     * @return as for {@link #revoke(SerialNumber, RevocationReason)}; unknown also if another certificate was issued under
     *     its serial number
     * @throws IOException if the storage fails; revoke again
     */
    public CertificateStatus revoke(X509Certificate certificate, RevocationReason reason) throws IOException {
        return issued.contains(certificate)
                ? revoke(new SerialNumber(certificate.getSerialNumber()), reason)
                : new CertificateStatus.Unknown();
    }

    private CertificateStatus revoke(SerialNumber serial, RevocationReason reason, Optional<Instant> invalidSince)
            throws IOException {
        if (reason == RevocationReason.REMOVE_FROM_CRL) {
            throw new IllegalArgumentException("reason: removeFromCRL is no reason to revoke; use release(serial)");
        }
        Optional<X509Certificate> certificate = issued.find(serial);
        if (certificate.isEmpty()) {
            return new CertificateStatus.Unknown();
        }
        Instant expires = certificate.get().getNotAfter().toInstant();
        Revocation asked =
                Revocation.of(serial, reason, rules.clock().instant(), expires).invalidSince(invalidSince);
        return shelf.change(serial, before -> Optional.of(after(before, asked)))
                .orElseThrow()
                .status();
    }

    private static Revocation after(Optional<Revocation> before, Revocation asked) {
        if (before.isEmpty() || before.get().isReleased()) {
            return asked;
        }
        Revocation known = before.get();
        boolean forGood = known.isOnHold() && asked.reason() != RevocationReason.CERTIFICATE_HOLD;
        boolean worse = isCompromise(asked.reason()) && !isCompromise(known.reason());
        return forGood || worse ? known.becoming(asked) : known;
    }

    private static boolean isCompromise(RevocationReason reason) {
        return reason == RevocationReason.KEY_COMPROMISE
                || reason == RevocationReason.CA_COMPROMISE
                || reason == RevocationReason.AA_COMPROMISE;
    }

    /**
     * Releases a certificate from hold; one that is revoked for good stays so.
     *
     * @param serial not null
     * @return what is known afterwards: good if it was released now or before, or was never revoked
     * @throws IOException if the storage fails; release again
     */
    public CertificateStatus release(SerialNumber serial) throws IOException {
        if (issued.find(serial).isEmpty()) {
            return new CertificateStatus.Unknown();
        }
        return shelf.change(
                        serial,
                        before -> before.map(known -> known.isOnHold()
                                ? known.releasedAt(rules.clock().instant())
                                : known))
                .map(Revocation::status)
                .orElseGet(CertificateStatus.Good::new);
    }

    /**
     * What is known of a certificate.
     *
     * @param serial not null
     * @throws IOException if the storage fails
     */
    public CertificateStatus status(SerialNumber serial) throws IOException {
        Optional<Revocation> revocation = shelf.find(Objects.requireNonNull(serial, "serial"));
        if (revocation.isPresent()) {
            return revocation.get().status();
        }
        return issued.find(serial).isPresent() ? new CertificateStatus.Good() : new CertificateStatus.Unknown();
    }

    /**
     * Makes the complete CRL as it is now.
     *
     * <p>A certificate stays on the list until one that was made after its expiry has shown it (RFC 5280, section 3.3).
     * The next number is used up before anything is signed; numbers may skip, but never repeat or go back.
     *
     * @param untilNext how long it is valid: a second to a hundred years; not null
     * @throws IllegalArgumentException if it is out of this range
     * @throws IllegalStateException if the authority's certificate must not sign CRLs
     * @throws IOException if the storage fails
     */
    public RevocationList crl(Duration untilNext) throws IOException {
        check(untilNext);
        return maker().complete(untilNext);
    }

    /**
     * Makes a CRL of what has changed since a complete one.
     *
     * <p>Certificates that were released from hold are listed as removeFromCRL (RFC 5280, section 5.2.4).
     *
     * @param base the number of a complete CRL that is published; one of the last 16
     * @param untilNext as for {@link #crl}; not null
     * @throws IllegalArgumentException if there is no record of such a base, or the time is out of range
     * @throws IllegalStateException if the authority's certificate must not sign CRLs
     * @throws IOException if the storage fails
     */
    public RevocationList deltaCrl(long base, Duration untilNext) throws IOException {
        check(untilNext);
        return maker().delta(base, untilNext);
    }

    private void check(Duration untilNext) {
        if (untilNext.compareTo(SHORTEST) < 0 || untilNext.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "untilNext: " + untilNext + " is not within a second and a hundred years");
        }
        if (!authority.maySignCrls()) {
            throw new IllegalStateException("the certificate of " + authority.name()
                    + " must not sign CRLs: its key usage lacks cRLSign (RFC 5280, section 4.2.1.3)");
        }
    }

    private CrlMaker maker() {
        return new CrlMaker(authority, rules, shelf, new CrlShelf(issued.storage(), authority.id()));
    }

    /** The authority's name. */
    @Override
    public String toString() {
        return "Revocations[" + authority.name() + "]";
    }
}
