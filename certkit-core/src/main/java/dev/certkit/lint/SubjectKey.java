package dev.certkit.lint;

import dev.certkit.internal.der.DerException;
import dev.certkit.internal.der.DerReader;
import dev.certkit.internal.der.DerValue;
import dev.certkit.internal.der.Tag;
import dev.certkit.x509.EncodedCertificate;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/** A SubjectPublicKeyInfo (RFC 5280, 4.1.2.7) in its parts, without asking a provider. */
final class SubjectKey {
    static final String RSA = "1.2.840.113549.1.1.1";
    static final String EC = "1.2.840.10045.2.1";
    static final String ED25519 = "1.3.101.112";
    static final String ED448 = "1.3.101.113";

    private static final String ML_DSA = "2.16.840.1.101.3.4.3.";

    /** Curve to the JDK's name. */
    static final Map<String, String> CURVES = Map.of(
            "1.2.840.10045.3.1.7", "secp256r1",
            "1.3.132.0.34", "secp384r1",
            "1.3.132.0.35", "secp521r1");

    private final String algorithm;
    private final Optional<DerValue> parameters;
    private final byte[] key;

    private SubjectKey(String algorithm, Optional<DerValue> parameters, byte[] key) {
        this.algorithm = algorithm;
        this.parameters = parameters;
        this.key = key;
    }

    /** Modulus and exponent (RFC 8017, A.1.1). */
    record RsaNumbers(BigInteger modulus, BigInteger exponent) {}

    static SubjectKey of(EncodedCertificate certificate) throws DerException {
        DerReader info = DerReader.single(certificate.subjectPublicKeyInfo(), Tag.SEQUENCE)
                .children();
        DerReader algorithm = info.next(Tag.SEQUENCE).children();
        String oid = algorithm.next(Tag.OID).oid();
        Optional<DerValue> parameters = algorithm.hasNext() ? Optional.of(algorithm.next()) : Optional.empty();
        algorithm.end();
        byte[] key = info.next(Tag.BIT_STRING).bits();
        info.end();
        return new SubjectKey(oid, parameters, key);
    }

    String algorithm() {
        return algorithm;
    }

    Optional<DerValue> parameters() {
        return parameters;
    }

    /** The bits of the key, not a copy. */
    byte[] key() {
        return key;
    }

    boolean isRsa() {
        return algorithm.equals(RSA);
    }

    boolean isEc() {
        return algorithm.equals(EC);
    }

    /** ML-DSA, Ed25519 or Ed448: kinds that few devices know. */
    boolean isRare() {
        return algorithm.equals(ED25519) || algorithm.equals(ED448) || isMlDsa();
    }

    private boolean isMlDsa() {
        return algorithm.equals(ML_DSA + 17) || algorithm.equals(ML_DSA + 18) || algorithm.equals(ML_DSA + 19);
    }

    RsaNumbers rsa() throws DerException {
        DerReader numbers = DerReader.single(key, Tag.SEQUENCE).children();
        RsaNumbers read = new RsaNumbers(
                numbers.next(Tag.INTEGER).integer(), numbers.next(Tag.INTEGER).integer());
        numbers.end();
        return read;
    }

    /** The dotted form of a named curve, or empty for explicit or missing parameters. */
    Optional<String> namedCurve() throws DerException {
        return parameters.isPresent() && parameters.get().is(Tag.OID)
                ? Optional.of(parameters.get().oid())
                : Optional.empty();
    }
}
