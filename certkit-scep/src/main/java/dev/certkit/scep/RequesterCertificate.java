package dev.certkit.scep;

import dev.certkit.identity.PendingKey;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.DistinguishedName;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/**
 * The self-signed certificate of a requester that has no other (RFC 8894, section 2.3).
 *
 * <p>The same request always has the same issuer, serial number and dates, so that what a server encrypted to the first
 * can be opened by a device that has made it again after a restart. The dates hold whatever the device's clock says.
 *
 * <p>The last one is remembered, since a device polls with the same key again and again. Thread safe.
 */
final class RequesterCertificate {
    private static final DistinguishedName NAMELESS = DistinguishedName.cn("SCEP client");
    private static final Time FROM = new Time(Date.from(Instant.EPOCH));
    private static final Time TO = new Time(Date.from(Instant.parse("2049-12-31T23:59:59Z")));
    private static final int SERIAL_BYTES = 16;

    private final CryptoProviders crypto;
    private volatile Optional<X509Certificate> last = Optional.empty();

    RequesterCertificate(CryptoProviders crypto) {
        this.crypto = crypto;
    }

    X509Certificate of(PendingKey pending) {
        Optional<X509Certificate> same = last.filter(certificate -> isFor(pending, certificate));
        X509Certificate certificate = same.isPresent() ? same.get() : made(pending);
        last = Optional.of(certificate);
        return certificate;
    }

    private static boolean isFor(PendingKey pending, X509Certificate certificate) {
        return certificate.getPublicKey().equals(pending.request().publicKey())
                && certificate.getSubjectX500Principal().equals(subject(pending).toPrincipal());
    }

    private static DistinguishedName subject(PendingKey pending) {
        DistinguishedName subject = pending.request().subject();
        return subject.isEmpty() ? NAMELESS : subject;
    }

    private X509Certificate made(PendingKey pending) {
        PublicKey key = pending.request().publicKey();
        SignatureAlgorithm algorithm =
                SigningDigest.SHA_256.algorithmFor(key).orElseThrow(IllegalArgumentException::new);
        AlgorithmIdentifier identifier = AlgorithmIdentifier.getInstance(algorithm.algorithmIdentifier());
        TBSCertificate contents = contents(pending, identifier);
        byte[] signature = crypto.sign(algorithm, pending.privateKey(), Asn1.der(contents));
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(contents);
        parts.add(identifier);
        parts.add(new DERBitString(signature));
        return CertsOnly.certificate(Certificate.getInstance(new DERSequence(parts)))
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "pending: no certificate can be made for its subject and key, so that nobody else could either"));
    }

    private static TBSCertificate contents(PendingKey pending, AlgorithmIdentifier identifier) {
        X500Name name = X500Name.getInstance(subject(pending).encoded());
        byte[] key = pending.request().publicKey().getEncoded();
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(serial(key));
        generator.setSignature(identifier);
        generator.setIssuer(name);
        generator.setSubject(name);
        generator.setStartDate(FROM);
        generator.setEndDate(TO);
        generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key));
        generator.setExtensions(usage(
                pending.request().publicKey().getAlgorithm().equals("RSA")
                        ? KeyUsage.digitalSignature | KeyUsage.keyEncipherment
                        : KeyUsage.digitalSignature));
        return generator.generateTBSCertificate();
    }

    private static ASN1Integer serial(byte[] key) {
        byte[] digest = Arrays.copyOf(SigningDigest.SHA_256.digest(key), SERIAL_BYTES);
        digest[0] = (byte) (digest[0] & 0x7F | 0x40);
        return new ASN1Integer(new BigInteger(1, digest));
    }

    private static Extensions usage(int bits) {
        return new Extensions(new Extension(Extension.keyUsage, true, Asn1.der(new KeyUsage(bits))));
    }
}
