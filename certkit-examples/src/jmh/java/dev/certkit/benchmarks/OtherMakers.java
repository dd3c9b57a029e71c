package dev.certkit.benchmarks;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HeldCertificate;

/** The same certificate as two test libraries make it, with the key ready and over the JDK's provider. */
final class OtherMakers {
    private final KeyPair keys;
    private final X509Bundle root;

    OtherMakers(KeyPair keys, CertificateBuilder.Algorithm algorithm) throws Exception {
        this.keys = keys;
        this.root = new CertificateBuilder()
                .algorithm(algorithm)
                .subject("CN=Root,O=Acme,C=FR")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    /** Self-signed. */
    Object byOkhttpTls() {
        return new HeldCertificate.Builder()
                .keyPair(keys)
                .commonName("printer-7")
                .addSubjectAlternativeName("printer-7.local")
                .addSubjectAlternativeName("192.0.2.7")
                .duration(397, TimeUnit.DAYS)
                .build();
    }

    /** Issued by a root, since this library makes a new key for each self-signed certificate. */
    Object byNettyPkitesting() throws Exception {
        Instant now = Instant.now();
        return new CertificateBuilder()
                .publicKey(keys.getPublic())
                .subject("CN=printer-7,O=Acme,C=FR")
                .addSanDnsName("printer-7.local")
                .addSanIpAddress("192.0.2.7")
                .notBefore(now)
                .notAfter(now.plus(Duration.ofDays(397)))
                .buildIssuedBy(root);
    }
}
