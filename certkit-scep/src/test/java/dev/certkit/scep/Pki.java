package dev.certkit.scep;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Keys and certificates for tests, made by other code than ours. RSA keys are made once per name and run. */
final class Pki {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>();
    private static final AtomicLong SERIAL = new AtomicLong(0x1000);

    private Pki() {}

    /** The RSA-2048 key of this name. */
    static KeyPair rsa(String name) {
        return KEYS.computeIfAbsent(name, n -> generate("RSA", 2048));
    }

    /** The P-256 key of this name. */
    static KeyPair ec(String name) {
        return KEYS.computeIfAbsent("EC " + name, n -> generate("EC", 256));
    }

    private static KeyPair generate(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A root authority, CN and key of this name, that may sign and open. */
    static MessageKey authority(String name) {
        return certificate(name)
                .usage(KeyUsage.keyCertSign | KeyUsage.digitalSignature | KeyUsage.keyEncipherment)
                .authority()
                .selfSigned();
    }

    /** A self-signed client, CN and key of this name. */
    static MessageKey client(String name) {
        return certificate(name)
                .usage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment)
                .selfSigned();
    }

    static Draft certificate(String name) {
        return new Draft(name, rsa(name));
    }

    /** A certificate being described. */
    static final class Draft {
        private X500Name subject;
        private KeyPair key;
        private Optional<Integer> usage = Optional.empty();
        private KeyPurposeId[] purposes = {};
        private boolean authority;
        private boolean keyId;
        private BigInteger serial = BigInteger.valueOf(SERIAL.incrementAndGet());
        private Instant notBefore = NOW.minusSeconds(3600);
        private Instant notAfter = NOW.plusSeconds(365 * 86400);

        private Draft(String name, KeyPair key) {
            this.subject = new X500Name("CN=" + name + ",O=Test");
            this.key = key;
        }

        Draft key(KeyPair other) {
            key = other;
            return this;
        }

        /** A certificate for somebody else's key, of which only the public half is known. */
        Draft key(PublicKey other) {
            return key(new KeyPair(other, null));
        }

        Draft subject(X500Name other) {
            subject = other;
            return this;
        }

        Draft purposes(KeyPurposeId... all) {
            purposes = all.clone();
            return this;
        }

        Draft usage(int bits) {
            usage = Optional.of(bits);
            return this;
        }

        Draft authority() {
            authority = true;
            return this;
        }

        Draft keyId() {
            keyId = true;
            return this;
        }

        Draft serial(BigInteger number) {
            serial = number;
            return this;
        }

        Draft valid(Instant from, Instant to) {
            notBefore = from;
            notAfter = to;
            return this;
        }

        MessageKey selfSigned() {
            return new MessageKey(key.getPrivate(), signed(subject, key));
        }

        MessageKey issuedBy(MessageKey issuer) {
            return new MessageKey(key.getPrivate(), certificateBy(issuer));
        }

        X509Certificate certificateBy(MessageKey issuer) {
            X500Name name = CertificateIds.structure(issuer.certificate()).getSubject();
            return signed(name, new KeyPair(issuer.certificate().getPublicKey(), issuer.privateKey()));
        }

        private X509Certificate signed(X500Name issuer, KeyPair signer) {
            try {
                JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                        issuer, serial, Date.from(notBefore), Date.from(notAfter), subject, key.getPublic());
                extend(builder);
                String algorithm =
                        signer.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
                return new JcaX509CertificateConverter()
                        .getCertificate(
                                builder.build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate())));
            } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private void extend(JcaX509v3CertificateBuilder builder) throws CertIOException, GeneralSecurityException {
            if (usage.isPresent()) {
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage.get()));
            }
            if (purposes.length > 0) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
            }
            if (authority) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            }
            if (keyId) {
                builder.addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key.getPublic()));
            }
        }
    }
}
