package dev.certkit.issue;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.internal.x509.Oids;
import dev.certkit.internal.x509.SubjectPublicKeyInfo;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.CertificateExtensions;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.KeyUsage;
import dev.certkit.x509.NameConstraints;
import dev.certkit.x509.Validity;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** An authority's key and what the certificates from its own up to the root let it do. */
final class AuthorityChain {
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    private final CertifiedKey key;
    private final List<Link> links;
    private final byte[] keyIdentifier;

    private AuthorityChain(CertifiedKey key, List<Link> links) {
        this.key = key;
        this.links = links;
        this.keyIdentifier = keyIdentifierOf(key.chain().leaf());
    }

    /** What one certificate says, read once. */
    private record Link(
            DistinguishedName name,
            Validity validity,
            Optional<Set<KeyUsage>> usages,
            Optional<List<ExtendedKeyUsage>> purposes,
            Optional<NameConstraints> constraints) {
        static Link of(X509Certificate certificate) {
            EncodedCertificate encoded = EncodedCertificate.of(certificate);
            CertificateExtensions extensions = CertificateExtensions.of(encoded);
            try {
                return new Link(
                        encoded.subject(),
                        new Validity(encoded.notBefore(), encoded.notAfter()),
                        extensions.keyUsages(),
                        extensions.purposes(),
                        extensions.nameConstraints());
            } catch (IOException e) {
                throw new IllegalArgumentException("authority: " + e.getMessage(), e);
            }
        }
    }

    static AuthorityChain of(CertifiedKey key) {
        X509Certificate own = key.chain().leaf();
        AuthorityChain chain = new AuthorityChain(
                key, key.chain().certificates().stream().map(Link::of).toList());
        boolean mayNot = chain.links
                .get(0)
                .usages
                .filter(some -> !some.contains(KeyUsage.KEY_CERT_SIGN))
                .isPresent();
        if (own.getBasicConstraints() < 0 || mayNot) {
            throw new IllegalArgumentException("authority: the certificate of " + chain.name()
                    + " must not sign certificates; make one with CertificateProfile.authority()");
        }
        if (chain.pathLengthLeft().orElse(0) < 0) {
            throw new IllegalArgumentException("authority: the certificate of " + chain.name()
                    + " stands deeper than the path length of an authority above it allows (RFC 5280, section"
                    + " 4.2.1.9)");
        }
        return chain;
    }

    CertifiedKey key() {
        return key;
    }

    CertificateChain chain() {
        return key.chain();
    }

    PrivateKey privateKey() {
        return key.privateKey();
    }

    /** The subject exactly as it stands in the certificate. */
    DistinguishedName name() {
        return links.get(0).name;
    }

    SignatureAlgorithm algorithm() {
        return SignatureAlgorithm.defaultFor(chain().leaf().getPublicKey());
    }

    byte[] sign(byte[] toBeSigned, CryptoProviders providers) {
        return providers.sign(algorithm(), privateKey(), toBeSigned);
    }

    /** The identifier of the authority's key in what it signs. */
    byte[] keyIdentifier() {
        return keyIdentifier;
    }

    /** As the authority's certificate has it, whatever method made it (RFC 5280, 4.2.1.1). */
    private static byte[] keyIdentifierOf(X509Certificate own) {
        SubjectPublicKeyInfo info = SubjectPublicKeyInfo.of(own.getPublicKey());
        try {
            return CertificateExtensions.of(EncodedCertificate.of(own))
                    .subjectKeyIdentifier()
                    .orElseGet(info::keyIdentifier);
        } catch (IOException e) {
            return info.keyIdentifier();
        }
    }

    /** Names its records: the same after its certificate is renewed, another for another key. */
    String id() {
        return Fingerprint.sha256(chain().leaf().getPublicKey().getEncoded())
                .hex()
                .substring(0, 32);
    }

    /** By name and key identifier, as it stands in what this authority issues. */
    boolean isIssuerOf(X509Certificate certificate) {
        byte[] expected = Der.octetString(Der.sequence(Der.tagged(Tag.context(0), keyIdentifier())));
        return certificate.getIssuerX500Principal().equals(chain().leaf().getSubjectX500Principal())
                && Arrays.equals(expected, certificate.getExtensionValue(Oids.AUTHORITY_KEY_IDENTIFIER));
    }

    boolean maySignCrls() {
        return links.get(0)
                .usages
                .filter(some -> !some.contains(KeyUsage.CRL_SIGN))
                .isEmpty();
    }

    /** The certificate of the chain that is not valid at a moment, or empty if all are. */
    Optional<String> invalidity(Instant now) {
        for (int i = 0; i < links.size(); i++) {
            Validity validity = links.get(i).validity;
            if (!validity.contains(now)) {
                return Optional.of((i == 0
                                ? "the authority's own certificate"
                                : "the certificate of " + links.get(i).name + " above the authority")
                        + " is valid from " + validity.notBefore() + " to " + validity.notAfter()
                        + ", and it is now " + now);
            }
        }
        return Optional.empty();
    }

    /** Within the validity of every certificate of the chain, at a moment when all are valid. */
    Validity within(Validity wanted) {
        Instant from = wanted.notBefore();
        Instant to = wanted.notAfter();
        for (Link link : links) {
            from = link.validity.notBefore().isAfter(from) ? link.validity.notBefore() : from;
            to = link.validity.notAfter().isBefore(to) ? link.validity.notAfter() : to;
        }
        return new Validity(from, to);
    }

    /** How many authorities may stand below, negative if this one must not stand where it does; empty if unbounded. */
    OptionalInt pathLengthLeft() {
        int left = Integer.MAX_VALUE;
        int below = 0;
        for (X509Certificate certificate : chain().certificates()) {
            if (certificate.getBasicConstraints() != Integer.MAX_VALUE) {
                left = Math.min(left, certificate.getBasicConstraints() - below);
            }
            // RFC 5280, 6.1.4 (l): those that roll a key over do not count.
            below += certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal()) ? 0 : 1;
        }
        return left == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(left);
    }

    void check(CertificateProfile profile) {
        if (profile.signer() == CertificateProfile.Signer.ITSELF) {
            throw new IllegalArgumentException("profile: certificates of the profile " + profile
                    + " are signed by their own key, not by an authority; use signedBy(Signer.AUTHORITY)");
        }
        if (profile.isAuthority() && pathLengthLeft().orElse(1) < 1) {
            throw new IllegalArgumentException("profile: the authority " + name()
                    + " has the path length 0, or stands below one whose path length is used up, so that no authority"
                    + " may stand below it (RFC 5280, section 4.2.1.9)");
        }
    }

    /** The profile with the path length that is left for it. */
    CertificateProfile fitting(CertificateProfile profile) {
        OptionalInt left = pathLengthLeft();
        return profile.isAuthority() && left.isPresent()
                ? profile.pathLength(
                        Math.min(left.getAsInt() - 1, profile.pathLength().orElse(Integer.MAX_VALUE)))
                : profile;
    }

    /** A purpose that an authority of the chain must not certify, as most programs read it. */
    Optional<ExtendedKeyUsage> forbiddenPurpose(List<ExtendedKeyUsage> purposes) {
        return purposes.stream()
                .filter(purpose -> !purpose.equals(ExtendedKeyUsage.OCSP_SIGNING))
                .filter(purpose -> links.stream().anyMatch(link -> forbids(link, purpose)))
                .findFirst();
    }

    private static boolean forbids(Link link, ExtendedKeyUsage purpose) {
        return link.purposes
                .filter(allowed -> !allowed.contains(purpose)
                        && allowed.stream().noneMatch(each -> each.oid().equals(ANY_PURPOSE)))
                .isPresent();
    }

    /** The name constraints that bind what is issued here. */
    List<NameConstraints> constraints() {
        List<NameConstraints> all = new ArrayList<>();
        links.forEach(link -> link.constraints.ifPresent(all::add));
        return all;
    }
}
