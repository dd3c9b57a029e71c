package dev.certkit.shelf.trust;

import dev.certkit.trust.TrustCode;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is kept of one certificate; immutable.
 *
 * @param papers the certificate first, then some that were presented with it
 * @param acceptance only if it was accepted
 */
record TrustState(
        List<EncodedCertificate> papers, Decision decision, Optional<Acceptance> acceptance, List<Sighting> sightings) {
    private static final int MAX_SIGHTINGS = 8;
    private static final int MAX_ISSUERS = 4;
    private static final int MAX_ISSUER_OCTETS = 16 << 10;

    /** What somebody decided. */
    enum Decision {
        NONE,
        ACCEPTED,
        REJECTED,
        /** Taken out of the default set. */
        REMOVED
    }

    static TrustState captured(List<EncodedCertificate> presented, Sighting sighting) {
        List<EncodedCertificate> papers = new ArrayList<>();
        int octets = 0;
        for (EncodedCertificate each : presented) {
            octets += papers.isEmpty() ? 0 : each.encoded().length;
            if (papers.size() <= MAX_ISSUERS && octets <= MAX_ISSUER_OCTETS) {
                papers.add(each);
            }
        }
        return new TrustState(List.copyOf(papers), Decision.NONE, Optional.empty(), List.of(sighting));
    }

    static TrustState undecided(EncodedCertificate certificate) {
        return new TrustState(List.of(certificate), Decision.NONE, Optional.empty(), List.of());
    }

    EncodedCertificate certificate() {
        return papers.get(0);
    }

    TrustState accepted(Acceptance how) {
        return new TrustState(papers, Decision.ACCEPTED, Optional.of(how), sightings);
    }

    TrustState decided(Decision other) {
        return new TrustState(papers, other, Optional.empty(), sightings);
    }

    boolean isAuthority() {
        try {
            return CertificateExtensions.of(certificate())
                    .basicConstraints()
                    .map(CertificateExtensions.BasicConstraints::authority)
                    .orElse(false);
        } catch (IOException e) {
            return false;
        }
    }

    boolean hasExpired(Instant now) {
        return now.isAfter(certificate().notAfter());
    }

    /** Whether it was accepted, and is not any more by the mere passing of time. */
    boolean hasLapsed(Instant now) {
        return lapse().filter(end -> !now.isBefore(end)).isPresent();
    }

    /** When its acceptance ends by itself. */
    Optional<Instant> lapse() {
        if (acceptance.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> end = acceptance.get().end();
        Instant expiry = certificate().notAfter().plusSeconds(1);
        boolean expires = !acceptance.get().waived().contains(TrustCode.EXPIRED);
        return expires && end.filter(time -> time.isBefore(expiry)).isEmpty() ? Optional.of(expiry) : end;
    }

    TrustList list(Instant now) {
        if (decision == Decision.REJECTED) {
            return TrustList.SERVERS;
        }
        if (decision != Decision.ACCEPTED || hasLapsed(now)) {
            return TrustList.INVALID;
        }
        return isAuthority() ? TrustList.AUTHORITIES : TrustList.SERVERS;
    }

    /** The reasons that somebody who accepts it without saying more has seen. */
    Set<TrustCode> known(Instant now) {
        Set<TrustCode> known = EnumSet.noneOf(TrustCode.class);
        sightings.forEach(sighting -> known.addAll(sighting.codes()));
        if (sightings.isEmpty()) {
            // Nobody presented it: whoever imported it says that it is what it should be.
            known.addAll(Set.of(TrustCode.SELF_SIGNED, TrustCode.UNKNOWN_ISSUER, TrustCode.REVOCATION_UNKNOWN));
        }
        if (hasExpired(now)) {
            known.add(TrustCode.EXPIRED);
        }
        return known;
    }

    boolean wasSeenLike(Sighting sighting) {
        return sightings.stream().anyMatch(known -> known.covers(sighting));
    }

    /** With the sighting as the last one; of more than 8 peers, the longest unseen is forgotten. */
    TrustState seen(Sighting sighting) {
        List<Sighting> all = new ArrayList<>();
        Sighting merged = sighting;
        for (Sighting known : sightings) {
            if (known.isAtPeerOf(sighting)) {
                merged = known.followedBy(sighting);
            } else {
                all.add(known);
            }
        }
        if (all.size() == MAX_SIGHTINGS) {
            all.sort(Comparator.comparing(Sighting::last));
            all.remove(0);
        }
        all.add(merged);
        return new TrustState(papers, decision, acceptance, List.copyOf(all));
    }

    Instant lastSeen() {
        return sightings.stream()
                .map(Sighting::last)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    /** Where it was seen, if that was at one host only, which may have no name. */
    Optional<Optional<String>> onlyHost() {
        List<Optional<String>> hosts =
                sightings.stream().map(Sighting::host).distinct().toList();
        return hosts.size() == 1 ? Optional.of(hosts.get(0)) : Optional.empty();
    }
}
