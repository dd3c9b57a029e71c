package dev.certkit.identity;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.x509.DistinguishedName;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Certificates as other programs make them: weak, damaged or against the rules; still readable for Java. */
public final class ForeignCertificate {
    private static final byte[] SHA1_WITH_RSA = Der.sequence(Der.oid("1.2.840.113549.1.1.5"), Der.nullValue());

    private final KeyPair keys;
    private final List<byte[]> extensions = new ArrayList<>();
    private DistinguishedName subject = DistinguishedName.cn("old device");
    private Optional<DistinguishedName> issuer = Optional.empty();
    private BigInteger serial = BigInteger.ONE;
    private Instant notBefore = Instant.parse("2020-01-01T00:00:00Z");
    private Instant notAfter = Instant.parse("2040-01-01T00:00:00Z");
    private KeyPair signer;

    /** Begins a certificate for an RSA key, signed by it with SHA-1. */
    public ForeignCertificate(KeyPair rsa) {
        this.keys = rsa;
        this.signer = rsa;
    }

    public ForeignCertificate subject(DistinguishedName name) {
        subject = name;
        return this;
    }

    public ForeignCertificate issuer(DistinguishedName name) {
        issuer = Optional.of(name);
        return this;
    }

    public ForeignCertificate signedBy(KeyPair other) {
        signer = other;
        return this;
    }

    public ForeignCertificate serial(long number) {
        serial = BigInteger.valueOf(number);
        return this;
    }

    public ForeignCertificate valid(String from, String until) {
        notBefore = Instant.parse(from);
        notAfter = Instant.parse(until);
        return this;
    }

    /** Adds an extension that is not critical. */
    public ForeignCertificate extension(String oid, byte[] value) {
        extensions.add(Der.sequence(Der.oid(oid), Der.octetString(value)));
        return this;
    }

    public X509Certificate make() {
        byte[] tbs = Der.sequence(
                Der.tagged(Tag.constructed(0), Der.integer(2)),
                Der.integer(serial),
                SHA1_WITH_RSA,
                issuer.orElse(subject).encoded(),
                Der.sequence(Der.time(notBefore), Der.time(notAfter)),
                subject.encoded(),
                keys.getPublic().getEncoded(),
                Der.tagged(Tag.constructed(3), Der.sequence(extensions)));
        try {
            Signature signature = Signature.getInstance("SHA1withRSA");
            signature.initSign(signer.getPrivate());
            signature.update(tbs);
            byte[] der = Der.sequence(tbs, SHA1_WITH_RSA, Der.bitString(signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("Java cannot read it", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
