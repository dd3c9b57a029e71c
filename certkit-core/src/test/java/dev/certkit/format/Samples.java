package dev.certkit.format;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.Issuance;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.key.Passphrase;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A leaf, its authority, its key and its request, made once. */
final class Samples {
    static final Passphrase SECRET = Passphrase.of("correct horse");
    static final Passphrase WRONG = Passphrase.of("battery staple");
    static final KeyPair KEY = SampleKeys.of(KeyType.EC_P256);
    static final PrivateKey PRIVATE = KEY.getPrivate();
    static final CertificationRequest REQUEST = CertificationRequest.forSubject(DistinguishedName.cn("leaf.example"))
            .san("leaf.example")
            .signedBy(KEY)
            .request();
    static final List<X509Certificate> CHAIN = chain();
    static final X509Certificate LEAF = CHAIN.get(0);
    static final X509Certificate ROOT = CHAIN.get(1);
    static final String LEAF_PEM = Certificates.toPem(LEAF);
    static final String ROOT_PEM = Certificates.toPem(ROOT);
    static final String CHAIN_PEM = LEAF_PEM + ROOT_PEM;
    static final String KEY_PEM = PrivateKeys.toUnencryptedPem(PRIVATE);

    private Samples() {}

    private static List<X509Certificate> chain() {
        try {
            CertifiedKey root = CertifiedKey.selfSigned(DistinguishedName.cn("Root"))
                    .profile(CertificateProfile.authority())
                    .with(SampleKeys.otherOf(KeyType.EC_P256));
            return ((Issuance.Certified) LocalAuthority.of(root).issue(REQUEST))
                    .chain()
                    .certificates();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static X509Certificate selfSigned(String name) {
        return CertifiedKey.selfSigned(DistinguishedName.cn(name))
                .san(name + ".example")
                .with(KEY)
                .chain()
                .leaf();
    }

    static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    /** The keytool of the running JDK, which need not be the first on the path. */
    static Path keytool() {
        return Path.of(System.getProperty("java.home"), "bin", "keytool");
    }
}
