package dev.certkit.trust;

import static dev.certkit.trust.HostileChain.MIDDLE;
import static dev.certkit.trust.HostileChain.POLICY;
import static dev.certkit.trust.HostileChain.PRINTER;
import static dev.certkit.trust.HostileChain.ROOT;
import static dev.certkit.trust.HostileChain.answered;
import static dev.certkit.trust.HostileChain.encoded;
import static dev.certkit.trust.HostileChain.limit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.x509.EncodedCertificate;
import java.nio.charset.StandardCharsets;
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

/** Names and constraints in great number, or made to be compared slowly. */
class HostileNamesTest {
    /** What the first verdict of a process loads and compiles is not what is measured. */
    @BeforeAll
    static void judgeSomethingBefore() {
        HostileChain.judgeSomethingBefore();
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

        /** Others intersect what two authorities permit, each with each. */
        @ParameterizedTest
        @CsvSource({"5000, octets of a certificate", "1800, none"})
        void thatTwoAuthoritiesPermitAreNotIntersected(int count, String limit) {
            Holder upper = Holder.named("Upper");
            UnaryOperator<ForgedCertificate> first =
                    forged -> forged.with(ForgedCertificate.NAME_CONSTRAINTS, true, permitted(count, ".example.fr"));
            UnaryOperator<ForgedCertificate> second =
                    forged -> forged.with(ForgedCertificate.NAME_CONSTRAINTS, true, permitted(count, ".fr"));
            List<TrustReason> reasons = answered(
                    POLICY,
                    encoded(
                            PRINTER.serverBy(MIDDLE),
                            MIDDLE.authorityBy(upper, first),
                            upper.authorityBy(ROOT, second)));
            assertEquals(limit, limit(reasons));
            assertEquals(
                    limit.equals("none") ? TrustCode.NAME_NOT_PERMITTED : TrustCode.LIMIT_EXCEEDED,
                    reasons.get(0).code());
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
}
