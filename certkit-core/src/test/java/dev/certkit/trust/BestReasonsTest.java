package dev.certkit.trust;

import static dev.certkit.samples.ForgedCertificate.validity;
import static dev.certkit.trust.Holder.anchors;
import static dev.certkit.trust.Holder.presented;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.CryptoProviders;
import dev.certkit.samples.ForgedCertificate;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.samples.SampleKeys;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Of all that can be said when several paths fail, what helps a person most is said. */
class BestReasonsTest {
    private final Holder rootHolder = Holder.named("Root");
    private final Holder middleHolder = Holder.named("Middle");
    private final Holder strangerHolder = Holder.named("Stranger");
    private final Holder printer = Holder.named(Holder.HOST);
    private final EncodedCertificate root = rootHolder.root();
    private final EncodedCertificate middle = middleHolder.authorityBy(rootHolder);
    private final EncodedCertificate leaf = printer.serverBy(middleHolder);
    private final PkixPolicy policy = TrustPolicy.pkix(anchors(root));

    private static final UnaryOperator<ForgedCertificate> EXPIRED =
            forged -> forged.with(Field.VALIDITY, validity("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"));

    private List<TrustReason> reasons(EncodedCertificate... certificates) {
        return policy.judge(presented(certificates).forPurpose(ExtendedKeyUsage.SERVER_AUTH))
                .fold(trusted -> List.of(), TrustVerdict.Untrusted::reasons);
    }

    private List<TrustCode> codes(EncodedCertificate... certificates) {
        return reasons(certificates).stream().map(TrustReason::code).toList();
    }

    @Nested
    class Paths {
        @Test
        void thatEndAtAnAnchorAreNearerThanThoseThatEndNowhere() {
            EncodedCertificate expired = middleHolder.authorityBy(rootHolder, EXPIRED);
            EncodedCertificate other = middleHolder.authorityBy(strangerHolder);
            for (EncodedCertificate[] order : new EncodedCertificate[][] {
                {leaf, expired, other, strangerHolder.root()}, {leaf, strangerHolder.root(), other, expired}
            }) {
                List<TrustReason> reasons = reasons(order);
                assertEquals(1, reasons.size(), reasons::toString);
                assertEquals(TrustCode.EXPIRED, reasons.get(0).code());
                assertEquals(1, reasons.get(0).place());
            }
        }

        @Test
        void withFewerFaultsAreNearer() {
            EncodedCertificate expired = middleHolder.authorityBy(rootHolder, EXPIRED);
            EncodedCertificate worse = middleHolder.authorityBy(rootHolder, forged -> EXPIRED.apply(forged)
                    .with(ForgedCertificate.KEY_USAGE, true, Der.namedBits(List.of(6)))
                    .with("1.2.3", true, Der.nullValue()));
            assertEquals(List.of(TrustCode.EXPIRED), codes(leaf, worse, expired));
            assertEquals(List.of(TrustCode.EXPIRED), codes(leaf, expired, worse));
        }

        @Test
        void thatEndBelowAnAnchorAreNearerThanLongerOnesThatEndNowhere() {
            EncodedCertificate damaged =
                    middleHolder.authorityBy(rootHolder, forged -> forged.signer(strangerHolder.keys()));
            EncodedCertificate other = middleHolder.authorityBy(strangerHolder);
            List<TrustReason> reasons = reasons(leaf, other, strangerHolder.root(), damaged);
            assertEquals(List.of(new TrustReason.BadSignature(1, root.subject())), reasons);
        }

        @Test
        void thatEndNowhereNameWhatIsMissingHighestUp() {
            EncodedCertificate upper = middleHolder.authorityBy(strangerHolder);
            TrustReason.UnknownIssuer reason =
                    (TrustReason.UnknownIssuer) reasons(leaf, upper).get(0);
            assertEquals(1, reason.place());
            assertEquals(strangerHolder.name(), reason.issuer());
            assertTrue(reason.keyIdentifier().isPresent());
        }

        @Test
        void thatEndAtAStrangersRootSaySo() {
            EncodedCertificate upper = middleHolder.authorityBy(strangerHolder);
            assertEquals(
                    List.of(new TrustReason.SelfSigned(2, strangerHolder.name())),
                    reasons(leaf, upper, strangerHolder.root()));
        }

        @Test
        void thatGoInACircleEnd() {
            EncodedCertificate there = middleHolder.authorityBy(strangerHolder);
            EncodedCertificate back = strangerHolder.authorityBy(middleHolder);
            assertEquals(List.of(TrustCode.UNKNOWN_ISSUER), codes(leaf, there, back));
        }

        @Test
        void underAWeakKeyNameTheKeyAndNoForgery() {
            KeyPair small = SampleKeys.rsa(1024);
            Holder weak = Holder.named("Weak", small);
            TrustPolicy weakRoot = TrustPolicy.pkix(anchors(weak.root()));
            List<TrustReason> reasons = weakRoot.judge(presented(printer.serverBy(weak)))
                    .fold(trusted -> List.of(), TrustVerdict.Untrusted::reasons);
            assertEquals(1, reasons.size());
            assertEquals(TrustCode.WEAK_KEY, reasons.get(0).code());
            assertEquals(1, reasons.get(0).place());
        }

        @Test
        void ofUnsupportedSignaturesDoNotSpeakOfMissingIssuers() {
            EncodedCertificate old = printer.serverBy(
                    middleHolder,
                    forged -> forged.signer(
                            middleHolder.keys(), "SHA1withECDSA", Der.sequence(Der.oid("1.2.840.10045.4.1"))));
            assertEquals(List.of(TrustCode.WEAK_SIGNATURE), codes(old, middle));
            assertEquals(List.of(TrustCode.WEAK_SIGNATURE, TrustCode.UNKNOWN_ISSUER), codes(old));
        }
    }

    /** What printers and phones made for themselves ten years ago. */
    @Nested
    class OldDevices {
        private final KeyPair small = SampleKeys.rsa(1024);
        private final EncodedCertificate device = Holder.named("device", small)
                .serverBy(Holder.named("device", small), forged -> EXPIRED.apply(forged)
                        .signer(small, "SHA1withRSA", Der.sequence(Der.oid("1.2.840.113549.1.1.5"), Der.nullValue())));

        @Test
        void areSelfSignedWhateverElseIsWrong() {
            assertEquals(
                    List.of(TrustCode.EXPIRED, TrustCode.WEAK_SIGNATURE, TrustCode.WEAK_KEY, TrustCode.SELF_SIGNED),
                    codes(device));
        }

        @Test
        void canBeTrustedByThemselvesWhereTheRulesForAnchorsAreWaived() {
            PkixPolicy pinned = TrustPolicy.pkix(anchors(device));
            List<TrustReason> reasons =
                    pinned.judge(presented(device)).fold(trusted -> List.of(), TrustVerdict.Untrusted::reasons);
            assertEquals(
                    List.of(TrustCode.EXPIRED, TrustCode.WEAK_KEY),
                    reasons.stream().map(TrustReason::code).toList());
            assertTrue(pinned.waiving(AnchorRule.VALIDITY)
                    .waiving(AnchorRule.STRENGTH)
                    .judge(presented(device))
                    .isTrusted());
        }
    }

    @Nested
    class Texts {
        @Test
        void areSafeToPrintWhateverTheNamesAre() {
            String hostile = "a\u001B[31m\r\nINFO all is well\u202E\u0000" + "x".repeat(5000);
            byte[] name = Der.sequence(Der.set(Der.sequence(
                    Der.oid("2.5.4.3"), Der.tagged(Tag.UTF8_STRING, hostile.getBytes(StandardCharsets.UTF_8)))));
            EncodedCertificate bad = printer.serverBy(middleHolder, forged -> forged.with(Field.ISSUER, name)
                    .with(Field.SUBJECT, name)
                    .with("1.2.3", true, new byte[0]));
            for (TrustReason reason : reasons(bad)) {
                assertTrue(reason.text().chars().allMatch(c -> c >= ' ' && c < 0x7F), reason::text);
                assertTrue(reason.text().length() < 1000, () -> reason.text().length() + " characters");
                assertFalse(reason.remedy().isEmpty());
            }
        }

        @Test
        void nameTheFacts() {
            EncodedCertificate expired = middleHolder.authorityBy(rootHolder, EXPIRED);
            assertEquals(
                    "certificate 1 above it was valid until 2025-01-01T00:00:00Z, and it is 2026-02-01T12:00:00Z",
                    reasons(leaf, expired).get(0).text());
            assertEquals(
                    "the certificate was issued by CN=Middle,O=Acme,C=FR with the key "
                            + PathCertificate.of(leaf, new AuthorityKeys(CryptoProviders.standard()))
                                    .authorityKeyIdentifier()
                                    .orElseThrow()
                            + ", which is neither presented nor trusted here",
                    reasons(leaf).get(0).text());
        }

        @Test
        void existForEveryKindOfReason() {
            List<TrustReason> others = List.of(
                    new TrustReason.Revoked(0, Holder.NOW, "keyCompromise"),
                    new TrustReason.RevocationUnknown(
                            1, TrustReason.RevocationUnknown.Cause.UNREACHABLE, "no answer\n"),
                    new TrustReason.Rejected(0, leaf.fingerprint()),
                    new TrustReason.NoValidPolicy(0),
                    new TrustReason.LimitExceeded(0, "steps", 3),
                    new TrustReason.UnknownIssuer(0, root.subject(), Optional.empty()));
            for (TrustReason reason : others) {
                assertTrue(reason.text().chars().noneMatch(Character::isISOControl), reason::text);
                assertEquals(reason.code().remedy(), reason.remedy());
            }
        }
    }
}
