package dev.certkit.examples.readme;

import dev.certkit.format.Pasted;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.lint.CertificateLint;
import dev.certkit.lint.LintFinding;
import dev.certkit.scep.ChallengePolicy;
import dev.certkit.scep.OneTimeChallenges;
import dev.certkit.scep.ScepClient;
import dev.certkit.scep.ScepResponder;
import dev.certkit.shelf.Identities;
import dev.certkit.store.Storage;
import dev.certkit.store.file.DirectoryStorage;
import dev.certkit.store.file.FileLayout;
import dev.certkit.store.file.ServerFiles;
import dev.certkit.tls.TlsContext;
import dev.certkit.trust.Peer;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import dev.certkit.x509.Mismatch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** Each method is one step of README.md; a test runs them. */
public final class Snippets {
    private Snippets() {}

    public static CertifiedKey selfSigned() {
        // tag::selfSigned
        CertifiedKey web = CertifiedKey.selfSigned(DistinguishedName.cn("printer-7"))
                .san("printer-7.local", "192.0.2.7")
                .with(KeyType.EC_P256.generate());
        // end::selfSigned
        return web;
    }

    public static String request(Path directory) throws IOException {
        // tag::request
        try (Storage storage = DirectoryStorage.at(directory)) {
            Identities identities = Identities.in(storage).unencrypted();
            CertificationRequest.Draft wishes = CertificationRequest.forSubject(DistinguishedName.cn("cam.example.fr"));
            PendingKey pending = identities.request("web", wishes, KeyType.RSA_2048);
            return pending.request().toPem();
        }
        // end::request
    }

    public static CertifiedKey install(Identities identities, String pasted) throws IOException {
        // tag::install
        CertifiedKey installed = identities.install("web", Pasted.parse(pasted)).key();
        // end::install
        return installed;
    }

    public static List<String> inspect(X509Certificate certificate) {
        // tag::inspect
        List<Mismatch> mismatches = CertificateProfile.tlsServer().check(certificate);
        List<LintFinding> findings = CertificateLint.device().check(certificate);
        // end::inspect
        return Stream.concat(mismatches.stream(), findings.stream())
                .map(Object::toString)
                .toList();
    }

    public static ServerFiles layout(CertifiedKey web, Path directory, Path other) throws IOException {
        // tag::layout
        ServerFiles haproxy = FileLayout.haproxy().unencryptedIn(directory);
        haproxy.write("web", web);
        ServerFiles apache = FileLayout.apache().unencryptedIn(other);
        haproxy.moveTo(apache, "web");
        // end::layout
        return apache;
    }

    public static TrustVerdict judge(TrustAnchors anchors, List<X509Certificate> presented) {
        // tag::judge
        TrustPolicy policy = TrustPolicy.pkix(anchors).and(TrustPolicy.hostname());
        TrustVerdict verdict =
                policy.judge(PresentedChain.of(presented, Instant.now()).by(new Peer("cam.example.fr", 443)));
        // end::judge
        return verdict;
    }

    public static String enrol(PendingKey pending, URI uri, Fingerprint fingerprint) throws IOException {
        // tag::enrol
        ScepClient ca = ScepClient.at(uri).trustingCa(fingerprint);
        return ca.enrol(pending)
                .fold(
                        issued -> "certified until "
                                + issued.key().chain().validity().notAfter(),
                        waiting -> "pending, transaction " + waiting.transactionId(),
                        refused -> "refused, " + refused.number() + ": " + refused.text());
        // end::enrol
    }

    public static SSLContext server(Identities identities) {
        // tag::server
        SSLContext server = TlsContext.presenting(identities.live("web")).toSslContext();
        // end::server
        return server;
    }

    public static SSLContext client(X509Certificate root) {
        // tag::client
        SSLContext client = TlsContext.trusting(TrustAnchors.of(root)).toSslContext();
        // end::client
        return client;
    }

    /** What the responder needs to be asked, and the challenge for one printer. */
    public record Office(ScepResponder responder, Passphrase challenge) {}

    public static Office responder(CertifiedKey root, Storage storage) throws IOException {
        // tag::responder
        LocalAuthority authority =
                LocalAuthority.of(root).profile(CertificateProfile.tlsServer()).in(storage);
        OneTimeChallenges challenges = ChallengePolicy.oneTime(storage);
        ScepResponder responder = ScepResponder.of(authority).in(storage).challenges(challenges);
        Passphrase challenge = challenges
                .forSubject(DistinguishedName.cn("printer-7"))
                .san("printer-7.local")
                .issue();
        // end::responder
        return new Office(responder, challenge);
    }
}
