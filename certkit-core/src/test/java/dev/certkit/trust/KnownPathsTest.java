package dev.certkit.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A policy remembers what it found valid, and this must never show in a verdict. */
class KnownPathsTest {
    private final Holder root = Holder.named("Root");
    private final Holder middle = Holder.named("Middle");
    private final EncodedCertificate authority = middle.authorityBy(root);
    private final EncodedCertificate leaf = Holder.named("leaf").serverBy(middle);
    private final PkixPolicy policy = TrustPolicy.pkix(Holder.anchors(root.root()));

    private PresentedChain at(Instant time, EncodedCertificate... certificates) {
        return PresentedChain.decode(
                List.of(certificates).stream().map(EncodedCertificate::encoded).toList(), time);
    }

    @Test
    void aPathIsGivenAgain() {
        TrustVerdict first = policy.judge(at(Holder.NOW, leaf, authority));
        assertTrue(first.isTrusted());
        assertSame(first, policy.judge(at(Holder.NOW.plusSeconds(1), leaf, authority)));
    }

    @Test
    void itsCertificatesExpireToTheSecondAllTheSame() {
        assertTrue(policy.judge(at(Holder.NOW, leaf, authority)).isTrusted());
        Instant end = leaf.notAfter().isBefore(authority.notAfter()) ? leaf.notAfter() : authority.notAfter();
        Instant start = leaf.notBefore().isAfter(authority.notBefore()) ? leaf.notBefore() : authority.notBefore();
        assertTrue(policy.judge(at(end, leaf, authority)).isTrusted());
        assertFalse(policy.judge(at(end.plusSeconds(1), leaf, authority)).isTrusted());
        assertFalse(policy.judge(at(start.minusSeconds(1), leaf, authority)).isTrusted());
        assertTrue(policy.judge(at(start, leaf, authority)).isTrusted());
    }

    @Test
    void anotherPurposeIsAnotherQuestion() {
        PresentedChain presented = at(Holder.NOW, leaf, authority);
        assertTrue(
                policy.judge(presented.forPurpose(ExtendedKeyUsage.SERVER_AUTH)).isTrusted());
        assertFalse(policy.judge(presented.forPurpose(ExtendedKeyUsage.CODE_SIGNING))
                .isTrusted());
    }

    @Test
    void anAnchorThatWasNamedForOneQuestionIsForgotten() {
        Holder other = Holder.named("Other");
        PresentedChain presented = at(Holder.NOW, Holder.named("leaf").serverBy(other));
        assertFalse(policy.judge(presented).isTrusted());
        assertTrue(policy.judge(presented.alsoTrusting(List.of(Holder.jca(other.root()))))
                .isTrusted());
        assertFalse(policy.judge(presented).isTrusted());
    }

    @Test
    void anAnchorThatIsRefusedMeanwhileEndsWhatIsKnown() {
        PresentedChain presented = at(Holder.NOW, leaf, authority);
        AtomicBoolean refused = new AtomicBoolean();
        PresentedChain asked = presented.withoutAnchors(each -> refused.get());
        TrustVerdict first = policy.judge(asked);
        assertTrue(first.isTrusted());
        assertSame(first, policy.judge(asked), "known also where a question has wishes");
        refused.set(true);
        assertFalse(policy.judge(asked).isTrusted());
        assertTrue(policy.judge(presented).isTrusted());
        refused.set(false);
        assertTrue(policy.judge(asked).isTrusted());
    }

    @Test
    void anotherPathIsFoundWhereTheEndOfTheKnownOneIsRefused() {
        Holder other = Holder.named("Other");
        EncodedCertificate first = root.root();
        EncodedCertificate second = other.root();
        EncodedCertificate cross = middle.authorityBy(other);
        PkixPolicy both = TrustPolicy.pkix(Holder.anchors(first, second));
        PresentedChain presented = at(Holder.NOW, leaf, authority, cross);
        List<EncodedCertificate> path = both.judge(presented).fold(TrustVerdict.Trusted::path, untrusted -> List.of());
        EncodedCertificate end = path.get(path.size() - 1);
        TrustVerdict otherwise = both.judge(presented.withoutAnchors(end::equals));
        assertTrue(otherwise.isTrusted());
        assertFalse(
                otherwise.fold(TrustVerdict.Trusted::path, untrusted -> path).contains(end));
    }

    @Test
    void aRuleThatIsWaivedForOneQuestionBindsTheNext() {
        Holder weak = Holder.named("Weak");
        EncodedCertificate odd = weak.authorityBy(weak, forged -> forged.with("1.2.3.4", true, new byte[] {5, 0}));
        PresentedChain presented = at(Holder.NOW, Holder.named("leaf").serverBy(weak));
        Set<AnchorRule> waived = Set.of(AnchorRule.CRITICAL_EXTENSIONS);
        assertTrue(policy.judge(presented.alsoTrusting(odd, waived)).isTrusted());
        assertFalse(policy.judge(presented.alsoTrusting(odd, Set.of())).isTrusted());
        assertTrue(policy.judge(presented.alsoTrusting(odd, waived)).isTrusted());
    }

    @Test
    void onlyTheLastFewAreKept() {
        KnownPaths known = new KnownPaths();
        TrustVerdict verdict = new TrustVerdict.Trusted(List.of(leaf));
        PresentedChain first = at(Holder.NOW, leaf);
        known.keep(KnownPaths.Question.of(first), verdict);
        for (int i = 0; i < 256; i++) {
            known.keep(KnownPaths.Question.of(first.forPurpose(new ExtendedKeyUsage("1.2.3." + i))), verdict);
        }
        assertEquals(Optional.empty(), known.find(KnownPaths.Question.of(first), first));
        PresentedChain last = first.forPurpose(new ExtendedKeyUsage("1.2.3.255"));
        assertTrue(known.find(KnownPaths.Question.of(last), last).isPresent());
    }

    @Test
    void whatIsLargeIsNotKept() {
        KnownPaths known = new KnownPaths();
        EncodedCertificate large =
                Holder.named("large").serverBy(middle, forged -> forged.with("1.2.3.4", false, new byte[40_000]));
        PresentedChain presented = at(Holder.NOW, leaf, large);
        known.keep(KnownPaths.Question.of(presented), new TrustVerdict.Trusted(List.of(leaf)));
        assertEquals(Optional.empty(), known.find(KnownPaths.Question.of(presented), presented));
    }
}
