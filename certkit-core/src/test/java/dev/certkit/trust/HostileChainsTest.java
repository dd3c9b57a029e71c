package dev.certkit.trust;

import static dev.certkit.samples.ForgedCertificate.validity;
import static dev.certkit.trust.Holder.anchors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.KeyType;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chains that are made to take time or memory: each is answered in under half a second of processor time, and 128 MiB of garbage. */
class HostileChainsTest {
    private static final long MAX_MILLIS = 500;
    private static final long MAX_OCTETS = 128 << 20;

    private static final Holder ROOT = Holder.named("Root");
    private static final Holder MIDDLE = Holder.named("Middle");
    private static final Holder PRINTER = Holder.named(Holder.HOST);
    private static final EncodedCertificate ANCHOR = ROOT.root();
    private static final PkixPolicy POLICY = TrustPolicy.pkix(anchors(ANCHOR));
    private static final TrustLimits DEEP = new TrustLimits(100, 10_000, 30, 250_000);

    /** What the first verdict of a process loads and compiles is not what is measured. */
    @BeforeAll
    static void judgeSomethingBefore() {
        for (int i = 0; i < 50; i++) {
            judge(
                    POLICY,
                    List.of(
                            PRINTER.serverBy(MIDDLE).encoded(),
                            MIDDLE.authorityBy(ROOT).encoded()));
        }
    }

    private static List<TrustReason> judge(TrustPolicy policy, List<byte[]> presented) {
        return policy.judge(PresentedChain.decode(presented, Holder.NOW).forPurpose(ExtendedKeyUsage.SERVER_AUTH))
                .fold(trusted -> List.of(), TrustVerdict.Untrusted::reasons);
    }

    private static List<TrustReason> answered(TrustPolicy policy, List<byte[]> presented) {
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long octets = bean.getCurrentThreadAllocatedBytes();
        long start = bean.getCurrentThreadCpuTime();
        List<TrustReason> reasons = judge(policy, presented);
        long millis = (bean.getCurrentThreadCpuTime() - start) / 1_000_000;
        long used = bean.getCurrentThreadAllocatedBytes() - octets;
        assertTrue(millis < MAX_MILLIS, millis + " ms for " + reasons);
        assertTrue(used < MAX_OCTETS, used + " octets for " + reasons);
        return reasons;
    }

    private static List<byte[]> encoded(EncodedCertificate... certificates) {
        return Arrays.stream(certificates).map(EncodedCertificate::encoded).toList();
    }

    private static List<byte[]> encoded(List<EncodedCertificate> certificates) {
        return certificates.stream().map(EncodedCertificate::encoded).toList();
    }

    private static String limit(List<TrustReason> reasons) {
        return reasons.stream()
                .filter(TrustReason.LimitExceeded.class::isInstance)
                .map(reason -> ((TrustReason.LimitExceeded) reason).limit())
                .findFirst()
                .orElse("none");
    }

    @Nested
    class Meshes {
        private static final KeyPair[] KEYS = keys(48);

        private static KeyPair[] keys(int count) {
            KeyPair[] keys = new KeyPair[count];
            Arrays.setAll(keys, i -> KeyType.EC_P256.generate());
            return keys;
        }

        /** Each of a level is certified by each of the level above, the highest by the root or, if unknown, by a stranger. */
        private List<EncodedCertificate> mesh(int width, int height, boolean known, boolean withKeyIdentifiers) {
            UnaryOperator<ForgedCertificate> identifiers = withKeyIdentifiers
                    ? UnaryOperator.identity()
                    : forged -> forged.without(ForgedCertificate.AUTHORITY_KEY).without(ForgedCertificate.SUBJECT_KEY);
            List<EncodedCertificate> mesh = new ArrayList<>();
            List<Holder> above = List.of(known ? ROOT : Holder.named("Nobody"));
            for (int level = 0; level < height; level++) {
                List<Holder> here = new ArrayList<>();
                for (int i = 0; i < width; i++) {
                    Holder holder = Holder.named("Mesh", KEYS[level * width + i]);
                    above.forEach(issuer -> mesh.add(0, holder.authorityBy(issuer, identifiers)));
                    here.add(holder);
                }
                above = here;
            }
            mesh.add(0, PRINTER.serverBy(above.get(0), forged -> identifiers
                    .apply(forged)
                    .with(Field.VALIDITY, validity("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"))));
            return mesh;
        }

        @ParameterizedTest
        @CsvSource({"4, 4, true", "4, 4, false", "3, 6, true", "3, 6, false", "2, 8, true", "2, 8, false"})
        void ofAuthoritiesWithOneNameAreGivenUpByTheNumberOfSignatures(int width, int height, boolean known) {
            List<TrustReason> reasons = answered(POLICY, encoded(mesh(width, height, known, false)));
            assertEquals("signature checks", limit(reasons));
        }

        @ParameterizedTest
        @CsvSource({"4, 4, true", "4, 4, false", "3, 6, true", "3, 6, false", "2, 8, true", "2, 8, false"})
        void whoseEveryPathHoldsButForTheLeafAreWalkedThrough(int width, int height, boolean known) {
            List<TrustReason> reasons = answered(POLICY.within(DEEP), encoded(mesh(width, height, known, true)));
            assertEquals(TrustCode.EXPIRED, reasons.get(0).code());
        }

        @ParameterizedTest
        @CsvSource({"4, 6", "6, 8"})
        void thatAreLargerAreNotLookedAt(int width, int height) {
            List<TrustReason> reasons = answered(POLICY, encoded(mesh(width, height, true, false)));
            assertEquals("certificates presented", limit(reasons));
        }

        /** One key under many certificates costs one check. */
        @Test
        void ofOneAuthorityWithManyCertificatesAreNotVerifiedAgainAndAgain() {
            List<EncodedCertificate> many = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int serial = i;
                many.add(MIDDLE.authorityBy(ROOT, forged -> forged.with(Field.SERIAL, Der.integer(serial))
                        .with(Field.VALIDITY, validity("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"))));
            }
            many.add(0, PRINTER.serverBy(MIDDLE));
            assertEquals(
                    List.of(TrustCode.EXPIRED),
                    answered(POLICY, encoded(many)).stream()
                            .map(TrustReason::code)
                            .toList());
        }
    }

    @Nested
    class Policies {
        private byte[] policies(List<String> oids) {
            return Der.sequence(
                    oids.stream().map(oid -> Der.sequence(Der.oid(oid))).toList());
        }

        private List<EncodedCertificate> mapped(int policies, int levels) {
            List<String> oids = new ArrayList<>();
            List<byte[]> pairs = new ArrayList<>();
            for (int i = 0; i < policies; i++) {
                oids.add("1.2.3." + i);
                for (int j = 0; j < policies; j++) {
                    pairs.add(Der.sequence(Der.oid("1.2.3." + i), Der.oid("1.2.3." + j)));
                }
            }
            List<EncodedCertificate> chain = new ArrayList<>();
            Holder issuer = ROOT;
            for (int level = 0; level < levels; level++) {
                Holder next = Holder.named("Level " + level, MIDDLE.keys());
                chain.add(0, next.authorityBy(issuer, forged -> forged.with("2.5.29.32", false, policies(oids))
                        .with("2.5.29.33", true, Der.sequence(pairs))
                        .with("2.5.29.36", true, Der.sequence(Der.tagged(Tag.context(0), new byte[1])))));
                issuer = next;
            }
            chain.add(0, PRINTER.serverBy(issuer, forged -> forged.with("2.5.29.32", false, policies(oids))));
            return chain;
        }

        @ParameterizedTest
        @CsvSource({"2, 16", "8, 6", "20, 20"})
        void thatAreMappedBothWaysMakeNoTree(int policies, int levels) {
            assertEquals(List.of(), answered(POLICY.within(DEEP), encoded(mapped(policies, levels))));
        }

        @Test
        void thatAreManyAreSteps() {
            List<String> many = new ArrayList<>();
            for (int i = 0; i < 5000; i++) {
                many.add("1.2.3." + i);
            }
            UnaryOperator<ForgedCertificate> all = forged -> forged.with("2.5.29.32", false, policies(many));
            List<TrustReason> reasons = answered(
                    POLICY,
                    encoded(
                            PRINTER.serverBy(MIDDLE, all),
                            MIDDLE.authorityBy(ROOT, all),
                            MIDDLE.authorityBy(ROOT, forged -> all.apply(forged).with(Field.SERIAL, Der.integer(1))),
                            MIDDLE.authorityBy(ROOT, forged -> all.apply(forged).with(Field.SERIAL, Der.integer(2)))));
            assertEquals("steps of the search for a path", limit(reasons));
        }
    }

    @Nested
    class Names {
        private byte[] names(int count, String suffix) {
            byte[][] names = new byte[count][];
            Arrays.setAll(names, i -> NameText.der("dns a" + i + suffix));
            return Der.sequence(names);
        }

        private byte[] permitted(int count, String suffix) {
            byte[][] names = new byte[count][];
            Arrays.setAll(names, i -> Der.sequence(NameText.der("dns b" + i + suffix)));
            return Der.sequence(Der.tagged(Tag.constructed(0), names));
        }

        private List<byte[]> chain(byte[] names, byte[] constraints) {
            return encoded(
                    PRINTER.serverBy(MIDDLE, forged -> forged.with(ForgedCertificate.NAMES, false, names)),
                    MIDDLE.authorityBy(
                            ROOT, forged -> forged.with(ForgedCertificate.NAME_CONSTRAINTS, true, constraints)));
        }

        @Test
        void againstAsManyConstraintsAreComparedUpToTheLimit() {
            byte[] excluded = permitted(1000, ".fr");
            excluded[4] = (byte) Tag.constructed(1);
            List<TrustReason> reasons = answered(POLICY, chain(names(1000, ".example.fr"), excluded));
            assertEquals("comparisons with name constraints", limit(reasons));
        }

        @ParameterizedTest
        @ValueSource(ints = {5_000, 20_000})
        void inNumbersThatNobodyHasAreNotLookedAt(int count) {
            List<TrustReason> reasons = answered(POLICY, chain(names(count, ".example.fr"), permitted(count, ".fr")));
            assertEquals("octets of a certificate", limit(reasons));
        }

        @Test
        void twoHundredThousandOfThemAreNotLookedAt() {
            List<TrustReason> reasons = answered(
                    POLICY,
                    encoded(PRINTER.serverBy(
                            MIDDLE, forged -> forged.with(ForgedCertificate.NAMES, false, names(200_000, ".fr")))));
            assertEquals("octets of a certificate", limit(reasons));
        }

        @Test
        void ofWhichThereAreMoreThanAThousandAreRefused() {
            TrustReason reason = answered(POLICY, chain(names(3000, ".fr"), permitted(1, "")))
                    .get(0);
            assertEquals(TrustCode.MALFORMED, reason.code());
            assertTrue(reason.text().contains("1000"), reason.text());
        }

        @Test
        void andConstraintsThatAreAllMalformedAreRead() {
            byte[][] bases = new byte[10_000][];
            Arrays.fill(bases, Der.sequence(NameText.der("dns -")));
            byte[][] bad = new byte[1000][];
            Arrays.fill(bad, NameText.der("dns -"));
            byte[] constraints = Der.sequence(Der.tagged(Tag.constructed(0), bases));
            List<EncodedCertificate> chain = new ArrayList<>();
            Holder issuer = Holder.named("Nobody");
            for (int i = 0; i < 7; i++) {
                Holder next = Holder.named("Level " + i);
                chain.add(0, next.authorityBy(issuer, forged -> forged.with(
                                ForgedCertificate.NAME_CONSTRAINTS, true, constraints)
                        .with(ForgedCertificate.NAMES, false, Der.sequence(bad))));
                issuer = next;
            }
            chain.add(
                    0,
                    PRINTER.serverBy(issuer, forged -> forged.with(ForgedCertificate.NAMES, false, Der.sequence(bad))));
            answered(POLICY, encoded(chain));
        }

        /** Unicode is normalised in time that grows with the square of a run of marks. */
        @Test
        void ofMarksWithoutEndAreNotNormalised() {
            byte[] marks = "\u0301\u0323".repeat(14_000).getBytes(StandardCharsets.UTF_8);
            byte[] name = Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.tagged(Tag.UTF8_STRING, marks))));
            EncodedCertificate leaf = PRINTER.serverBy(
                    MIDDLE, forged -> forged.with(Field.SUBJECT, name).with(Field.ISSUER, Der.sequence()));
            EncodedCertificate selfIssued = PRINTER.serverBy(
                    PRINTER, forged -> forged.with(Field.SUBJECT, name).with(Field.ISSUER, Der.sequence()));
            answered(POLICY, encoded(leaf, selfIssued));
        }

        @Test
        void ofShortMarksInGreatNumberAreRead() {
            byte[] marks = "\u0301\u0323".repeat(500).getBytes(StandardCharsets.UTF_8);
            byte[] rdn = Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.tagged(Tag.UTF8_STRING, marks)));
            byte[] name = Der.sequence(Collections.nCopies(14, rdn));
            List<EncodedCertificate> pool = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int serial = i;
                pool.add(PRINTER.serverBy(PRINTER, forged -> forged.with(Field.SUBJECT, name)
                        .with(Field.ISSUER, name)
                        .with(Field.SERIAL, Der.integer(serial))));
            }
            answered(POLICY, encoded(pool));
        }
    }

    @Nested
    class Keys {
        private List<TrustReason> under(BigInteger modulus, BigInteger exponent) {
            byte[] key = Der.sequence(
                    Der.sequence(Der.oid("1.2.840.113549.1.1.1"), Der.nullValue()),
                    Der.bitString(Der.sequence(Der.integer(modulus), Der.integer(exponent))));
            EncodedCertificate authority = MIDDLE.authorityBy(ROOT, forged -> forged.with(Field.KEY, key));
            EncodedCertificate leaf = PRINTER.serverBy(
                    MIDDLE,
                    forged -> forged.algorithm(Der.sequence(Der.oid("1.2.840.113549.1.1.11"), Der.nullValue())));
            return answered(POLICY, encoded(leaf, authority));
        }

        private BigInteger bits(int count) {
            return BigInteger.ONE.shiftLeft(count).subtract(BigInteger.ONE);
        }

        @ParameterizedTest
        @CsvSource({
            "16384, 17",
            "16384, 16384",
            "65536, 17",
            "200000, 17",
            "8192, 64",
            "8192, 8192",
            "1024, 17",
            "2047, 17"
        })
        void ofRsaOutOfBoundsAreNotUsed(int modulus, int exponent) {
            assertEquals(
                    TrustCode.WEAK_KEY,
                    under(bits(modulus), bits(exponent)).get(0).code());
        }

        @Test
        void ofRsaAsLargeAsAllowedAreUsedForAHundredSignatures() {
            BigInteger exponent = bits(33);
            List<byte[]> presented = new ArrayList<>();
            presented.add(PRINTER.serverBy(MIDDLE, forged -> forged.algorithm(
                                    Der.sequence(Der.oid("1.2.840.113549.1.1.13"), Der.nullValue()))
                            .without(ForgedCertificate.AUTHORITY_KEY))
                    .encoded());
            for (int i = 0; i < 63; i++) {
                BigInteger modulus = bits(8192).subtract(BigInteger.valueOf(2L * i));
                byte[] key = Der.sequence(
                        Der.sequence(Der.oid("1.2.840.113549.1.1.1"), Der.nullValue()),
                        Der.bitString(Der.sequence(Der.integer(modulus), Der.integer(exponent))));
                presented.add(MIDDLE.authorityBy(ROOT, forged -> forged.with(Field.KEY, key))
                        .encoded());
            }
            assertEquals(
                    TrustCode.BAD_SIGNATURE, answered(POLICY, presented).get(0).code());
        }
    }

    @Nested
    class Structures {
        private byte[] nested(int depth, boolean definite) {
            byte[] value = Der.nullValue();
            if (definite) {
                for (int i = 0; i < depth; i++) {
                    value = Der.sequence(value);
                }
                return value;
            }
            byte[] indefinite = new byte[4 * depth];
            for (int i = 0; i < depth; i++) {
                indefinite[2 * i] = 0x30;
                indefinite[2 * i + 1] = (byte) 0x80;
            }
            return indefinite;
        }

        @ParameterizedTest
        @CsvSource({"10000, true", "10000, false", "100000, false"})
        void nestedAloneAreRefused(int depth, boolean definite) {
            TrustCode code =
                    answered(POLICY, List.of(nested(depth, definite))).get(0).code();
            assertTrue(List.of(TrustCode.MALFORMED, TrustCode.LIMIT_EXCEEDED).contains(code));
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void nestedInsideACertificateAreRefused(boolean definite) {
            byte[] deep = nested(10_000, definite);
            List<UnaryOperator<ForgedCertificate>> places = List.of(
                    forged -> forged.with(Field.SUBJECT, Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), deep)))),
                    forged -> forged.with(ForgedCertificate.NAMES, false, Der.sequence(Der.tagged(0xA4, deep))),
                    forged -> forged.with(ForgedCertificate.NAMES, false, Der.sequence(Der.tagged(0xA0, deep))),
                    forged -> forged.with(ForgedCertificate.NAME_CONSTRAINTS, true, deep),
                    forged -> forged.with("1.2.3", false, deep),
                    forged -> forged.with(
                            Field.KEY,
                            Der.sequence(
                                    Der.sequence(Der.oid("1.2.840.10045.2.1"), deep), Der.bitString(new byte[65]))),
                    forged -> forged.with(
                            Field.KEY,
                            Der.sequence(
                                    Der.sequence(Der.oid("1.2.840.113549.1.1.1"), Der.nullValue()),
                                    Der.bitString(deep))));
            for (UnaryOperator<ForgedCertificate> place : places) {
                ForgedCertificate forged = place.apply(ForgedCertificate.server());
                answered(POLICY, List.of(forged.made().encoded()));
            }
        }

        @Test
        void ofHugeIdentifiersAreRefused() {
            byte[] arc = new byte[20_000];
            Arrays.fill(arc, (byte) 0xFF);
            arc[arc.length - 1] = 1;
            byte[] oid = Der.tagged(Tag.OID, arc);
            byte[] leaf = Der.sequence(
                    Der.sequence(Der.integer(1), Der.sequence(oid)), Der.sequence(oid), Der.bitString(new byte[1]));
            assertEquals(
                    TrustCode.MALFORMED, answered(POLICY, List.of(leaf)).get(0).code());
            EncodedCertificate purposes = PRINTER.serverBy(
                    MIDDLE, forged -> forged.with(ForgedCertificate.PURPOSES, false, Der.sequence(oid)));
            assertTrue(answered(POLICY, encoded(purposes)).stream()
                    .anyMatch(reason -> reason.code() == TrustCode.MALFORMED));
        }

        @Test
        void thatClaimTwoGigabytesAreRefused() {
            byte[] claim = {0x30, (byte) 0x84, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x30, 0x00};
            byte[] seven = {0x30, (byte) 0x87, 0, 0, 0, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
            assertEquals(
                    TrustCode.MALFORMED, answered(POLICY, List.of(claim)).get(0).code());
            assertEquals(
                    TrustCode.MALFORMED, answered(POLICY, List.of(seven)).get(0).code());
        }

        @Test
        void ofManyExtensionsAreRefused() {
            ForgedCertificate many = ForgedCertificate.server();
            for (int i = 0; i < 300; i++) {
                many = many.with("1.2.3." + i, true, Der.nullValue());
            }
            byte[] der = encodedUnchecked(many);
            assertEquals(
                    TrustCode.MALFORMED, answered(POLICY, List.of(der)).get(0).code());
        }

        private byte[] encodedUnchecked(ForgedCertificate forged) {
            try {
                return forged.made().encoded();
            } catch (AssertionError e) {
                return new byte[] {0x30, 0};
            }
        }
    }

    @Test
    void chainsThatAreTooDeepAreNamed() {
        List<EncodedCertificate> chain = new ArrayList<>();
        Holder above = ROOT;
        for (int i = 0; i < 9; i++) {
            Holder next = Holder.named("Level " + i);
            chain.add(0, next.authorityBy(above));
            above = next;
        }
        chain.add(0, PRINTER.serverBy(above));
        assertEquals("intermediate certificates", limit(answered(POLICY, encoded(chain))));
        assertEquals(List.of(), answered(POLICY.within(new TrustLimits(100, 10_000, 9, 1)), encoded(chain)));
    }
}
