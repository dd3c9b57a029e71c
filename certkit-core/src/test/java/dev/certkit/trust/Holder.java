package dev.certkit.trust;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.KeyType;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** A name and a key for which certificates are made, sound ones unless something is changed. */
public final class Holder {
    public static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");
    public static final String HOST = "printer-7.example.fr";

    private final DistinguishedName name;
    private final KeyPair keys;

    private Holder(DistinguishedName name, KeyPair keys) {
        this.name = name;
        this.keys = keys;
    }

    public static Holder named(String commonName) {
        return named(commonName, KeyType.EC_P256.generate());
    }

    public static Holder named(String commonName, KeyPair keys) {
        return new Holder(DistinguishedName.cn(commonName).o("Acme").c("FR"), keys);
    }

    public KeyPair keys() {
        return keys;
    }

    public DistinguishedName name() {
        return name;
    }

    private byte[] keyIdentifier() {
        byte[] encoded = keys.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 20, encoded.length);
    }

    private ForgedCertificate by(Holder issuer, ForgedCertificate template) {
        return template.with(Field.ISSUER, issuer.name.encoded())
                .with(Field.SUBJECT, name.encoded())
                .key(keys)
                .signer(issuer.keys)
                .with(ForgedCertificate.SUBJECT_KEY, false, Der.octetString(keyIdentifier()))
                .with(
                        ForgedCertificate.AUTHORITY_KEY,
                        false,
                        Der.sequence(Der.tagged(Tag.context(0), issuer.keyIdentifier())));
    }

    /** A certificate of an authority. */
    public EncodedCertificate authorityBy(Holder issuer, UnaryOperator<ForgedCertificate> change) {
        return change.apply(by(issuer, ForgedCertificate.authority())).made();
    }

    public EncodedCertificate authorityBy(Holder issuer) {
        return authorityBy(issuer, UnaryOperator.identity());
    }

    public EncodedCertificate root() {
        return authorityBy(this);
    }

    /** A certificate of the server {@link #HOST}. */
    public EncodedCertificate serverBy(Holder issuer, UnaryOperator<ForgedCertificate> change) {
        return change.apply(by(issuer, ForgedCertificate.server())).made();
    }

    public EncodedCertificate serverBy(Holder issuer) {
        return serverBy(issuer, UnaryOperator.identity());
    }

    public static X509Certificate jca(EncodedCertificate certificate) {
        try {
            return certificate.toX509Certificate();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static TrustAnchors anchors(EncodedCertificate... certificates) {
        return TrustAnchors.of(Arrays.stream(certificates).map(Holder::jca).toList());
    }

    public static PresentedChain presented(EncodedCertificate... certificates) {
        List<byte[]> encoded = new ArrayList<>();
        for (EncodedCertificate certificate : certificates) {
            encoded.add(certificate.encoded());
        }
        return PresentedChain.decode(encoded, NOW);
    }
}
