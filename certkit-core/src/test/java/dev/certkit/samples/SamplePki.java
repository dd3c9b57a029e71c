package dev.certkit.samples;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.Issuance;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.time.MovableClock;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** A root, an intermediate and leaves, all made by certkit at the current time, so that other programs find them valid. */
public final class SamplePki {
    private final Clock clock;
    private final CertifiedKey root;
    private final CertifiedKey intermediate;

    private SamplePki(Clock clock, CertifiedKey root, CertifiedKey intermediate) {
        this.clock = clock;
        this.root = root;
        this.intermediate = intermediate;
    }

    /** Two authorities whose keys are of one type. */
    public static SamplePki of(KeyType type) throws IOException {
        Clock clock = MovableClock.at(Instant.now());
        CertifiedKey root = CertifiedKey.selfSigned(
                        DistinguishedName.cn("Root " + type).o("Acme").c("FR"))
                .profile(CertificateProfile.authority())
                .clock(clock)
                .with(SampleKeys.of(type));
        KeyPair keys = SampleKeys.otherOf(type);
        CertificationRequest request = CertificationRequest.forSubject(
                        DistinguishedName.cn("Intermediate " + type).o("Acme").c("FR"))
                .profile(CertificateProfile.authority())
                .signedBy(keys)
                .request();
        LocalAuthority authority = LocalAuthority.of(root)
                .clock(clock)
                .profile(CertificateProfile.authority().pathLength(0));
        return new SamplePki(clock, root, CertifiedKey.of(keys.getPrivate(), certified(authority.issue(request))));
    }

    /** The chain of a decision that must be positive. */
    public static CertificateChain certified(Issuance issuance) {
        return issuance.fold(Issuance.Certified::chain, declined -> {
            throw new AssertionError("declined: " + declined);
        });
    }

    /** The self-signed authority. */
    public CertifiedKey root() {
        return root;
    }

    /** The authority below the root. */
    public CertifiedKey intermediate() {
        return intermediate;
    }

    /** An authority that issues with the intermediate's key. */
    public LocalAuthority authority() {
        return LocalAuthority.of(intermediate).clock(clock);
    }

    /** Leaf, intermediate and root; the leaf is for {@code printer-7.example.fr} and {@code 192.0.2.7}. */
    public CertifiedKey leaf(KeyPair keys) throws IOException {
        return CertificationRequest.forSubject(
                        DistinguishedName.cn("printer-7.example.fr").o("Acme").c("FR"))
                .san("printer-7.example.fr", "192.0.2.7")
                .profile(CertificateProfile.tlsServer())
                .signedBy(keys)
                .certifiedBy(certified(authority()
                        .issue(CertificationRequest.forSubject(DistinguishedName.cn("printer-7.example.fr")
                                        .o("Acme")
                                        .c("FR"))
                                .san("printer-7.example.fr", "192.0.2.7")
                                .signedBy(keys)
                                .request())));
    }

    /** All three certificates of a leaf's chain, leaf first. */
    public List<X509Certificate> certificates(KeyPair keys) throws IOException {
        return leaf(keys).chain().certificates();
    }
}
