package dev.certkit.benchmarks;

import dev.certkit.identity.CertificationRequest;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.issue.Issuance;
import dev.certkit.issue.LocalAuthority;
import dev.certkit.key.KeyType;
import dev.certkit.x509.CertificateProfile;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Authorities and device certificates in numbers. */
final class Fleet {
    private Fleet() {}

    /** Self-signed, each of another name, all with one key. */
    static List<X509Certificate> devices(int count) {
        KeyPair keys = KeyType.EC_P256.generate();
        List<X509Certificate> devices = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            devices.add(CertifiedKey.selfSigned(
                            DistinguishedName.cn("device-" + i).o("Acme").c("FR"))
                    .san("device-" + i + ".example.com", "192.0.2.7")
                    .with(keys)
                    .chain()
                    .leaf());
        }
        return devices;
    }

    static CertifiedKey root(KeyType type) {
        return CertifiedKey.selfSigned(DistinguishedName.cn("Root").o("Acme"))
                .profile(CertificateProfile.authority())
                .with(type.generate());
    }

    /** An authority below another. */
    static CertifiedKey below(CertifiedKey above, String name, KeyPair keys) throws IOException {
        return issued(
                LocalAuthority.of(above).profile(CertificateProfile.authority().pathLength(0)), name, keys);
    }

    /** A certificate for a server. */
    static CertifiedKey leaf(CertifiedKey above, KeyPair keys) throws IOException {
        return issued(LocalAuthority.of(above), "leaf.example.com", keys);
    }

    private static CertifiedKey issued(LocalAuthority authority, String name, KeyPair keys) throws IOException {
        CertificationRequest.Draft draft =
                CertificationRequest.forSubject(DistinguishedName.cn(name).o("Acme"));
        Issuance issuance = authority.issue(draft.signedBy(keys).request());
        return CertifiedKey.of(keys.getPrivate(), issuance.fold(Issuance.Certified::chain, declined -> {
            throw new IllegalStateException(declined.toString());
        }));
    }

    /** Other authorities below the same root. */
    static List<X509Certificate> authorities(CertifiedKey root, int count, IntFunction<String> name, KeyType type)
            throws IOException {
        KeyPair shared = KeyType.EC_P256.generate();
        List<X509Certificate> authorities = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            KeyPair keys = name.apply(i).equals(name.apply(i + 1)) ? type.generate() : shared;
            authorities.add(below(root, name.apply(i), keys).chain().leaf());
        }
        return authorities;
    }

    static List<EncodedCertificate> encoded(List<X509Certificate> certificates) {
        return certificates.stream().map(EncodedCertificate::of).toList();
    }
}
