package dev.certkit.judges;

import dev.certkit.format.Certificates;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.issue.OcspResponder;
import dev.certkit.issue.Publication;
import dev.certkit.issue.RevocationList;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import dev.certkit.samples.SamplePki;
import dev.certkit.time.MovableClock;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.RevocationReason;
import dev.certkit.x509.SerialNumber;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A root, an intermediate that publishes everything, and leaves of it, all in files for other programs. */
final class RevocationLab {
    static final Duration WEEK = Duration.ofDays(7);

    final MovableClock clock;
    final LocalAuthority root;
    final LocalAuthority authority;
    private final Path directory;

    private RevocationLab(Path directory, MovableClock clock, LocalAuthority root, LocalAuthority authority) {
        this.directory = directory;
        this.clock = clock;
        this.root = root;
        this.authority = authority;
    }

    static RevocationLab in(Path directory, KeyType type, Publication publication) throws IOException {
        MovableClock clock = MovableClock.at(Instant.now());
        LocalAuthority root = LocalAuthority.of(CertifiedKey.selfSigned(
                                DistinguishedName.cn("Root " + type).o("Acme"))
                        .profile(CertificateProfile.authority())
                        .clock(clock)
                        .with(SampleKeys.of(type)))
                .clock(clock);
        CertificateChain intermediate =
                SamplePki.certified(root.profile(CertificateProfile.authority().pathLength(0))
                        .issue(CertificationRequest.forSubject(DistinguishedName.cn("Intermediate " + type)
                                        .o("Acme"))
                                .signedBy(SampleKeys.otherOf(type))
                                .request()));
        Files.writeString(
                directory.resolve("root.pem"), root.authority().chain().toPem());
        Files.writeString(directory.resolve("intermediate.pem"), Certificates.toPem(intermediate.leaf()));
        LocalAuthority authority = LocalAuthority.of(
                        CertifiedKey.of(SampleKeys.otherOf(type).getPrivate(), intermediate))
                .clock(clock)
                .publishing(publication);
        return new RevocationLab(directory, clock, root, authority);
    }

    static Publication everywhere() {
        return Publication.nothing()
                .crlAt(URI.create("http://pki.example.fr/ca.crl"))
                .deltaCrlAt(URI.create("http://pki.example.fr/delta.crl"))
                .ocspAt(URI.create("http://ocsp.example.fr/"))
                .issuerAt(URI.create("http://pki.example.fr/ca.cer"))
                .policies("1.3.6.1.4.1.55555.1");
    }

    /** A certificate of the intermediate in a file of its own. */
    X509Certificate leaf(String name) throws IOException {
        X509Certificate leaf = SamplePki.certified(
                        authority.issue(CertificationRequest.forSubject(DistinguishedName.cn(name))
                                .san(name)
                                .signedBy(SampleKeys.of(KeyType.EC_P256))
                                .request()))
                .leaf();
        Files.writeString(directory.resolve(name + ".pem"), Certificates.toPem(leaf));
        return leaf;
    }

    CertifiedKey ocspSigner() throws IOException {
        CertificationRequest request = CertificationRequest.forSubject(DistinguishedName.cn("OCSP signer"))
                .signedBy(SampleKeys.otherOf(KeyType.EC_P384))
                .request();
        return CertifiedKey.of(
                SampleKeys.otherOf(KeyType.EC_P384).getPrivate(),
                SamplePki.certified(
                        authority.profile(OcspResponder.signerProfile()).issue(request)));
    }

    void revoke(X509Certificate certificate, RevocationReason reason) throws IOException {
        authority.revocations().revoke(serial(certificate), reason);
    }

    static SerialNumber serial(X509Certificate certificate) {
        return new SerialNumber(certificate.getSerialNumber());
    }

    /** The root's and the intermediate's complete lists, in one file and each in its own. */
    RevocationList crls() throws IOException {
        RevocationList above = root.revocations().crl(WEEK);
        RevocationList own = authority.revocations().crl(WEEK);
        write("crls.pem", List.of(above, own));
        write("root-crl.pem", List.of(above));
        write("crl.pem", List.of(own));
        Files.write(directory.resolve("crl.der"), own.encoded());
        Files.write(directory.resolve("root-crl.der"), above.encoded());
        return own;
    }

    RevocationList delta(RevocationList base) throws IOException {
        RevocationList delta = authority.revocations().deltaCrl(base.number(), Duration.ofHours(1));
        write("delta.pem", List.of(delta));
        Files.write(directory.resolve("delta.der"), delta.encoded());
        return delta;
    }

    private void write(String name, List<RevocationList> lists) throws IOException {
        StringBuilder text = new StringBuilder();
        lists.forEach(list -> text.append(list.toPem()));
        Files.writeString(directory.resolve(name), text);
    }
}
