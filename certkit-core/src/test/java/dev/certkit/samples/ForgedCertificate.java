package dev.certkit.samples;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.CryptoProviders;
import dev.certkit.key.KeyType;
import dev.certkit.key.SignatureAlgorithm;
import dev.certkit.x509.DistinguishedName;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A certificate put together by hand, so that each of its fields can be wrong; each call gives a new one. */
public final class ForgedCertificate {
    /** OID of the subject alternative name extension. */
    public static final String NAMES = "2.5.29.17";
    /** OID of the key usage extension. */
    public static final String KEY_USAGE = "2.5.29.15";
    /** OID of the extended key usage extension. */
    public static final String PURPOSES = "2.5.29.37";
    /** OID of the basic constraints extension. */
    public static final String BASIC_CONSTRAINTS = "2.5.29.19";
    /** OID of the subject key identifier extension. */
    public static final String SUBJECT_KEY = "2.5.29.14";
    /** OID of the authority key identifier extension. */
    public static final String AUTHORITY_KEY = "2.5.29.35";
    /** OID of the name constraints extension. */
    public static final String NAME_CONSTRAINTS = "2.5.29.30";

    /** The fields in their order, each with its tag and length; an empty array leaves one out. */
    public enum Field {
        VERSION,
        SERIAL,
        ALGORITHM,
        ISSUER,
        VALIDITY,
        SUBJECT,
        KEY,
        UNIQUE_ID,
        OUTER_ALGORITHM
    }

    private final Map<Field, byte[]> fields;
    private final Map<String, byte[]> extensions;
    private final Signing signer;

    private ForgedCertificate(Map<Field, byte[]> fields, Map<String, byte[]> extensions, Signing signer) {
        this.fields = fields;
        this.extensions = extensions;
        this.signer = signer;
    }

    private interface Signing {
        byte[] sign(byte[] toBeSigned) throws GeneralSecurityException;
    }

    /** A sound self-signed P-256 certificate of the TLS server {@code printer-7.example.fr}, valid for 100 days. */
    public static ForgedCertificate server() {
        KeyPair keys = SampleKeys.of(KeyType.EC_P256);
        byte[] algorithm = SignatureAlgorithm.defaultFor(keys.getPublic()).algorithmIdentifier();
        byte[] name =
                DistinguishedName.cn("printer-7.example.fr").o("Acme").c("FR").encoded();
        Map<Field, byte[]> fields = new EnumMap<>(Field.class);
        fields.put(Field.VERSION, version(2));
        fields.put(Field.SERIAL, Der.integer(new BigInteger("5f1c2e3d4a596877f1e2d3c4b5a69788", 16)));
        fields.put(Field.ALGORITHM, algorithm);
        fields.put(Field.ISSUER, name);
        fields.put(Field.VALIDITY, validity("2026-01-01T00:00:00Z", "2026-04-11T00:00:00Z"));
        fields.put(Field.SUBJECT, name);
        fields.put(Field.KEY, keys.getPublic().getEncoded());
        fields.put(Field.UNIQUE_ID, new byte[0]);
        fields.put(Field.OUTER_ALGORITHM, algorithm);
        return new ForgedCertificate(fields, Map.of(), ours(keys))
                .with(NAMES, false, Der.sequence(dns("printer-7.example.fr"), ip(192, 0, 2, 7)))
                .with(KEY_USAGE, true, Der.namedBits(List.of(0)))
                .with(PURPOSES, false, Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1")))
                .with(BASIC_CONSTRAINTS, true, Der.sequence())
                .with(SUBJECT_KEY, false, Der.octetString(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
    }

    /** A sound self-signed P-256 certificate of the root {@code Root}, valid for ten years. */
    public static ForgedCertificate authority() {
        byte[] name = DistinguishedName.cn("Root").o("Acme").c("FR").encoded();
        return server().without(NAMES)
                .without(PURPOSES)
                .with(Field.ISSUER, name)
                .with(Field.SUBJECT, name)
                .with(Field.VALIDITY, validity("2026-01-01T00:00:00Z", "2035-12-01T00:00:00Z"))
                .with(BASIC_CONSTRAINTS, true, Der.sequence(Der.bool(true)))
                .with(KEY_USAGE, true, Der.namedBits(List.of(0, 5, 6)));
    }

    /** A version field: 2 for version 3. */
    public static byte[] version(int number) {
        return Der.tagged(Tag.constructed(0), Der.integer(number));
    }

    /** A validity field. */
    public static byte[] validity(String notBefore, String notAfter) {
        return Der.sequence(Der.time(Instant.parse(notBefore)), Der.time(Instant.parse(notAfter)));
    }

    /** A dNSName with any content. */
    public static byte[] dns(String host) {
        return Der.tagged(Tag.context(2), host.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** An iPAddress of any length. */
    public static byte[] ip(int... octets) {
        byte[] address = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            address[i] = (byte) octets[i];
        }
        return Der.tagged(Tag.context(7), address);
    }

    /** The same with another field. */
    public ForgedCertificate with(Field field, byte[] der) {
        Map<Field, byte[]> changed = new EnumMap<>(fields);
        changed.put(field, der);
        return new ForgedCertificate(changed, extensions, signer);
    }

    /** The same with another key inside. */
    public ForgedCertificate key(KeyPair keys) {
        return with(Field.KEY, keys.getPublic().getEncoded());
    }

    /** The same signed by this pair, with the algorithm that fits it in both places. */
    public ForgedCertificate signer(KeyPair keys) {
        byte[] algorithm = SignatureAlgorithm.defaultFor(keys.getPublic()).algorithmIdentifier();
        return new ForgedCertificate(fields, extensions, ours(keys)).algorithm(algorithm);
    }

    /** The same for a pair and signed by it as the JDK does, for example with {@code SHA1withRSA}. */
    public ForgedCertificate selfSigned(KeyPair keys, String jcaAlgorithm, byte[] identifier) {
        Signing signing = toBeSigned -> {
            Signature signature = Signature.getInstance(jcaAlgorithm);
            signature.initSign(keys.getPrivate());
            if (jcaAlgorithm.equals("RSASSA-PSS")) {
                signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            signature.update(toBeSigned);
            return signature.sign();
        };
        return new ForgedCertificate(fields, extensions, signing).key(keys).algorithm(identifier);
    }

    private static Signing ours(KeyPair keys) {
        return toBeSigned -> CryptoProviders.standard()
                .sign(SignatureAlgorithm.defaultFor(keys.getPublic()), keys.getPrivate(), toBeSigned);
    }

    /** The same with this signature algorithm in both places; the signature is then no longer valid. */
    public ForgedCertificate algorithm(byte[] identifier) {
        return with(Field.ALGORITHM, identifier).with(Field.OUTER_ALGORITHM, identifier);
    }

    /** The same with this extension, in place of one of the same type. */
    public ForgedCertificate with(String oid, boolean critical, byte[] value) {
        return raw(
                oid,
                critical
                        ? Der.sequence(Der.oid(oid), Der.bool(true), Der.octetString(value))
                        : Der.sequence(Der.oid(oid), Der.octetString(value)));
    }

    /** The same with a whole Extension as it is, in place of the one with the same key. */
    public ForgedCertificate raw(String key, byte[] extension) {
        Map<String, byte[]> changed = new LinkedHashMap<>(extensions);
        changed.put(key, extension);
        return new ForgedCertificate(fields, changed, signer);
    }

    /** The same without an extension. */
    public ForgedCertificate without(String oid) {
        Map<String, byte[]> changed = new LinkedHashMap<>(extensions);
        changed.remove(oid);
        return new ForgedCertificate(fields, changed, signer);
    }

    /** The same without any extension; the field itself is left out. */
    public ForgedCertificate withoutExtensions() {
        return new ForgedCertificate(fields, Map.of(), signer);
    }

    /** The certificate, signed. */
    public EncodedCertificate made() {
        byte[] all =
                extensions.isEmpty() ? new byte[0] : Der.tagged(Tag.constructed(3), Der.sequence(extensions.values()));
        return made(all);
    }

    /** The certificate, signed, with this in place of the extensions. */
    public EncodedCertificate made(byte[] extensionsField) {
        byte[] toBeSigned = Der.sequence(Stream.concat(
                        Arrays.stream(Field.values())
                                .filter(field -> field != Field.OUTER_ALGORITHM)
                                .map(fields::get),
                        Stream.of(extensionsField))
                .toArray(byte[][]::new));
        try {
            byte[] signature = signer.sign(toBeSigned);
            return EncodedCertificate.decode(
                    Der.sequence(toBeSigned, fields.get(Field.OUTER_ALGORITHM), Der.bitString(signature)));
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
