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
import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

/**
 * A certificate authority in this process.
 *
 * <p>It issues by a profile, never beyond its own life, never to a request for an authority unless the profile is one,
 * and records each certificate under its serial number before it gives it away. By default it issues
 * {@link CertificateProfile#tlsServer()} and records in memory: give it a {@linkplain #in(Storage) storage} to remember
 * what it issued. Immutable and thread safe.
 */
public final class LocalAuthority implements CertificateAuthority {
    private final CertifiedKey authority;
    private final Rules rules;
    private final IssuedShelf issued;

    private LocalAuthority(CertifiedKey authority, Rules rules, IssuedShelf issued) {
        this.authority = authority;
        this.rules = rules;
        this.issued = issued;
    }

    /** What it issues by. */
    record Rules(CertificateProfile profile, Clock clock, CryptoProviders providers) {}

    /**
     * Issues with an authority's key, a root's or an intermediate's.
     *
     * @param authority its certificate must be of an authority; not null
     * @throws IllegalArgumentException if its certificate must not sign certificates
     */
    public static LocalAuthority of(CertifiedKey authority) {
        CertificateSigner.checkAuthority(authority.chain().leaf());
        return new LocalAuthority(
                authority,
                new Rules(CertificateProfile.tlsServer(), Clock.systemUTC(), CryptoProviders.standard()),
                new IssuedShelf(InMemoryStorage.empty()));
    }

    /**
     * Issues by this profile.
     *
     * @param profile not null
     * @throws IllegalArgumentException if it is of an authority and this one must not have any below it
     */
    public LocalAuthority profile(CertificateProfile profile) {
        CertificateSigner.checkProfile(authority.chain().leaf(), Objects.requireNonNull(profile, "profile"));
        return new LocalAuthority(authority, new Rules(profile, rules.clock, rules.providers), issued);
    }

    /**
     * Records what it issues here.
     *
     * @param storage stays open as long as the authority is used, and is closed by the caller; not null
     */
    public LocalAuthority in(Storage storage) {
        return new LocalAuthority(authority, rules, new IssuedShelf(Objects.requireNonNull(storage, "storage")));
    }

    /**
     * Asks this clock what time it is.
     *
     * @param clock not null
     */
    public LocalAuthority clock(Clock clock) {
        Objects.requireNonNull(clock, "clock");
        return new LocalAuthority(authority, new Rules(rules.profile, clock, rules.providers), issued);
    }

    /**
     * Uses these providers.
     *
     * @param providers not null
     */
    public LocalAuthority using(CryptoProviders providers) {
        Objects.requireNonNull(providers, "providers");
        return new LocalAuthority(authority, new Rules(rules.profile, rules.clock, providers), issued);
    }

    /** The authority's own key and chain. */
    public CertifiedKey authority() {
        return authority;
    }

    /** A serial number for an order, to be kept before {@link #issue(CertificationRequest, SerialNumber)} is called. */
    public SerialNumber nextSerialNumber() {
        return SerialNumber.random(rules.providers.random());
    }

    /**
     * Certifies a request.
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
     * @param request not null
     * @param serial drawn by {@link #nextSerialNumber()} and kept by the caller; not null
     * @throws IOException if the storage fails; nothing was given away
     * @throws IllegalArgumentException if the serial number was used for another key
     */
    public Issuance issue(CertificationRequest request, SerialNumber serial) throws IOException {
        Optional<X509Certificate> before = issued.find(serial);
        if (before.isPresent()) {
            return certified(before.get(), request);
        }
        CertificateSigner signer = new CertificateSigner(authority, rules);
        Optional<Issuance.Declined> objection = signer.objection(request);
        if (objection.isPresent()) {
            return objection.get();
        }
        Optional<X509Certificate> signed = signer.sign(request, serial);
        return signed.isPresent()
                ? certified(issued.record(signed.get()), request)
                : new Issuance.Declined(FailInfo.BAD_REQUEST, "the request asks for names that cannot be read back");
    }

    private Issuance.Certified certified(X509Certificate certificate, CertificationRequest request) throws IOException {
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
     * <p>Declined unless the current certificate was issued and recorded here, is valid now, has the same subject as the
     * request and all its alternative names, and was not renewed for another key before. Renewing again for the same key gives the same certificate,
     * under whatever serial number it was ordered first. Whether the requester has the current key is for the caller to
     * check.
     *
     * @param current the certificate that the requester proved to hold; not null
     * @param request not null
     * @param serial drawn by {@link #nextSerialNumber()} and kept by the caller; not null
     * @throws IOException if the storage fails; nothing was given away
     */
    public Issuance renew(X509Certificate current, CertificationRequest request, SerialNumber serial)
            throws IOException {
        if (!issued.contains(current)) {
            return new Issuance.Declined(
                    FailInfo.BAD_REQUEST, "the certificate to be renewed was not issued here; enrol anew");
        }
        CertificateSigner signer = new CertificateSigner(authority, rules);
        Optional<Issuance.Declined> objection =
                signer.renewalObjection(current, request).or(() -> signer.objection(request));
        if (objection.isPresent()) {
            return objection.get();
        }
        Optional<SerialNumber> marked = issued.markRenewed(current, request.publicKey(), serial);
        return marked.isPresent()
                ? issue(request, marked.get())
                : new Issuance.Declined(
                        FailInfo.BAD_REQUEST,
                        "the certificate to be renewed was renewed for another key before; renew with the newer one");
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
            return new Enrolment.Issued(pending.certifiedBy(certified.chain()));
        }
        Issuance.Declined declined = (Issuance.Declined) issuance;
        return Enrolment.Refused.of(declined.failInfo(), declined.text());
    }

    /** The authority's name, never its key. */
    @Override
    public String toString() {
        return "LocalAuthority[" + authority.chain().subject() + "]";
    }
}
