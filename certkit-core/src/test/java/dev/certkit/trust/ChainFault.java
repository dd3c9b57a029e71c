package dev.certkit.trust;

import static dev.certkit.samples.ForgedCertificate.AUTHORITY_KEY;
import static dev.certkit.samples.ForgedCertificate.BASIC_CONSTRAINTS;
import static dev.certkit.samples.ForgedCertificate.KEY_USAGE;
import static dev.certkit.samples.ForgedCertificate.NAMES;
import static dev.certkit.samples.ForgedCertificate.NAME_CONSTRAINTS;
import static dev.certkit.samples.ForgedCertificate.PURPOSES;
import static dev.certkit.samples.ForgedCertificate.SUBJECT_KEY;
import static dev.certkit.samples.ForgedCertificate.validity;
import static dev.certkit.samples.ForgedCertificate.version;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.KeyType;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.samples.SampleKeys;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What can be wrong, or only look wrong, with a certificate in one role, and what we are to say about it. */
enum ChainFault {
    NONE(Role.LEAF, null, forged -> forged),

    LEAF_EXPIRED(Role.LEAF, TrustCode.EXPIRED, in("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z")),
    LEAF_NOT_YET(Role.LEAF, TrustCode.NOT_YET_VALID, in("2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z")),
    LEAF_LAST_SECOND(Role.LEAF, null, in("2026-01-01T00:00:00Z", "2026-02-01T12:00:00Z")),
    LEAF_FRACTION_OF_SECOND(
            Role.LEAF,
            null,
            forged -> forged.with(
                    Field.VALIDITY,
                    Der.sequence(
                            Der.tagged(Tag.UTC_TIME, ascii("260101000000Z")),
                            Der.tagged(Tag.GENERALIZED_TIME, ascii("20260201120000.5Z"))))),
    LEAF_OTHER_PURPOSE(Role.LEAF, TrustCode.WRONG_PURPOSE, purposes("1.3.6.1.5.5.7.3.2")),
    LEAF_ANY_PURPOSE(Role.LEAF, null, purposes("2.5.29.37.0")),
    LEAF_NO_PURPOSE(Role.LEAF, null, without(PURPOSES)),
    LEAF_CRL_SIGNER(Role.LEAF, TrustCode.WRONG_KEY_USAGE, usages(6)),
    LEAF_KEY_AGREEMENT(Role.LEAF, null, usages(4)),
    LEAF_SIGNS_CERTIFICATES(Role.LEAF, TrustCode.MALFORMED, usages(0, 5)),
    LEAF_NO_USAGE_BIT(Role.LEAF, TrustCode.MALFORMED, usages()),
    LEAF_NO_KEY_USAGE(Role.LEAF, null, without(KEY_USAGE)),
    LEAF_NO_BASIC_CONSTRAINTS(Role.LEAF, null, without(BASIC_CONSTRAINTS)),
    LEAF_IS_AUTHORITY(Role.LEAF, null, with(BASIC_CONSTRAINTS, true, Der.sequence(Der.bool(true)))),
    LEAF_PATH_LENGTH(Role.LEAF, TrustCode.MALFORMED, with(BASIC_CONSTRAINTS, true, Der.sequence(Der.integer(0)))),
    LEAF_SHA_1(Role.LEAF, TrustCode.WEAK_SIGNATURE, ChainFault::sha1),
    LEAF_FORGED(Role.LEAF, TrustCode.BAD_SIGNATURE, ChainFault::forged),
    LEAF_OTHER_ALGORITHM_INSIDE(
            Role.LEAF,
            TrustCode.MALFORMED,
            forged -> forged.with(Field.ALGORITHM, Der.sequence(Der.oid("1.2.840.10045.4.3.3")))),
    LEAF_ALGORITHM_PARAMETERS(
            Role.LEAF,
            TrustCode.MALFORMED,
            forged -> forged.algorithm(Der.sequence(Der.oid("1.2.840.10045.4.3.2"), Der.integer(1)))),
    LEAF_ALGORITHM_NULL(
            Role.LEAF, null, forged -> forged.algorithm(Der.sequence(Der.oid("1.2.840.10045.4.3.2"), Der.nullValue()))),
    LEAF_UNKNOWN_CRITICAL(Role.LEAF, TrustCode.UNKNOWN_CRITICAL_EXTENSION, with("1.2.3.4", true, Der.nullValue())),
    LEAF_UNKNOWN_NOT_CRITICAL(Role.LEAF, null, with("1.2.3.4", false, Der.nullValue())),
    LEAF_CRITICAL_INFORMATION_ACCESS(
            Role.LEAF, TrustCode.UNKNOWN_CRITICAL_EXTENSION, with("1.3.6.1.5.5.7.1.1", true, access())),
    LEAF_CRITICAL_KEY_IDENTIFIER(
            Role.LEAF, TrustCode.UNKNOWN_CRITICAL_EXTENSION, with(SUBJECT_KEY, true, Der.octetString(new byte[20]))),
    LEAF_RSA_1024(Role.LEAF, TrustCode.WEAK_KEY, forged -> forged.key(Weak.RSA_1024)),
    LEAF_TWICE(
            Role.LEAF,
            TrustCode.MALFORMED,
            forged ->
                    forged.raw("second", Der.sequence(Der.oid(KEY_USAGE), Der.octetString(Der.namedBits(List.of(0)))))),
    LEAF_VERSION_1(Role.LEAF, TrustCode.MALFORMED, forged -> forged.with(Field.VERSION, new byte[0])),
    LEAF_VERSION_4(Role.LEAF, TrustCode.MALFORMED, forged -> forged.with(Field.VERSION, version(3))),
    LEAF_UNIQUE_ID(
            Role.LEAF, null, forged -> forged.with(Field.UNIQUE_ID, Der.tagged(Tag.context(1), new byte[] {0, 1}))),
    LEAF_MALFORMED_NAMES(Role.LEAF, TrustCode.MALFORMED, with(NAMES, false, new byte[] {48, 1})),
    LEAF_EMPTY_NAMES(Role.LEAF, TrustCode.MALFORMED, with(NAMES, false, Der.sequence())),
    LEAF_MALFORMED_KEY_USAGE(Role.LEAF, TrustCode.MALFORMED, with(KEY_USAGE, false, new byte[] {3, 1})),
    LEAF_MALFORMED_PURPOSES(Role.LEAF, TrustCode.MALFORMED, with(PURPOSES, false, Der.sequence())),
    LEAF_MALFORMED_BASIC_CONSTRAINTS(Role.LEAF, TrustCode.MALFORMED, with(BASIC_CONSTRAINTS, true, new byte[] {5, 0})),
    LEAF_MALFORMED_SUBJECT_KEY(Role.LEAF, TrustCode.MALFORMED, with(SUBJECT_KEY, false, Der.integer(1))),
    LEAF_MALFORMED_AUTHORITY_KEY(Role.LEAF, TrustCode.MALFORMED, with(AUTHORITY_KEY, false, Der.integer(1))),
    LEAF_MALFORMED_INFORMATION_ACCESS(Role.LEAF, TrustCode.MALFORMED, with("1.3.6.1.5.5.7.1.1", false, Der.sequence())),
    LEAF_MALFORMED_CRL_PLACES(Role.LEAF, TrustCode.MALFORMED, with("2.5.29.31", false, Der.integer(1))),
    LEAF_OTHER_AUTHORITY_KEY(
            Role.LEAF, null, with(AUTHORITY_KEY, false, Der.sequence(Der.tagged(Tag.context(0), new byte[] {1, 2, 3
            })))),
    LEAF_NO_KEY_IDENTIFIERS(
            Role.LEAF, null, forged -> forged.without(AUTHORITY_KEY).without(SUBJECT_KEY)),
    LEAF_SERIAL_ZERO(Role.LEAF, null, forged -> forged.with(Field.SERIAL, Der.integer(0))),
    LEAF_SERIAL_LONG(Role.LEAF, null, forged -> forged.with(Field.SERIAL, Der.integer(BigInteger.ONE.shiftLeft(200)))),
    LEAF_EMPTY_SUBJECT(Role.LEAF, null, forged -> forged.with(Field.SUBJECT, Der.sequence())
            .with(NAMES, true, Der.sequence(ForgedCertificate.dns(Holder.HOST)))),

    CA_EXPIRED(Role.ISSUER, TrustCode.EXPIRED, in("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z")),
    CA_NOT_YET(Role.ISSUER, TrustCode.NOT_YET_VALID, in("2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z")),
    CA_IS_NONE(Role.ISSUER, TrustCode.NOT_AN_AUTHORITY, with(BASIC_CONSTRAINTS, true, Der.sequence())),
    CA_NO_BASIC_CONSTRAINTS(Role.ISSUER, TrustCode.NOT_AN_AUTHORITY, without(BASIC_CONSTRAINTS)),
    CA_BASIC_CONSTRAINTS_NOT_CRITICAL(Role.ISSUER, null, with(BASIC_CONSTRAINTS, false, Der.sequence(Der.bool(true)))),
    CA_SIGNS_NO_CERTIFICATES(Role.ISSUER, TrustCode.NOT_AN_AUTHORITY, usages(6)),
    CA_NO_KEY_USAGE(Role.ISSUER, null, without(KEY_USAGE)),
    CA_PATH_LENGTH_ZERO(Role.ISSUER, null, pathLength(0)),
    UPPER_PATH_LENGTH_ZERO(Role.UPPER, TrustCode.PATH_TOO_LONG, pathLength(0)),
    CA_OTHER_PURPOSE(Role.ISSUER, TrustCode.WRONG_PURPOSE, purposes("1.3.6.1.5.5.7.3.2")),
    CA_ANY_PURPOSE(Role.ISSUER, null, purposes("2.5.29.37.0")),
    CA_SHA_1(Role.ISSUER, TrustCode.WEAK_SIGNATURE, ChainFault::sha1),
    CA_FORGED(Role.ISSUER, TrustCode.BAD_SIGNATURE, ChainFault::forged),
    CA_UNKNOWN_CRITICAL(Role.ISSUER, TrustCode.UNKNOWN_CRITICAL_EXTENSION, with("1.2.3.4", true, Der.nullValue())),
    CA_RSA_1024(Role.ISSUER, TrustCode.WEAK_KEY, forged -> forged),
    CA_VERSION_1(Role.ISSUER, TrustCode.NOT_AN_AUTHORITY, forged -> forged.with(Field.VERSION, new byte[0])
            .withoutExtensions()),
    CA_MALFORMED_BASIC_CONSTRAINTS(Role.ISSUER, TrustCode.MALFORMED, with(BASIC_CONSTRAINTS, true, new byte[] {5, 0})),
    CA_NEGATIVE_PATH_LENGTH(Role.ISSUER, TrustCode.MALFORMED, pathLength(-1)),
    CA_PERMITS_ANOTHER_HOST(Role.ISSUER, TrustCode.NAME_NOT_PERMITTED, names("+dns example.de")),
    CA_PERMITS_HOST_AND_ADDRESS(
            Role.ISSUER, null, names("+dns example.fr", "+ip 192.0.2.0/255.255.255.0", "+dir O=Acme,C=FR")),
    CA_EXCLUDES_HOST(Role.ISSUER, TrustCode.NAME_NOT_PERMITTED, names("-dns example.fr")),
    CA_EXCLUDES_ADDRESS(Role.ISSUER, TrustCode.NAME_NOT_PERMITTED, names("-ip 192.0.2.0/255.255.255.0")),
    CA_EXCLUDES_SUBJECT(Role.ISSUER, TrustCode.NAME_NOT_PERMITTED, names("-dir O=ACME,C=fr")),
    CA_EXCLUDES_ANOTHER(Role.ISSUER, null, names("-dns example.de", "-ip 10.0.0.0/255.0.0.0", "-dir C=DE")),
    CA_MALFORMED_NAME_CONSTRAINTS(Role.ISSUER, TrustCode.MALFORMED, with(NAME_CONSTRAINTS, true, Der.sequence())),
    CA_MASK_WITH_A_HOLE(Role.ISSUER, TrustCode.NAME_NOT_PERMITTED, names("-ip 10.0.0.0/255.0.255.0")),
    CA_REQUIRES_POLICY(
            Role.ISSUER,
            TrustCode.NO_VALID_POLICY,
            forged -> forged.with("2.5.29.36", true, Der.sequence(Der.tagged(Tag.context(0), new byte[1])))),
    CA_HAS_ANY_POLICY(
            Role.ISSUER,
            null,
            forged -> forged.with("2.5.29.32", false, Der.sequence(Der.sequence(Der.oid("2.5.29.32.0"))))),
    CA_MAPS_ANY_POLICY(Role.ISSUER, TrustCode.MALFORMED, forged -> forged.with(
                    "2.5.29.32", false, Der.sequence(Der.sequence(Der.oid("2.5.29.32.0"))))
            .with("2.5.29.33", true, Der.sequence(Der.sequence(Der.oid("2.5.29.32.0"), Der.oid("1.2.3"))))),

    ANCHOR_EXPIRED(Role.ANCHOR, TrustCode.EXPIRED, in("2020-01-01T00:00:00Z", "2025-01-01T00:00:00Z")),
    ANCHOR_IS_NONE(Role.ANCHOR, TrustCode.NOT_AN_AUTHORITY, with(BASIC_CONSTRAINTS, true, Der.sequence())),
    ANCHOR_SIGNS_NO_CERTIFICATES(Role.ANCHOR, TrustCode.NOT_AN_AUTHORITY, usages(6)),
    ANCHOR_UNKNOWN_CRITICAL(Role.ANCHOR, TrustCode.UNKNOWN_CRITICAL_EXTENSION, with("1.2.3.4", true, Der.nullValue())),
    ANCHOR_OTHER_PURPOSE(Role.ANCHOR, TrustCode.WRONG_PURPOSE, purposes("1.3.6.1.5.5.7.3.2")),
    ANCHOR_EXCLUDES_HOST(Role.ANCHOR, TrustCode.NAME_NOT_PERMITTED, names("-dns example.fr")),
    ANCHOR_VERSION_1(Role.ANCHOR, TrustCode.NOT_AN_AUTHORITY, forged -> forged.with(Field.VERSION, new byte[0])
            .withoutExtensions()),
    ANCHOR_RSA_1024(Role.ANCHOR, TrustCode.WEAK_KEY, forged -> forged),
    ANCHOR_REQUIRES_POLICY(
            Role.ANCHOR,
            TrustCode.NO_VALID_POLICY,
            forged -> forged.with("2.5.29.36", true, Der.sequence(Der.tagged(Tag.context(0), new byte[1])))),
    ANCHOR_SERIAL_ZERO(Role.ANCHOR, null, forged -> forged.with(Field.SERIAL, Der.integer(0))),
    ANCHOR_SHA_1(Role.ANCHOR, null, ChainFault::sha1),
    ANCHOR_FORGED(Role.ANCHOR, null, ChainFault::forged);

    /** Where a certificate stands. */
    enum Role {
        LEAF,
        ISSUER,
        UPPER,
        ANCHOR
    }

    private interface Change {
        ForgedCertificate apply(ForgedCertificate forged, KeyPair issuer);
    }

    private static final class Weak {
        private static final KeyPair RSA_1024 = SampleKeys.rsa(1024);
        private static final KeyPair STRANGER = KeyType.EC_P256.generate();
    }

    private final Role role;
    private final Optional<TrustCode> code;
    private final Change change;

    ChainFault(Role role, TrustCode code, UnaryOperator<ForgedCertificate> change) {
        this(role, code, (forged, issuer) -> change.apply(forged));
    }

    ChainFault(Role role, TrustCode code, Change change) {
        this.role = role;
        this.code = Optional.ofNullable(code);
        this.change = change;
    }

    Role role() {
        return role;
    }

    /** Empty if nothing is wrong with it. */
    Optional<TrustCode> code() {
        return code;
    }

    ForgedCertificate applied(ForgedCertificate forged, KeyPair issuer) {
        return change.apply(forged, issuer);
    }

    /** The key that whoever is in the role has instead of a sound one. */
    Optional<KeyPair> weakKey() {
        return name().endsWith("_RSA_1024") && role != Role.LEAF ? Optional.of(Weak.RSA_1024) : Optional.empty();
    }

    private static ForgedCertificate sha1(ForgedCertificate forged, KeyPair issuer) {
        boolean ec = issuer.getPublic().getAlgorithm().startsWith("EC");
        return forged.signer(
                issuer,
                ec ? "SHA1withECDSA" : "SHA1withRSA",
                ec
                        ? Der.sequence(Der.oid("1.2.840.10045.4.1"))
                        : Der.sequence(Der.oid("1.2.840.113549.1.1.5"), Der.nullValue()));
    }

    private static ForgedCertificate forged(ForgedCertificate forged, KeyPair issuer) {
        return forged.signer(Weak.STRANGER);
    }

    private static UnaryOperator<ForgedCertificate> in(String notBefore, String notAfter) {
        return forged -> forged.with(Field.VALIDITY, validity(notBefore, notAfter));
    }

    private static UnaryOperator<ForgedCertificate> with(String oid, boolean critical, byte[] value) {
        return forged -> forged.with(oid, critical, value);
    }

    private static UnaryOperator<ForgedCertificate> without(String oid) {
        return forged -> forged.without(oid);
    }

    private static UnaryOperator<ForgedCertificate> purposes(String oid) {
        return with(PURPOSES, false, Der.sequence(Der.oid(oid)));
    }

    private static UnaryOperator<ForgedCertificate> usages(Integer... bits) {
        return with(KEY_USAGE, true, Der.namedBits(List.of(bits)));
    }

    private static UnaryOperator<ForgedCertificate> pathLength(int length) {
        return with(BASIC_CONSTRAINTS, true, Der.sequence(Der.bool(true), Der.integer(length)));
    }

    private static UnaryOperator<ForgedCertificate> names(String... bases) {
        return with(NAME_CONSTRAINTS, true, NameText.constraints(List.of(bases)));
    }

    private static byte[] access() {
        return Der.sequence(
                Der.sequence(Der.oid("1.3.6.1.5.5.7.48.2"), Der.tagged(Tag.context(6), ascii("http://a.example.fr"))));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
