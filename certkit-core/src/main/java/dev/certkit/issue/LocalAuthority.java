package dev.certkit.issue;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.internal.x509.SubjectPublicKeyInfo;
import dev.certkit.key.CryptoProviders;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.Storage;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.NameConstraints;
import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A certificate authority in this process.
 *
 * <p>It issues by a profile and within {@linkplain IssuanceLimits limits}, never beyond the life of any certificate of its
 * own chain, never to a request for an authority unless the profile is one, and records each certificate under its serial
 * number before it gives it away. By default it issues
 * {@link CertificateProfile#tlsServer()} and records in memory: give it a {@linkplain #in(Storage) storage} to remember
 * what it issued. Immutable and thread safe.
 */
public final class LocalAuthority implements CertificateAuthority {
    private final AuthorityChain authority;
    private final IssuingRules rules;
    private final IssuedShelf issued;

    private LocalAuthority(AuthorityChain authority, IssuingRules rules, IssuedShelf issued) {
        this.authority = authority;
        this.rules = rules;
        this.issued = issued;
    }

    /**
     * Issues with an authority's key, a root's or an intermediate's.
     *
     * @param authority its certificate must be of an authority; all certificates of its chain count; not null
     * @throws IllegalArgumentException if its certificate must not sign certificates, or stands deeper below another than
     *     that one's path length allows
     */
    public static LocalAuthority of(CertifiedKey authority) {
        AuthorityChain chain = AuthorityChain.of(authority);
        return new LocalAuthority(chain, IssuingRules.standard(), new IssuedShelf(InMemoryStorage.empty(), chain));
    }

    private LocalAuthority with(IssuingRules changed) {
        return new LocalAuthority(authority, changed, issued);
    }

    /**
     * Issues by this profile; requests whose names or key it does not take are declined.
     *
     * <p>{@link CertificateProfile#tlsServer()} needs a host name or an address: for devices that ask for a bare common name
     * take another, or {@code tlsServer().needingOneOf()}.
     *
     * @param profile not null
     * @throws IllegalArgumentException if it is of an authority and this one must not have any below it
     */
    public LocalAuthority profile(CertificateProfile profile) {
        authority.check(Objects.requireNonNull(profile, "profile"));
        return with(rules.with(profile));
    }

    /**
     * Declines what is beyond these limits, whatever the profile allows.
     *
     * @param limits not null
     */
    public LocalAuthority limits(IssuanceLimits limits) {
        return with(rules.with(Objects.requireNonNull(limits, "limits")));
    }

    /**
     * Issues for another life than the profile's, counted from now.
     *
     * <p>Where an authority of the chain ends earlier, so do its certificates.
     *
     * @param lifetime positive; one that is longer than that of the profile or the limits is declined; not null
     * @throws IllegalArgumentException if it is not positive
     */
    public LocalAuthority validFor(Duration lifetime) {
        IssuingRules.requirePositive(lifetime);
        return with(rules.with(lifetime));
    }

    /**
     * Says in each certificate where CRLs, OCSP answers and the authority's certificate are, and its policies.
     *
     * @param publication not null
     */
    public LocalAuthority publishing(Publication publication) {
        return with(rules.with(Objects.requireNonNull(publication, "publication")));
    }

    /**
     * Binds the authorities that it certifies to these names (RFC 5280, section 4.2.1.10).
     *
     * <p>Certificates of others are not changed by it.
     *
     * @param constraints not empty; not null
     * @throws IllegalArgumentException if they constrain nothing
     */
    public LocalAuthority constraining(NameConstraints constraints) {
        if (constraints.permitted().isEmpty() && constraints.excluded().isEmpty()) {
            throw new IllegalArgumentException("constraints: they are empty; permit or exclude at least one subtree");
        }
        return with(rules.with(constraints));
    }

    /**
     * Records what it issues here.
     *
     * @param storage stays open as long as the authority is used, and is closed by the caller; not null
     */
    public LocalAuthority in(Storage storage) {
        return new LocalAuthority(authority, rules, issued.in(Objects.requireNonNull(storage, "storage")));
    }

    /**
     * Asks this clock what time it is.
     *
     * @param clock not null
     */
    public LocalAuthority clock(Clock clock) {
        return with(rules.with(Objects.requireNonNull(clock, "clock")));
    }

    /**
     * Uses these providers.
     *
     * @param providers not null
     */
    public LocalAuthority using(CryptoProviders providers) {
        return with(rules.with(Objects.requireNonNull(providers, "providers")));
    }

    /** The authority's own key and chain. */
    public CertifiedKey authority() {
        return authority.key();
    }

    /** Revoking, CRLs, and what is known of a certificate; as this authority is configured now. */
    public Revocations revocations() {
        return new Revocations(authority, rules, issued);
    }

    /**
     * Finds a certificate that this authority issued.
     *
     * @param serial not null
     * @throws IOException if the storage fails
     */
    public Optional<X509Certificate> find(SerialNumber serial) throws IOException {
        return issued.find(Objects.requireNonNull(serial, "serial"));
    }

    /**
     * Finds a certificate that this authority issued.
     *
     * @param fingerprint the SHA-256 of its DER; not null
     * @throws IOException if the storage fails
     */
    public Optional<X509Certificate> find(Fingerprint fingerprint) throws IOException {
        return issued.find(Objects.requireNonNull(fingerprint, "fingerprint"));
    }

    /**
     * Lists what this authority issued, a page at a time, ordered by serial number in hexadecimal.
     *
     * @param after the last serial number of the page before, or empty for the first page; not null
     * @param limit the most certificates to give, 1 or more
     * @return fewer than {@code limit} only if there are no more
     * @throws IllegalArgumentException if the limit is not positive
     * @throws IOException if the storage fails
     */
    public List<X509Certificate> issued(Optional<SerialNumber> after, int limit) throws IOException {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + ", ask for at least 1");
        }
        return issued.list(after, limit);
    }

    /**
     * Counts what this authority issued, by reading each record.
     *
     * @throws IOException if the storage fails
     */
    public long count() throws IOException {
        return issued.count();
    }

    /**
     * What this authority would decline a request for, without issuing or recording anything.
     *
     * @param request not null
     * @return empty if {@link #issue(CertificationRequest)} would certify it now
     */
    public Optional<Issuance.Declined> objection(CertificationRequest request) {
        return new RequestRules(authority, rules).objection(request);
    }

    /**
     * What this authority would decline a renewal for, without issuing or recording anything.
     *
     * @param current the certificate that is to be followed; not null
     * @param request not null
     * @return empty if {@link #renew(X509Certificate, CertificationRequest, SerialNumber)} would certify it now
     * @throws IOException if the storage fails
     */
    public Optional<Issuance.Declined> objection(X509Certificate current, CertificationRequest request)
            throws IOException {
        if (!issued.contains(current)) {
            return RequestRules.declined("the certificate to be renewed was not issued here; enrol anew");
        }
        RequestRules requests = new RequestRules(authority, rules);
        Optional<Issuance.Declined> objection =
                requests.renewalObjection(current, request).or(() -> requests.objection(request));
        if (objection.isPresent()) {
            return objection;
        }
        CertificateStatus status = revocations().status(new SerialNumber(current.getSerialNumber()));
        return status instanceof CertificateStatus.Revoked revoked
                ? RequestRules.declined("the certificate to be renewed was revoked at " + revoked.since() + ", "
                        + revoked.reason().rfcName() + "; enrol anew")
                : issued.successor(current).flatMap(successor -> renewedForAnother(successor, request));
    }

    private static Optional<Issuance.Declined> renewedForAnother(
            IssuedShelf.Successor successor, CertificationRequest request) {
        return successor.key().equals(keyOf(request))
                ? Optional.empty()
                : RequestRules.declined("the certificate to be renewed was renewed for another key before; renew with"
                        + " the newer one");
    }

    private static Fingerprint keyOf(CertificationRequest request) {
        return Fingerprint.sha256(request.publicKey().getEncoded());
    }

    /** A serial number for an order, to be kept before {@link #issue(CertificationRequest, SerialNumber)} is called. */
    public SerialNumber nextSerialNumber() {
        return SerialNumber.random(rules.providers().random());
    }

    /**
     * Certifies a request, or declines what is against the rules.
     *
     * <p>Usages, purposes and other extensions that the request asks for are ignored, since the profile decides; see
     * {@link IssuanceLimits#nothingBeyondProfile()}. A request to be an authority is declined unless the profile is one.
     *
     * @param request not null
     * @throws IOException if the storage fails; nothing was given away
     */
    public Issuance issue(CertificationRequest request) throws IOException {
        return issue(request, nextSerialNumber());
    }

    /**
     * Certifies a request under a serial number; the same order again gives the same certificate.
     *
     * <p>The certificate is recorded before it is given away, and the storage creates one record of a serial number only:
     * however many threads and processes repeat an order, and wherever they are stopped, there is one certificate, and none
     * without a record.
     *
     * @param request not null
     * @param serial drawn by {@link #nextSerialNumber()} and kept by the caller; not null
     * @throws IOException if the storage fails; nothing was given away
     * @throws IllegalArgumentException if the serial number was used for another key, or by another authority in this
     *     storage
     */
    public Issuance issue(CertificationRequest request, SerialNumber serial) throws IOException {
        Optional<X509Certificate> before = issued.find(serial);
        if (before.isPresent()) {
            return certified(before.get(), request);
        }
        Optional<Issuance.Declined> objection = objection(request);
        if (objection.isPresent()) {
            return objection.get();
        }
        Optional<X509Certificate> signed = new CertificateSigner(authority, rules).sign(request, serial);
        return signed.isPresent()
                ? certified(issued.record(signed.get()), request)
                : new Issuance.Declined(FailInfo.BAD_REQUEST, "the request asks for names that cannot be read back");
    }

    private Issuance.Certified certified(X509Certificate certificate, CertificationRequest request) {
        if (!SubjectPublicKeyInfo.isOf(certificate, request.publicKey())) {
            throw new IllegalArgumentException(
                    "serial: " + certificate.getSerialNumber().toString(16)
                            + " was used for another key; draw a new one with nextSerialNumber()");
        }
        return new Issuance.Certified(
                CertificateChain.assemble(certificate, authority.chain().certificates()));
    }

    /**
     * Certifies the request of somebody who holds a certificate of this authority, for one key per certificate.
     *
     * <p>Declined unless the current certificate was issued and recorded here, is valid now and not revoked, has the same
     * subject as the request and all its alternative names, and was not renewed for another key before. Renewing again for
     * the same key gives the same certificate, under whatever serial number it was ordered first. Whether the requester
     * has the current key is for the caller to check.
     *
     * @param current the certificate that the requester proved to hold; not null
     * @param request not null
     * @param serial drawn by {@link #nextSerialNumber()} and kept by the caller; not null
     * @throws IOException if the storage fails; nothing was given away
     */
    public Issuance renew(X509Certificate current, CertificationRequest request, SerialNumber serial)
            throws IOException {
        Optional<Issuance.Declined> objection = objection(current, request);
        if (objection.isPresent()) {
            return objection.get();
        }
        IssuedShelf.Successor marked = issued.markRenewed(current, new IssuedShelf.Successor(keyOf(request), serial));
        Optional<Issuance.Declined> overtaken = renewedForAnother(marked, request);
        return overtaken.isPresent() ? overtaken.get() : issue(request, marked.serial());
    }

    @Override
    public Enrolment enrol(PendingKey pending) throws IOException {
        return answer(issue(pending.request()), pending);
    }

    @Override
    public Enrolment renew(CertifiedKey current, PendingKey next) throws IOException {
        return answer(renew(current.chain().leaf(), next.request(), nextSerialNumber()), next);
    }

    /** Never needed: this authority decides at once; asks anew. */
    @Override
    public Enrolment poll(Enrolment.Pending waiting) throws IOException {
        return waiting.current().isPresent()
                ? renew(waiting.current().get(), waiting.pendingKey())
                : enrol(waiting.pendingKey());
    }

    private static Enrolment answer(Issuance issuance, PendingKey pending) throws IOException {
        if (issuance instanceof Issuance.Certified certified) {
            return Enrolment.Issued.of(pending, certified.chain());
        }
        Issuance.Declined declined = (Issuance.Declined) issuance;
        return Enrolment.Refused.of(declined.failInfo(), declined.text());
    }

    /** The authority's name, never its key. */
    @Override
    public String toString() {
        return "LocalAuthority[" + authority.name() + "]";
    }
}
