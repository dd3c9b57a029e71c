package dev.certkit.scep;

import dev.certkit.scep.ScepException.Check;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/**
 * What GetCACert gave, every certificate proved to be issued under the pinned authority (RFC 8894, section 2.2).
 *
 * <p>Order says nothing. Other authorities that a server sends along are left out; a registration authority that is not
 * proved is a reason to stop. Immutable.
 */
final class CaCertificates {
    private static final int KEY_ENCIPHERMENT = 2;

    private final X509Certificate pinned;
    private final List<X509Certificate> authorities;
    private final List<X509Certificate> registrars;
    private final Optional<X509Certificate> recipient;
    private final Optional<Recipient> sealing;

    private CaCertificates(
            X509Certificate pinned, List<X509Certificate> authorities, List<X509Certificate> registrars) {
        this.pinned = pinned;
        this.authorities = authorities;
        this.registrars = registrars;
        Stream<X509Certificate> candidates = registrars.isEmpty() ? Stream.of(issuing()) : registrars.stream();
        this.recipient = bestToEncryptTo(
                candidates.filter(each -> each.getPublicKey().getAlgorithm().equals("RSA")));
        this.sealing = recipient.map(Recipient::of);
    }

    /**
     * Proves what was received.
     *
     * @throws ScepException {@link Check#CA_PIN}, {@link Check#RA_CERTIFICATE}
     */
    static CaCertificates proved(List<X509Certificate> received, CaPin pin, Instant now) throws ScepException {
        X509Certificate pinned = pin.among(received);
        List<X509Certificate> others = received.stream()
                .distinct()
                .filter(each -> !each.equals(pinned))
                .toList();
        List<X509Certificate> authorities = others.stream()
                .filter(each -> each.getBasicConstraints() >= 0)
                .filter(each -> PinnedPath.of(each, pinned, others)
                        .filter(path -> path.outOfTime(now).isEmpty())
                        .isPresent())
                .toList();
        List<PinnedPath> registrars = new ArrayList<>();
        for (X509Certificate each : others) {
            if (each.getBasicConstraints() < 0) {
                registrars.add(RegistrationAuthority.proved(each, PinnedPath.of(each, pinned, others)));
            }
        }
        if (authorities.isEmpty() && registrars.isEmpty() && !received.contains(pinned)) {
            throw CaPin.mismatch(
                    "the certificate with the SHA-256 fingerprint " + Fingerprint.sha256(pinned), received);
        }
        return new CaCertificates(pinned, authorities, RegistrationAuthority.inTime(registrars, now));
    }

    X509Certificate pinned() {
        return pinned;
    }

    /** The subject of the authority that issues, for a CertPoll. */
    X500Principal issuer() {
        return issuing().getSubjectX500Principal();
    }

    /** The authorities that are proved, the pinned one first. */
    List<X509Certificate> authorities() {
        return Stream.concat(Stream.of(pinned), authorities.stream()).toList();
    }

    /** The keys of which one must have signed the answer. */
    List<PublicKey> signers() {
        return Stream.concat(registrars.stream(), authorities().stream())
                .map(X509Certificate::getPublicKey)
                .toList();
    }

    /** The certificate to encrypt to: a registration authority's, else the issuing one's; empty if none has an RSA key. */
    Optional<X509Certificate> recipient() {
        return recipient;
    }

    /** The same, ready to be encrypted to. */
    Optional<Recipient> sealing() {
        return sealing;
    }

    ScepException cannotDecrypt() {
        return ScepException.of(
                Check.RA_CERTIFICATE,
                "The SCEP server of " + Shown.of(DistinguishedName.of(issuer()))
                        + " has no certificate with an RSA key to encrypt to; it needs one for SCEP, or a challenge"
                        + " password in the request");
    }

    /** Whether none of what was proved has run out since. */
    boolean isInTime(Instant now) {
        return Stream.concat(authorities.stream(), registrars.stream())
                .noneMatch(each -> each.getNotAfter().toInstant().isBefore(now));
    }

    /** The authority below which there is no other. */
    private X509Certificate issuing() {
        return bestToEncryptTo(authorities.stream().filter(each -> authorities.stream()
                        .filter(other -> !other.equals(each))
                        .noneMatch(other -> other.getIssuerX500Principal().equals(each.getSubjectX500Principal()))))
                .orElse(pinned);
    }

    /** Key usages are often missing or wrong in the field, so that they order the candidates and exclude none. */
    private static Optional<X509Certificate> bestToEncryptTo(Stream<X509Certificate> candidates) {
        return candidates.min(Comparator.comparingInt(CaCertificates::reluctance));
    }

    private static int reluctance(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        if (usage == null) {
            return 1;
        }
        return usage[KEY_ENCIPHERMENT] ? 0 : 2;
    }
}
