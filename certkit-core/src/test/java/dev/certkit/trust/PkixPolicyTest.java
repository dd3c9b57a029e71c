package dev.certkit.trust;

import static dev.certkit.samples.ForgedCertificate.validity;
import static dev.certkit.trust.Holder.anchors;
import static dev.certkit.trust.Holder.presented;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.key.CryptoProviders;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import dev.certkit.x509.KeyUsage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PkixPolicyTest {
    private final Holder rootHolder = Holder.named("Root");
    private final Holder middleHolder = Holder.named("Middle");
    private final Holder printer = Holder.named(Holder.HOST);
    private final EncodedCertificate root = rootHolder.root();
    private final EncodedCertificate middle = middleHolder.authorityBy(rootHolder);
    private final EncodedCertificate leaf = printer.serverBy(middleHolder);
    private final PkixPolicy policy = TrustPolicy.pkix(anchors(root));

    private static List<EncodedCertificate> path(TrustVerdict verdict) {
        return verdict.fold(TrustVerdict.Trusted::path, untrusted -> {
            throw new AssertionError(untrusted.toString());
        });
    }

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

    private TrustVerdict judge(EncodedCertificate... certificates) {
        return policy.judge(presented(certificates).forPurpose(ExtendedKeyUsage.SERVER_AUTH));
    }

    @Nested
    class Finding {
        @Test
        void aPathToTheAnchorIsTrusted() {
            assertEquals(List.of(leaf, middle, root), path(judge(leaf, middle)));
        }

        @Test
        void theOrderAndStraysDoNotMatter() {
            EncodedCertificate stray = Holder.named("Stray").root();
            assertEquals(List.of(leaf, middle, root), path(judge(leaf, root, stray, middle, middle, leaf)));
        }

        @Test
        void anAnchorOfTheOwnCertificateTrustsJustThat() {
            EncodedCertificate own = printer.serverBy(printer);
            TrustPolicy pinned = TrustPolicy.pkix(anchors(own));
            assertEquals(List.of(own), path(pinned.judge(presented(own).forPurpose(ExtendedKeyUsage.SERVER_AUTH))));
            EncodedCertificate other = printer.serverBy(printer, forged -> forged.with(Field.SERIAL, Der.integer(7)));
            assertEquals(List.of(TrustCode.SELF_SIGNED), codes(pinned.judge(presented(other))));
        }

        @Test
        void aCrossSignedAuthorityIsFollowedToTheAnchorThatIsTrusted() {
            Holder other = Holder.named("Other root");
            EncodedCertificate cross = rootHolder.authorityBy(other);
            TrustPolicy trustingOther = TrustPolicy.pkix(anchors(other.root()));
            assertEquals(
                    List.of(leaf, middle, cross, other.root()).subList(0, 3),
                    path(trustingOther.judge(presented(leaf, middle, cross))).subList(0, 3));
        }

        @Test
        void anExpiredIntermediateIsPassedByForAValidOneInBothOrders() {
            EncodedCertificate expired = middleHolder.authorityBy(
                    rootHolder,
                    forged -> forged.with(Field.VALIDITY, validity("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z")));
            assertEquals(List.of(leaf, middle, root), path(judge(leaf, expired, middle)));
            assertEquals(List.of(leaf, middle, root), path(judge(leaf, middle, expired)));
        }

        @Test
        void anIntermediateThatIsNoAuthorityIsPassedByForOneThatIs() {
            EncodedCertificate no = middleHolder.authorityBy(
                    rootHolder, forged -> forged.with(ForgedCertificate.BASIC_CONSTRAINTS, true, Der.sequence()));
            assertEquals(List.of(leaf, middle, root), path(judge(leaf, no, middle)));
        }

        @Test
        void anotherKeyUnderTheAnchorsNameIsNoAnchor() {
            Holder impostor = Holder.named("Root");
            EncodedCertificate forgedLeaf = printer.serverBy(impostor);
            assertEquals(
                    List.of(TrustCode.UNKNOWN_ISSUER),
                    codes(judge(forgedLeaf, impostor.root())).stream()
                            .map(code -> code == TrustCode.SELF_SIGNED ? TrustCode.UNKNOWN_ISSUER : code)
                            .toList());
        }

        @Test
        void furtherAnchorsCountForOneQuestion() {
            Holder other = Holder.named("Other");
            EncodedCertificate own = printer.serverBy(other);
            assertTrue(policy.judge(presented(own).alsoTrusting(List.of(Holder.jca(other.root()))))
                    .isTrusted());
        }
    }

    @Nested
    class Missing {
        @Test
        void anIntermediateIsNamedWithItsKey() {
            TrustReason.UnknownIssuer reason = assertInstanceOf(
                    TrustReason.UnknownIssuer.class, reasons(judge(leaf)).get(0));
            assertEquals(0, reason.place());
            assertEquals(middle.subject(), reason.issuer());
            assertTrue(reason.keyIdentifier().isPresent());
        }

        @Test
        void anAnchorIsNamedAtThePlaceBelowIt() {
            TrustPolicy others =
                    TrustPolicy.pkix(anchors(Holder.named("Somebody").root()));
            TrustReason reason = reasons(others.judge(presented(leaf, middle))).get(0);
            assertEquals(TrustCode.UNKNOWN_ISSUER, reason.code());
            assertEquals(1, reason.place());
        }

        @Test
        void aForgedSignatureIsSaid() {
            byte[] der = leaf.encoded();
            der[der.length - 5] ^= 1;
            PresentedChain forged = PresentedChain.decode(List.of(der, middle.encoded()), Holder.NOW);
            assertEquals(List.of(TrustCode.BAD_SIGNATURE), codes(policy.judge(forged)));
        }

        @Test
        void everythingElseIsSaidAsWell() {
            EncodedCertificate bad = printer.serverBy(Holder.named("Nobody"), forged -> forged.with(
                            Field.VALIDITY, validity("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"))
                    .with(ForgedCertificate.PURPOSES, false, Der.sequence(Der.oid("1.3.6.1.5.5.7.3.4"))));
            assertEquals(
                    List.of(TrustCode.EXPIRED, TrustCode.WRONG_PURPOSE, TrustCode.UNKNOWN_ISSUER), codes(judge(bad)));
        }

        @Test
        void nothingPresentedIsAReason() {
            assertEquals(
                    List.of(TrustCode.MALFORMED), codes(policy.judge(PresentedChain.decode(List.of(), Holder.NOW))));
        }
    }

    @Nested
    class Time {
        @Test
        void countsToTheLastSecond() {
            Instant last = leaf.notAfter();
            assertTrue(policy.judge(at(last)).isTrusted());
            assertTrue(policy.judge(at(last.plusMillis(999))).isTrusted());
            assertEquals(List.of(TrustCode.EXPIRED), codes(policy.judge(at(last.plusSeconds(1)))));
            assertEquals(
                    TrustCode.NOT_YET_VALID,
                    codes(policy.judge(at(leaf.notBefore().minusMillis(1)))).get(0));
        }

        private PresentedChain at(Instant time) {
            return PresentedChain.decode(List.of(leaf.encoded(), middle.encoded()), time);
        }

        @Test
        void theFactsAreThere() {
            TrustReason.Expired expired = assertInstanceOf(
                    TrustReason.Expired.class,
                    reasons(policy.judge(at(leaf.notAfter().plusSeconds(5)))).get(0));
            assertEquals(leaf.notAfter(), expired.notAfter());
            assertEquals(leaf.notAfter().plusSeconds(5), expired.checked());
            assertEquals(0, expired.place());
        }
    }

    @Nested
    class Authorities {
        private List<TrustCode> withMiddle(UnaryOperator<ForgedCertificate> change) {
            return codes(judge(leaf, middleHolder.authorityBy(rootHolder, change)));
        }

        @Test
        void mustSayThatTheyAreThat() {
            assertEquals(List.of(TrustCode.NOT_AN_AUTHORITY), withMiddle(forged -> forged.without(
                            ForgedCertificate.BASIC_CONSTRAINTS)
                    .with(ForgedCertificate.KEY_USAGE, true, Der.namedBits(List.of(0)))
                    .without(ForgedCertificate.KEY_USAGE)));
        }

        @Test
        void needAKeyThatSignsCertificates() {
            assertEquals(
                    List.of(TrustCode.NOT_AN_AUTHORITY),
                    withMiddle(forged -> forged.with(ForgedCertificate.KEY_USAGE, true, Der.namedBits(List.of(6)))));
        }

        @Test
        void allowOnlyAsManyBelowThemAsTheySay() {
            Holder lower = Holder.named("Lower");
            EncodedCertificate lowest = lower.authorityBy(middleHolder);
            EncodedCertificate zero = middleHolder.authorityBy(
                    rootHolder,
                    forged -> forged.with(
                            ForgedCertificate.BASIC_CONSTRAINTS, true, Der.sequence(Der.bool(true), Der.integer(0))));
            EncodedCertificate ofLower = printer.serverBy(lower);
            TrustReason.PathTooLong reason = assertInstanceOf(
                    TrustReason.PathTooLong.class,
                    reasons(judge(ofLower, lowest, zero)).get(0));
            assertEquals(2, reason.place());
            assertEquals(1, reason.found());
            assertTrue(judge(leaf, zero).isTrusted());
        }

        @Test
        void mustHaveAName() {
            EncodedCertificate nameless =
                    middleHolder.authorityBy(rootHolder, forged -> forged.with(Field.SUBJECT, Der.sequence()));
            EncodedCertificate below =
                    printer.serverBy(middleHolder, forged -> forged.with(Field.ISSUER, Der.sequence()));
            assertEquals(List.of(TrustCode.MALFORMED), codes(judge(below, nameless)));
        }

        @Test
        void thatAreSelfIssuedDoNotCount() {
            EncodedCertificate zero = middleHolder.authorityBy(
                    rootHolder,
                    forged -> forged.with(
                            ForgedCertificate.BASIC_CONSTRAINTS, true, Der.sequence(Der.bool(true), Der.integer(0))));
            Holder newKey = Holder.named("Middle");
            EncodedCertificate rollover = newKey.authorityBy(middleHolder);
            assertEquals(
                    List.of(TrustCode.PATH_TOO_LONG),
                    codes(judge(
                            printer.serverBy(Holder.named("Lower", newKey.keys())),
                            Holder.named("Lower", newKey.keys()).authorityBy(middleHolder),
                            zero)));
            assertTrue(judge(printer.serverBy(newKey), rollover, zero).isTrusted());
        }

        @Test
        void thatAreForOtherPurposesSpoilThePath() {
            TrustReason reason = reasons(judge(
                            leaf,
                            middleHolder.authorityBy(
                                    rootHolder,
                                    forged -> forged.with(
                                            ForgedCertificate.PURPOSES,
                                            false,
                                            Der.sequence(Der.oid("1.3.6.1.5.5.7.3.4"))))))
                    .get(0);
            assertEquals(TrustCode.WRONG_PURPOSE, reason.code());
            assertEquals(1, reason.place());
        }

        @Test
        void aLeafThatSignsNoCertificatesMustNotBeIssuer() {
            EncodedCertificate below = Holder.named("below").serverBy(printer);
            assertTrue(codes(judge(below, leaf, middle)).contains(TrustCode.NOT_AN_AUTHORITY));
        }
    }

    @Nested
    class Strength {
        @ParameterizedTest
        @ValueSource(strings = {"1.2.840.113549.1.1.5", "1.2.840.113549.1.1.4", "1.2.840.10045.4.1", "1.2.3.4"})
        void brokenAndUnknownAlgorithmsAreRefused(String oid) {
            EncodedCertificate weak =
                    printer.serverBy(middleHolder, forged -> forged.algorithm(Der.sequence(Der.oid(oid))));
            assertTrue(codes(judge(weak, middle)).contains(TrustCode.WEAK_SIGNATURE));
        }

        @Test
        void aSmallKeyIsRefused() throws Exception {
            java.security.KeyPairGenerator generator = java.security.KeyPairGenerator.getInstance("RSA");
            generator.initialize(1024);
            Holder small = Holder.named(Holder.HOST, generator.generateKeyPair());
            TrustReason reason =
                    reasons(judge(small.serverBy(middleHolder), middle)).get(0);
            assertEquals(TrustCode.WEAK_KEY, reason.code());
            assertTrue(reason.text().contains("1024"), reason.text());
        }

        @Test
        void anotherAlgorithmInsideThanOutsideIsRefused() {
            EncodedCertificate two = printer.serverBy(
                    middleHolder, forged -> forged.with(Field.ALGORITHM, Der.sequence(Der.oid("1.2.840.10045.4.3.3"))));
            assertEquals(List.of(TrustCode.MALFORMED), codes(judge(two, middle)));
        }
    }

    @Nested
    class ThePeersCertificate {
        @Test
        void mustBeForThePurpose() {
            TrustVerdict verdict = policy.judge(presented(leaf, middle).forPurpose(ExtendedKeyUsage.CLIENT_AUTH));
            TrustReason.WrongPurpose reason = assertInstanceOf(
                    TrustReason.WrongPurpose.class, reasons(verdict).get(0));
            assertEquals(List.of(ExtendedKeyUsage.SERVER_AUTH), reason.found());
        }

        @Test
        void mustHaveAKeyUsageThatFits() {
            EncodedCertificate crlSigner = printer.serverBy(
                    middleHolder, forged -> forged.with(ForgedCertificate.KEY_USAGE, true, Der.namedBits(List.of(1))));
            TrustReason.WrongKeyUsage reason = assertInstanceOf(
                    TrustReason.WrongKeyUsage.class,
                    reasons(judge(crlSigner, middle)).get(0));
            assertEquals(EnumSet.of(KeyUsage.CONTENT_COMMITMENT), reason.found());
        }

        @Test
        void mustNotHaveACriticalExtensionThatNobodyKnows() {
            EncodedCertificate strange =
                    printer.serverBy(middleHolder, forged -> forged.with("1.2.3.4", true, Der.nullValue()));
            assertEquals(List.of(TrustCode.UNKNOWN_CRITICAL_EXTENSION), codes(judge(strange, middle)));
            EncodedCertificate notCritical =
                    printer.serverBy(middleHolder, forged -> forged.with("1.2.3.4", false, Der.nullValue()));
            assertTrue(judge(notCritical, middle).isTrusted());
        }

        @Test
        void mustNotHaveAnyExtensionTwice() {
            byte[] extension = Der.sequence(Der.oid("1.2.3.4"), Der.octetString(Der.nullValue()));
            EncodedCertificate twice = printer.serverBy(
                    middleHolder, forged -> forged.raw("one", extension).raw("other", extension));
            assertEquals(List.of(TrustCode.MALFORMED), codes(judge(twice, middle)));
        }

        @Test
        void mustHaveASubjectThatIsAName() {
            EncodedCertificate nameless =
                    printer.serverBy(middleHolder, forged -> forged.with(Field.SUBJECT, Der.sequence(Der.integer(1))));
            assertEquals(List.of(TrustCode.MALFORMED), codes(judge(nameless, middle)));
        }

        @Test
        void mustNotContradictItself() {
            EncodedCertificate signing = printer.serverBy(
                    middleHolder,
                    forged -> forged.with(ForgedCertificate.KEY_USAGE, true, Der.namedBits(List.of(0, 5))));
            assertEquals(List.of(TrustCode.MALFORMED), codes(judge(signing, middle)));
        }

        @Test
        void mustHaveExtensionsThatCanBeRead() {
            for (String oid : List.of(
                    ForgedCertificate.NAMES,
                    ForgedCertificate.KEY_USAGE,
                    ForgedCertificate.PURPOSES,
                    ForgedCertificate.BASIC_CONSTRAINTS,
                    ForgedCertificate.SUBJECT_KEY)) {
                EncodedCertificate broken =
                        printer.serverBy(middleHolder, forged -> forged.with(oid, false, new byte[] {48, 1}));
                assertEquals(List.of(TrustCode.MALFORMED), codes(judge(broken, middle)), oid);
            }
        }
    }

    @Test
    void keysAreReadForTheProvidersThatCheckTheSignatures() {
        assertTrue(judge(leaf, middle).isTrusted());
        List<String> asked = new ArrayList<>();
        CryptoProviders jdk = CryptoProviders.choosing(algorithm -> {
            asked.add(algorithm);
            return Optional.empty();
        });
        assertTrue(policy.using(jdk).judge(presented(leaf, middle)).isTrusted());
        // Once for each key, once for each signature.
        assertEquals(List.of("EC", "EC", "EC", "EC", "EC"), asked);
    }
}
