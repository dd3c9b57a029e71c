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
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys out of bounds, and structures that no certificate has. */
class HostileContentsTest {
    /** What the first verdict of a process loads and compiles is not what is measured. */
    @BeforeAll
    static void judgeSomethingBefore() {
        HostileChain.judgeSomethingBefore();
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
            for (int outsideOfOctets : new int[] {0, 5}) {
                byte[] der = places.get(outsideOfOctets)
                        .apply(ForgedCertificate.server())
                        .made()
                        .encoded();
                assertEquals(
                        List.of(TrustCode.MALFORMED),
                        answered(POLICY, List.of(der)).stream()
                                .map(TrustReason::code)
                                .toList());
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
        void ofIdentifiersOfHalfAMegabyteAreNotLookedAt() {
            byte[] arc = new byte[500_000];
            Arrays.fill(arc, (byte) 0xFF);
            byte[] oid = Der.tagged(Tag.OID, arc);
            byte[] leaf = Der.sequence(
                    Der.sequence(Der.integer(1), Der.sequence(oid)), Der.sequence(oid), Der.bitString(new byte[1]));
            assertEquals("octets of a certificate", limit(answered(POLICY, List.of(leaf))));
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
}
