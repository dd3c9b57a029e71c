package dev.certkit.examples.readme;

import dev.certkit.format.Certificates;
import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.identity.PendingKey;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.scep.ChallengePolicy;
import dev.certkit.scep.OneTimeChallenges;
import dev.certkit.scep.ScepClient;
import dev.certkit.scep.ScepResponder;
import dev.certkit.store.Identities;
import dev.certkit.store.Storage;
import dev.certkit.store.file.DirectoryStorage;
import dev.certkit.tls.TlsContext;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
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
        List<X509Certificate> pool = Certificates.parse(pasted);
        CertificateChain chain = CertificateChain.assemble(pool.get(0), pool);
        CertifiedKey installed = identities.install("web", chain);
        // end::install
        return installed;
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
        Passphrase challenge =
                challenges.forSubject(DistinguishedName.cn("printer-7")).issue();
        // end::responder
        return new Office(responder, challenge);
    }
}
