package dev.certkit.shelf.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.certkit.format.Pasted;
import dev.certkit.trust.Holder;
import dev.certkit.trust.TrustCode;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustReason;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What policies and lists remember never shows: one that is asked again and again says what a new one says. */
class KnownVerdictProperties extends TrustListsLab {
    private static final Holder OTHER = Holder.named("Other");
    private static final EncodedCertificate OTHER_ROOT = OTHER.root();
    private static final EncodedCertificate LEAF = PRINTER.serverBy(MIDDLE);
    private static final EncodedCertificate BY_ROOT = MIDDLE.authorityBy(ROOT);
    private static final EncodedCertificate BY_OTHER = MIDDLE.authorityBy(OTHER);
    private static final EncodedCertificate STRANGE = PRINTER.serverBy(STRANGER);
    private static final EncodedCertificate OWN = selfSigned();
    private static final List<EncodedCertificate> ALL =
            List.of(LEAF, BY_ROOT, BY_OTHER, STRANGE, OWN, ANCHOR, OTHER_ROOT, STRANGE_ROOT);
    private static final List<List<EncodedCertificate>> CHAINS = List.of(
            List.of(LEAF, BY_ROOT),
            List.of(LEAF, BY_OTHER, BY_ROOT),
            List.of(LEAF, BY_ROOT, ANCHOR),
            List.of(LEAF),
            List.of(STRANGE, STRANGE_ROOT),
            List.of(OWN));
    private static final TrustPolicy KNOWING = fresh();

    private static TrustPolicy fresh() {
        return TrustPolicy.pkix(Holder.anchors(ANCHOR, OTHER_ROOT)).and(TrustPolicy.hostname());
    }

    private TrustLists.Opening withDefaults() {
        return opening().authorities(Holder.anchors(STRANGE_ROOT));
    }

    @Property(tries = 25, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatIsRememberedNeverShowsWhateverIsDecidedAndWhateverTimeItIs(@ForAll Random random) throws IOException {
        clock.set(Holder.NOW);
        openEmpty();
        use(withDefaults().open());
        policy = KNOWING.deferringTo(lists);
        Set<Fingerprint> rejected = new HashSet<>();
        for (int step = 0; step < 20; step++) {
            act(random, rejected);
            TrustPolicy unknowing = fresh().deferringTo(withDefaults().open());
            for (List<EncodedCertificate> chain : CHAINS) {
                EncodedCertificate[] presented = chain.toArray(EncodedCertificate[]::new);
                TrustVerdict known = judged(HERE, presented);
                assertSame(unknowing.judge(by(HERE, presented)), known);
                assertSame(known, judged(HERE, presented));
                path(known).forEach(each -> assertFalse(rejected.contains(each.fingerprint()), each::toString));
            }
        }
    }

    private void act(Random random, Set<Fingerprint> rejected) throws IOException {
        EncodedCertificate one = ALL.get(random.nextInt(ALL.size()));
        switch (random.nextInt(7)) {
            case 0, 1 -> {
                lists.reject(Holder.jca(one));
                rejected.add(one.fingerprint());
            }
            case 2 -> {
                lists.delete(one.fingerprint());
                rejected.remove(one.fingerprint());
            }
            case 3, 4 -> {
                if (lists.find(one.fingerprint()).isEmpty()) {
                    lists.importing(Pasted.decode(one.encoded()));
                } else {
                    lists.accept(one.fingerprint(), acceptance(random));
                    rejected.remove(one.fingerprint());
                }
            }
            case 5 -> clock.advance(Duration.ofSeconds(random.nextInt(300)));
            default -> clock.set(end(random, one));
        }
    }

    /** Around the second at which a certificate is not valid any more, or back. */
    private static Instant end(Random random, EncodedCertificate one) {
        return random.nextBoolean() ? Holder.NOW : one.notAfter().plusSeconds(random.nextInt(3) - 1L);
    }

    private Acceptance acceptance(Random random) {
        Acceptance where = random.nextInt(4) == 0 ? Acceptance.at(ELSEWHERE) : Acceptance.everywhere();
        List<TrustCode> waived = new ArrayList<>();
        for (TrustCode code :
                List.of(TrustCode.EXPIRED, TrustCode.UNKNOWN_ISSUER, TrustCode.SELF_SIGNED, TrustCode.WRONG_NAME)) {
            if (random.nextBoolean()) {
                waived.add(code);
            }
        }
        Acceptance how = where.waiving(waived);
        return random.nextBoolean() ? how.until(clock.instant().plusSeconds(random.nextInt(200))) : how;
    }

    private static List<EncodedCertificate> path(TrustVerdict verdict) {
        return verdict.fold(TrustVerdict.Trusted::path, TrustVerdict.Untrusted::path);
    }

    private static void assertSame(TrustVerdict one, TrustVerdict other) {
        assertEquals(one.isTrusted(), other.isTrusted(), () -> one + " or " + other);
        assertEquals(reasons(one), reasons(other));
    }

    private static List<TrustReason> reasons(TrustVerdict verdict) {
        return verdict.fold(trusted -> List.of(), TrustVerdict.Untrusted::reasons);
    }
}
