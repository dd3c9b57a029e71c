package dev.certkit.diagnose;

import dev.certkit.format.PemBlock;
import dev.certkit.format.PrivateKeys;
import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.KeyType;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.time.MovableClock;
import dev.certkit.trust.TrustAnchors;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A root, an issuer below it, and servers' certificates for localhost that are sound unless something is changed. */
final class ZooPki {
    static final Clock CLOCK = MovableClock.at("2026-02-01T12:00:00Z");
    static final String AIA = "1.3.6.1.5.5.7.1.1";

    private final AtomicInteger serial = new AtomicInteger(1);
    private final Holder rootHolder = new Holder("Zoo root", KeyType.EC_P256.generate());
    private final Holder issuerHolder = new Holder("Zoo issuer", KeyType.EC_P256.generate());
    final EncodedCertificate root =
            by(rootHolder, rootHolder, ForgedCertificate.authority()).made();
    final EncodedCertificate issuer =
            by(issuerHolder, rootHolder, ForgedCertificate.authority()).made();

    private record Holder(DistinguishedName name, KeyPair keys) {
        Holder(String commonName, KeyPair keys) {
            this(DistinguishedName.cn(commonName).o("Acme").c("FR"), keys);
        }

        byte[] identifier() {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256")
                        .digest(keys.getPublic().getEncoded());
                return Arrays.copyOf(digest, 20);
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }
    }

    private ForgedCertificate by(Holder subject, Holder issuer, ForgedCertificate template) {
        return template.with(Field.ISSUER, issuer.name.encoded())
                .with(Field.SUBJECT, subject.name.encoded())
                .with(
                        Field.SERIAL,
                        Der.integer(new BigInteger("5f1c2e3d4a596877f1e2d3c4b5a60000", 16)
                                .add(BigInteger.valueOf(serial.getAndIncrement()))))
                .key(subject.keys)
                .signer(issuer.keys)
                .with(ForgedCertificate.SUBJECT_KEY, false, Der.octetString(subject.identifier()))
                .with(
                        ForgedCertificate.AUTHORITY_KEY,
                        false,
                        Der.sequence(Der.tagged(Tag.context(0), issuer.identifier())));
    }

    /** A server's certificate by the issuer. */
    EncodedCertificate server(KeyPair keys, UnaryOperator<ForgedCertificate> change) {
        return change.apply(named(by(new Holder("localhost", keys), issuerHolder, ForgedCertificate.server())))
                .made();
    }

    EncodedCertificate server(KeyPair keys) {
        return server(keys, UnaryOperator.identity());
    }

    EncodedCertificate selfSigned(KeyPair keys) {
        Holder own = new Holder("localhost", keys);
        return named(by(own, own, ForgedCertificate.server())).made();
    }

    private static ForgedCertificate named(ForgedCertificate server) {
        return server.with(
                ForgedCertificate.NAMES,
                false,
                Der.sequence(ForgedCertificate.dns("localhost"), ForgedCertificate.ip(127, 0, 0, 1)));
    }

    /** Where the issuer's certificate can be fetched. */
    static UnaryOperator<ForgedCertificate> location(String uri) {
        return draft -> draft.with(
                AIA,
                false,
                Der.sequence(Der.sequence(
                        Der.oid("1.3.6.1.5.5.7.48.2"),
                        Der.tagged(Tag.context(6), uri.getBytes(StandardCharsets.US_ASCII)))));
    }

    KeyPair issuerKeys() {
        return issuerHolder.keys;
    }

    TrustPolicy policy() {
        try {
            return TrustPolicy.pkix(TrustAnchors.of(root.toX509Certificate())).and(TrustPolicy.hostname());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String pem(EncodedCertificate... certificates) {
        return String.join(
                "",
                List.of(certificates).stream()
                        .map(each -> PemBlock.encode("CERTIFICATE", each.encoded()))
                        .toList());
    }

    static String pem(KeyPair keys) {
        return PrivateKeys.toUnencryptedPem(keys.getPrivate());
    }
}
