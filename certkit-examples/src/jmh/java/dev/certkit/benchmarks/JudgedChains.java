package dev.certkit.benchmarks;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.KeyType;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Chains of three certificates below one anchor, each with serial numbers of its own. */
final class JudgedChains {
    private static final DistinguishedName ROOT =
            DistinguishedName.cn("Root").o("Acme").c("FR");
    private static final DistinguishedName UPPER =
            DistinguishedName.cn("Upper").o("Acme").c("FR");
    private static final DistinguishedName LOWER =
            DistinguishedName.cn("Lower").o("Acme").c("FR");

    private final KeyPair leafKeys = KeyType.EC_P256.generate();
    private final List<KeyPair> signers;
    private final String host;

    /** @param signers of the leaf, of its issuer and of that one's issuer, the last being the anchor's */
    JudgedChains(List<KeyPair> signers, String host) {
        this.signers = signers;
        this.host = host;
    }

    EncodedCertificate anchor() {
        return made(ForgedCertificate.authority(), ROOT, signers.get(2), ROOT, signers.get(2), 1);
    }

    PrivateKey leafKey() {
        return leafKeys.getPrivate();
    }

    /** The leaf first. */
    List<EncodedCertificate> chain(int number) {
        DistinguishedName subject = DistinguishedName.cn(host).o("Acme").c("FR");
        return List.of(
                made(ForgedCertificate.server(), subject, leafKeys, LOWER, signers.get(0), 3 * number + 2),
                made(ForgedCertificate.authority(), LOWER, signers.get(0), UPPER, signers.get(1), 3 * number + 3),
                made(ForgedCertificate.authority(), UPPER, signers.get(1), ROOT, signers.get(2), 3 * number + 4));
    }

    private static EncodedCertificate made(
            ForgedCertificate kind,
            DistinguishedName subject,
            KeyPair keys,
            DistinguishedName issuer,
            KeyPair signer,
            int serial) {
        Instant now = Instant.now();
        return kind.with(Field.SUBJECT, subject.encoded())
                .with(Field.ISSUER, issuer.encoded())
                .with(Field.SERIAL, Der.integer(serial))
                .with(
                        Field.VALIDITY,
                        Der.sequence(Der.time(now.minus(Duration.ofDays(1))), Der.time(now.plus(Duration.ofDays(30)))))
                .key(keys)
                .signer(signer)
                .with(ForgedCertificate.SUBJECT_KEY, false, Der.octetString(identifier(keys)))
                .with(
                        ForgedCertificate.AUTHORITY_KEY,
                        false,
                        Der.sequence(Der.tagged(Tag.context(0), identifier(signer))))
                .made();
    }

    private static byte[] identifier(KeyPair keys) {
        byte[] encoded = keys.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 20, encoded.length);
    }

    static X509Certificate[] parsedByJava(List<byte[]> chain) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        X509Certificate[] parsed = new X509Certificate[chain.size()];
        for (int i = 0; i < parsed.length; i++) {
            parsed[i] = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(chain.get(i)));
        }
        return parsed;
    }
}
