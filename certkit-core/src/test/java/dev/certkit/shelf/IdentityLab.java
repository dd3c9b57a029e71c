package dev.certkit.shelf;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.Issuance;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.Shelf;
import dev.certkit.store.Storage;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** An authority with an intermediate, a storage, and what a device asks for. */
final class IdentityLab {
    static final DistinguishedName SUBJECT =
            DistinguishedName.cn("printer-7").o("Acme").c("FR");
    static final CertificationRequest.Draft WISHES =
            CertificationRequest.forSubject(SUBJECT).san("printer-7.local", "192.0.2.7");
    static final CertifiedKey.SelfSigned OWN = CertifiedKey.selfSigned(SUBJECT).san("printer-7.local", "192.0.2.7");
    static final CertifiedKey ROOT = authority("Test Root");
    static final CertifiedKey INTERMEDIATE = intermediate();
    static final LocalAuthority CA = LocalAuthority.of(INTERMEDIATE);

    final Storage storage = InMemoryStorage.empty();
    final Identities identities = Identities.in(storage).unencrypted();

    static CertifiedKey authority(String name) {
        return CertifiedKey.selfSigned(DistinguishedName.cn(name))
                .profile(CertificateProfile.authority())
                .with(KeyType.EC_P256.generate());
    }

    private static CertifiedKey intermediate() {
        try {
            KeyPair keys = KeyType.EC_P256.generate();
            CertificationRequest request = CertificationRequest.forSubject(DistinguishedName.cn("Test Intermediate"))
                    .profile(CertificateProfile.authority())
                    .signedBy(keys)
                    .request();
            LocalAuthority root = LocalAuthority.of(ROOT).profile(CertificateProfile.authority());
            return CertifiedKey.of(keys.getPrivate(), ((Issuance.Certified) root.issue(request)).chain());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Leaf, intermediate, root. */
    static CertificateChain certify(CertificationRequest request) throws IOException {
        CertificateChain chain = ((Issuance.Certified) CA.issue(request)).chain();
        List<X509Certificate> all = new ArrayList<>(chain.certificates());
        all.addAll(ROOT.chain().certificates());
        return CertificateChain.assemble(chain.leaf(), all);
    }

    static CertifiedKey certified() throws IOException {
        KeyPair keys = KeyType.EC_P256.generate();
        return CertifiedKey.of(keys.getPrivate(), certify(WISHES.signedBy(keys).request()));
    }

    static CertifiedKey selfSigned(String name) {
        return CertifiedKey.selfSigned(DistinguishedName.cn(name)).with(KeyType.EC_P256.generate());
    }

    IdentityState state(String name) throws IOException {
        return identities.summary(name).state();
    }

    /** What lies in the storage, as text. */
    String stored(String name) throws IOException {
        return storage.find(Shelf.of("identities").name(name))
                .map(record -> new String(record.content().payload(), StandardCharsets.UTF_8))
                .orElse("");
    }
}
