package dev.certkit.samples;

import dev.certkit.key.KeyType;
import dev.certkit.key.SignatureAlgorithm;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates of authorities and leaves, right or wrong, as Bouncy Castle makes them; each call gives a new draft. */
public final class Paper {
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final AtomicLong SERIAL = new AtomicLong(1000);
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private final X500Name subject;
    private final KeyPair key;
    private X500Name issuer;
    private KeyPair issuerKey;
    private Instant notBefore = NOW;
    private Instant notAfter = NOW.plusSeconds(86_400L * 3650);
    private boolean authority = true;
    private boolean identified = true;
    private String algorithm;
    private BigInteger serial = BigInteger.valueOf(SERIAL.getAndIncrement());
    private AuthorityKeyIdentifier authorityKey;
    private List<String> locations = List.of();

    private Paper(X500Name subject, KeyPair key) {
        this.subject = subject;
        this.key = key;
        this.issuer = subject;
        this.issuerKey = key;
    }

    /** A self-signed authority, if nothing else is said. */
    public static Paper of(String commonName, KeyPair key) {
        return new Paper(new X500Name("CN=" + commonName + ",O=Acme"), key);
    }

    public static Paper of(X500Name subject, KeyPair key) {
        return new Paper(subject, key);
    }

    /** A leaf for half a year. */
    public static Paper leaf() {
        Paper leaf = of("leaf", SampleKeys.of(KeyType.EC_P256)).until("2026-12-01T00:00:00Z");
        leaf.authority = false;
        return leaf;
    }

    public static KeyPair key() {
        return KeyType.EC_P256.generate();
    }

    public Paper by(String commonName, KeyPair signer) {
        return by(new X500Name("CN=" + commonName + ",O=Acme"), signer);
    }

    public Paper by(X500Name name, KeyPair signer) {
        issuer = name;
        issuerKey = signer;
        return this;
    }

    public Paper from(String instant) {
        notBefore = Instant.parse(instant);
        return this;
    }

    public Paper until(String instant) {
        notAfter = Instant.parse(instant);
        return this;
    }

    public Paper withoutIdentifiers() {
        identified = false;
        return this;
    }

    public Paper serial(long number) {
        serial = BigInteger.valueOf(number);
        return this;
    }

    public Paper authorityKey(byte[] identifier) {
        authorityKey = new AuthorityKeyIdentifier(identifier);
        return this;
    }

    public Paper authoritySerial(X509Certificate above) {
        authorityKey = new AuthorityKeyIdentifier(
                new GeneralNames(new GeneralName(
                        X500Name.getInstance(above.getIssuerX500Principal().getEncoded()))),
                above.getSerialNumber());
        return this;
    }

    public Paper at(String... uris) {
        locations = List.of(uris);
        return this;
    }

    public Paper signedAs(String jcaName) {
        algorithm = jcaName;
        return this;
    }

    public X509Certificate make() {
        try {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    issuer,
                    serial,
                    Date.from(notBefore),
                    Date.from(notAfter),
                    subject,
                    SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (identified) {
                builder.addExtension(
                        Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(identifier(key.getPublic())));
            }
            if (authorityKey != null || identified) {
                builder.addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        authorityKey != null
                                ? authorityKey
                                : new AuthorityKeyIdentifier(identifier(issuerKey.getPublic())));
            }
            if (!locations.isEmpty()) {
                builder.addExtension(Extension.authorityInfoAccess, false, access());
            }
            String name = algorithm != null
                    ? algorithm
                    : SignatureAlgorithm.defaultFor(issuerKey.getPublic()).jcaName();
            return SampleKeys.certificate(builder.build(new JcaContentSignerBuilder(name)
                            .setProvider(PROVIDER)
                            .build(issuerKey.getPrivate()))
                    .getEncoded());
        } catch (OperatorCreationException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private DERSequence access() {
        List<ASN1Encodable> each = new ArrayList<>();
        each.add(new AccessDescription(
                new ASN1ObjectIdentifier("1.3.6.1.5.5.7.48.1"), new GeneralName(6, "http://ocsp.example.fr")));
        locations.forEach(
                uri -> each.add(new AccessDescription(AccessDescription.id_ad_caIssuers, new GeneralName(6, uri))));
        ASN1EncodableVector all = new ASN1EncodableVector();
        each.forEach(all::add);
        return new DERSequence(all);
    }

    /** The SHA-1 of the key's bits, as most authorities write it. */
    public static byte[] identifier(PublicKey key) {
        try {
            byte[] bits = SubjectPublicKeyInfo.getInstance(key.getEncoded())
                    .getPublicKeyData()
                    .getBytes();
            return new DEROctetString(MessageDigest.getInstance("SHA-1").digest(bits)).getOctets();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
