package dev.certkit.shelf.trust;

import dev.certkit.identity.CertificateDetails;
import dev.certkit.shelf.trust.TrustState.Decision;
import dev.certkit.trust.TrustCode;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A certificate on one of the lists, as it was at the time of the look; immutable. */
public final class TrustEntry {
    private final TrustState state;
    private final boolean ofDefaults;
    private final Instant time;

    TrustEntry(TrustState state, boolean ofDefaults, Instant time) {
        this.state = state;
        this.ofDefaults = ofDefaults;
        this.time = time;
    }

    /** The certificate. */
    public EncodedCertificate certificate() {
        return state.certificate();
    }

    /** Its SHA-256 fingerprint, by which it is accepted, rejected and deleted. */
    public Fingerprint fingerprint() {
        return certificate().fingerprint();
    }

    /** What a page shows of it; read anew by each call. */
    public CertificateDetails details() {
        return CertificateDetails.of(certificate());
    }

    /** The first few of what was presented behind it, unproved; empty if nothing was. */
    public List<EncodedCertificate> presentedWith() {
        return state.papers().subList(1, state.papers().size());
    }

    /** The list on which it stands. */
    public TrustList list() {
        return state.list(time);
    }

    /** Whether it was rejected by hand. */
    public boolean isRejected() {
        return state.decision() == Decision.REJECTED;
    }

    /** Whether it is an authority by its basic constraints. */
    public boolean isAuthority() {
        return state.isAuthority();
    }

    /** Whether it belongs to the default set. */
    public boolean isDefault() {
        return ofDefaults;
    }

    /** How it was accepted; empty if it is not. */
    public Optional<Acceptance> acceptance() {
        return state.acceptance();
    }

    /** Where it was presented and not trusted, the last one last; at most 8 peers. */
    public List<Sighting> sightings() {
        return state.sightings();
    }

    /** Why it was not trusted the last time, and whether it has expired since. */
    public List<Sighting.Reason> reasons() {
        List<Sighting> seen = sightings();
        List<Sighting.Reason> reasons = new ArrayList<>(
                seen.isEmpty() ? List.of() : seen.get(seen.size() - 1).reasons());
        if (state.hasExpired(time) && reasons.stream().noneMatch(reason -> reason.code() == TrustCode.EXPIRED)) {
            reasons.add(new Sighting.Reason(
                    TrustCode.EXPIRED,
                    "the certificate was valid until " + certificate().notAfter()));
        }
        return List.copyOf(reasons);
    }

    /**
     * The reasons seen that {@link TrustLists#accept(Fingerprint)} does not waive: it was forged, altered or revoked.
     *
     * @return empty if it may be accepted without naming any; {@code BAD_SIGNATURE}, {@code MALFORMED} or {@code REVOKED}
     */
    public Set<TrustCode> graveReasons() {
        return Acceptance.grave(state.known(time));
    }

    /** Certificate, list and reasons in one line, safe to print. */
    @Override
    public String toString() {
        return certificate() + ", on the list " + list() + (isRejected() ? ", rejected" : "")
                + acceptance().map(how -> ", accepted " + how).orElse("")
                + (sightings().isEmpty()
                        ? ""
                        : ", seen by " + sightings().get(sightings().size() - 1));
    }
}
