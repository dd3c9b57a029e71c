package dev.certkit.trust;

import static dev.certkit.samples.ForgedCertificate.validity;
import static dev.certkit.trust.HostileChain.DEEP;
import static dev.certkit.trust.HostileChain.MIDDLE;
import static dev.certkit.trust.HostileChain.POLICY;
import static dev.certkit.trust.HostileChain.PRINTER;
import static dev.certkit.trust.HostileChain.ROOT;
import static dev.certkit.trust.HostileChain.answered;
import static dev.certkit.trust.HostileChain.encoded;
import static dev.certkit.trust.HostileChain.limit;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.KeyType;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.x509.EncodedCertificate;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Meshes, policies and depth: what makes other engines search without end. */
class HostileSearchTest {
    /** What the first verdict of a process loads and compiles is not what is measured. */
    @BeforeAll
    static void judgeSomethingBefore() {
        HostileChain.judgeSomethingBefore();
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

        /** Of many that have the name the one that has the key is tried first. */
        @Test
        void ofOneNameAreSearchedByTheirKeys() {
            List<EncodedCertificate> many = new ArrayList<>();
            for (KeyPair keys : KEYS) {
                many.add(Holder.named("Mesh", keys).authorityBy(ROOT));
            }
            many.add(0, PRINTER.serverBy(Holder.named("Mesh", KEYS[40])));
            assertEquals(List.of(), answered(POLICY.within(new TrustLimits(2, 2, 1, 1)), encoded(many)));
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
