package dev.certkit.trust;

import static dev.certkit.samples.ForgedCertificate.validity;
import static dev.certkit.trust.Holder.anchors;
import static dev.certkit.trust.Holder.presented;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.KeyUsage;
import java.util.EnumSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What binds the anchors, and what a peer may use its key for. */
class AnchorsAndPurposesTest {
    private final Holder rootHolder = Holder.named("Root");
    private final Holder middleHolder = Holder.named("Middle");
    private final Holder printer = Holder.named(Holder.HOST);
    private final EncodedCertificate root = rootHolder.root();
    private final EncodedCertificate middle = middleHolder.authorityBy(rootHolder);
    private final EncodedCertificate leaf = printer.serverBy(middleHolder);
    private final PkixPolicy policy = TrustPolicy.pkix(anchors(root));

    private static List<TrustReason> reasons(TrustVerdict verdict) {
        return verdict.fold(
                trusted -> {
                    throw new AssertionError("trusted by " + trusted.path());
                },
                TrustVerdict.Untrusted::reasons);
    }

    private static List<TrustCode> codes(TrustVerdict verdict) {
        return reasons(verdict).stream().map(TrustReason::code).toList();
    }

    @Nested
    class Anchors {
        private EncodedCertificate anchor(UnaryOperator<ForgedCertificate> change) {
            return rootHolder.authorityBy(rootHolder, change);
        }

        private PkixPolicy over(UnaryOperator<ForgedCertificate> change) {
            return TrustPolicy.pkix(anchors(anchor(change)));
        }

        private PresentedChain chain() {
            return presented(leaf, middle).forPurpose(ExtendedKeyUsage.SERVER_AUTH);
        }

        private UnaryOperator<ForgedCertificate> broken(AnchorRule rule) {
            return switch (rule) {
                case VALIDITY ->
                    forged -> forged.with(Field.VALIDITY, validity("2020-01-01T00:00:00Z", "2025-01-01T00:00:00Z"));
                case CRITICAL_EXTENSIONS -> forged -> forged.with("1.2.3.4", true, Der.nullValue());
                case AUTHORITY ->
                    forged -> forged.with(
                            ForgedCertificate.BASIC_CONSTRAINTS, true, Der.sequence(Der.bool(true), Der.integer(0)));
                case CONSTRAINTS ->
                    forged ->
                            forged.with(ForgedCertificate.PURPOSES, false, Der.sequence(Der.oid("1.3.6.1.5.5.7.3.4")));
                case STRENGTH -> forged -> forged;
            };
        }

        @ParameterizedTest
        @EnumSource(value = AnchorRule.class, mode = EnumSource.Mode.EXCLUDE, names = "STRENGTH")
        void areBoundByEachRuleUnlessItIsWaived(AnchorRule rule) {
            PkixPolicy strict = over(broken(rule));
            assertEquals(1, reasons(strict.judge(chain())).size());
            assertTrue(strict.waiving(rule).judge(chain()).isTrusted());
        }

        @Test
        void bindByTheirPolicyConstraintsUnlessConstraintsAreWaived() {
            PkixPolicy strict = over(
                    forged -> forged.with("2.5.29.36", true, Der.sequence(Der.tagged(Tag.context(0), new byte[1]))));
            assertEquals(List.of(TrustCode.NO_VALID_POLICY), codes(strict.judge(chain())));
            assertTrue(strict.waiving(AnchorRule.CONSTRAINTS).judge(chain()).isTrusted());
        }

        @Test
        void needNoRulesForASerialNumberOfZero() {
            assertTrue(over(forged -> forged.with(Field.SERIAL, Der.integer(0)))
                    .judge(chain())
                    .isTrusted());
        }
    }

    @Nested
    class Purposes {
        private List<TrustCode> withUsage(ExtendedKeyUsage purpose, KeyUsage usage) {
            EncodedCertificate used = printer.serverBy(middleHolder, forged -> forged.with(
                            ForgedCertificate.PURPOSES, false, Der.sequence(Der.oid(purpose.oid())))
                    .with(ForgedCertificate.KEY_USAGE, true, Der.namedBits(List.of(usage.ordinal()))));
            return policy.judge(presented(used, middle).forPurpose(purpose))
                    .fold(trusted -> List.of(), untrusted -> untrusted.reasons().stream()
                            .map(TrustReason::code)
                            .toList());
        }

        @ParameterizedTest
        @CsvSource({
            "1.3.6.1.5.5.7.3.1, DIGITAL_SIGNATURE KEY_ENCIPHERMENT KEY_AGREEMENT",
            "1.3.6.1.5.5.7.3.2, DIGITAL_SIGNATURE KEY_AGREEMENT",
            "1.3.6.1.5.5.7.3.3, DIGITAL_SIGNATURE",
            "1.3.6.1.5.5.7.3.4, DIGITAL_SIGNATURE CONTENT_COMMITMENT KEY_ENCIPHERMENT KEY_AGREEMENT",
            "1.3.6.1.5.5.7.3.8, DIGITAL_SIGNATURE CONTENT_COMMITMENT",
            "1.3.6.1.5.5.7.3.9, DIGITAL_SIGNATURE CONTENT_COMMITMENT",
            "1.3.6.1.5.5.7.3.14, DIGITAL_SIGNATURE KEY_ENCIPHERMENT KEY_AGREEMENT",
            "1.3.6.1.5.5.7.3.17, DIGITAL_SIGNATURE CONTENT_COMMITMENT"
        })
        void goWithSomeUsagesOfAKeyAndNotWithOthers(String purpose, String usages) {
            for (KeyUsage usage : EnumSet.complementOf(EnumSet.of(KeyUsage.KEY_CERT_SIGN))) {
                assertEquals(
                        List.of(usages.split(" ")).contains(usage.name())
                                ? List.of()
                                : List.of(TrustCode.WRONG_KEY_USAGE),
                        withUsage(new ExtendedKeyUsage(purpose), usage),
                        usage::toString);
            }
        }

        @Test
        void ofOnesOwnGoWithAnyUsage() {
            assertEquals(List.of(), withUsage(new ExtendedKeyUsage("1.2.3.4"), KeyUsage.CRL_SIGN));
        }
    }

    @Test
    void theAnchorsOfThisJavaCanBeUsed() {
        PkixPolicy system = TrustPolicy.pkix(TrustAnchors.system());
        assertEquals(
                TrustCode.UNKNOWN_ISSUER,
                codes(system.judge(presented(leaf, middle))).get(0));
    }
}
