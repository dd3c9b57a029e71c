package dev.certkit.tls;

import dev.certkit.identity.CertificateChain;
import dev.certkit.identity.CertifiedKey;
import dev.certkit.trust.TrustAnchors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A root, and what it issues: made by Bouncy Castle's builder, so that the tests here rest on no code of ours. */
final class TestPki {
    private static final AtomicInteger SERIAL = new AtomicInteger(1000);

    private final KeyPair key = ecKey();
    private final X509Certificate root;
    private final X500Principal name;

    TestPki(String commonName) {
        name = new X500Principal("CN=" + commonName);
        X509v3CertificateBuilder draft = draft(name, key, Duration.ofDays(-1), Duration.ofDays(30));
        root = signed(draft, Extension.basicConstraints, new BasicConstraints(true));
    }

    static KeyPair ecKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    X509Certificate root() {
        return root;
    }

    TrustAnchors anchors() {
        return TrustAnchors.of(root);
    }

    /** A server's key for localhost and 127.0.0.1. */
    CertifiedKey server() {
        return issue(ecKey(), "localhost", "127.0.0.1");
    }

    /** A key whose certificate has these names, or just a subject if there is none. */
    CertifiedKey issue(KeyPair leaf, String... names) {
        return issue(leaf, Duration.ofDays(-1), Duration.ofDays(20), names);
    }

    CertifiedKey issue(KeyPair leaf, Duration from, Duration to, String... names) {
        X509v3CertificateBuilder draft = draft(new X500Principal("CN=leaf " + SERIAL.get()), leaf, from, to);
        X509Certificate certificate = names.length == 0
                ? signed(draft, Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature))
                : signed(draft, Extension.subjectAlternativeName, alternatives(names));
        try {
            return CertifiedKey.of(leaf.getPrivate(), CertificateChain.of(List.of(certificate)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GeneralNames alternatives(String... names) {
        return new GeneralNames(Arrays.stream(names)
                .map(it -> new GeneralName(
                        Character.isDigit(it.charAt(0)) ? GeneralName.iPAddress : GeneralName.dNSName, it))
                .toArray(GeneralName[]::new));
    }

    private X509v3CertificateBuilder draft(X500Principal subject, KeyPair leaf, Duration from, Duration to) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(SERIAL.incrementAndGet()),
                Date.from(now.plus(from)),
                Date.from(now.plus(to)),
                subject,
                leaf.getPublic());
    }

    private X509Certificate signed(
            X509v3CertificateBuilder draft, ASN1ObjectIdentifier extension, ASN1Encodable value) {
        try {
            draft.addExtension(extension, true, value);
            byte[] der = draft.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
                    .getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
