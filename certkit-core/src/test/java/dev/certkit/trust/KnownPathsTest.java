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
    void onlyTheLastFewAreKept() {
        KnownPaths known = new KnownPaths();
        TrustVerdict verdict = new TrustVerdict.Trusted(List.of(leaf));
        KnownPaths.Question first = KnownPaths.Question.of(at(Holder.NOW, leaf));
        known.keep(first, verdict);
        for (int i = 0; i < 256; i++) {
            known.keep(
                    new KnownPaths.Question(first.certificates(), Optional.of(new ExtendedKeyUsage("1.2.3." + i))),
                    verdict);
        }
        assertEquals(Optional.empty(), known.find(first, Holder.NOW));
        assertTrue(known.find(
                        new KnownPaths.Question(first.certificates(), Optional.of(new ExtendedKeyUsage("1.2.3.255"))),
                        Holder.NOW)
                .isPresent());
    }
}
