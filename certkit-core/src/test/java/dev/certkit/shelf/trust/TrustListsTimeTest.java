package dev.certkit.shelf.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Pasted;
import dev.certkit.trust.Holder;
import dev.certkit.trust.TrustCode;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Time alone changes what is trusted, and the token tells, though nobody has looked at a list. */
@Tag("G5")
class TrustListsTimeTest extends TrustListsLab {
    /** The token is to change at this moment and neither before nor after it. */
    private void assertChangesAt(Instant moment) {
        clock.set(Holder.NOW);
        long now = lists.changeToken();
        clock.set(moment.minusSeconds(1));
        assertEquals(now, lists.changeToken());
        clock.set(moment);
        long then = lists.changeToken();
        assertNotEquals(now, then);
        clock.set(moment.plusSeconds(1000));
        assertEquals(then, lists.changeToken());
    }

    @Test
    void theEndOfAnAcceptanceChangesTheToken() throws IOException {
        EncodedCertificate own = selfSigned();
        reasons(own);
        Instant end = Holder.NOW.plus(Duration.ofHours(1));
        lists.accept(own.fingerprint(), Acceptance.at(HERE).until(end));
        assertChangesAt(end);
        assertFalse(trusts(own));
    }

    @Test
    void eachOfSeveralEndsDoes() throws IOException {
        for (int i = 0; i < 3; i++) {
            reasons(selfSigned(i));
            Instant end = Holder.NOW.plusSeconds(100L * i + 100);
            lists.accept(selfSigned(i).fingerprint(), Acceptance.everywhere().until(end));
        }
        Set<Long> tokens = new HashSet<>();
        for (int second = 0; second < 400; second++) {
            clock.set(Holder.NOW.plusSeconds(second));
            tokens.add(lists.changeToken());
        }
        assertEquals(4, tokens.size());
    }

    @Test
    void theExpiryOfAnAcceptedCertificateDoes() throws IOException {
        EncodedCertificate own = selfSigned();
        lists.importing(Pasted.decode(own.encoded()));
        assertTrue(trusts(own));
        assertChangesAt(own.notAfter().plusSeconds(1));
        assertEquals(Set.of(TrustCode.EXPIRED), reasons(own));
    }

    @Test
    void butNotWhereExpiryIsWaived() throws IOException {
        EncodedCertificate own = selfSigned();
        reasons(own);
        lists.accept(own.fingerprint(), Acceptance.everywhere().waiving(TrustCode.SELF_SIGNED, TrustCode.EXPIRED));
        long before = lists.changeToken();
        clock.set(own.notAfter().plusSeconds(1));
        assertTrue(trusts(own));
        assertEquals(before, lists.changeToken());
    }

    @Test
    void anEndThatWasTakenBackDoesNot() throws IOException {
        EncodedCertificate own = selfSigned();
        reasons(own);
        lists.accept(own.fingerprint(), Acceptance.everywhere().until(Holder.NOW.plusSeconds(100)));
        lists.accept(own.fingerprint(), Acceptance.everywhere());
        long before = lists.changeToken();
        clock.set(Holder.NOW.plusSeconds(200));
        assertEquals(before, lists.changeToken());
        assertTrue(trusts(own));
    }

    @Test
    void anEndIsKnownAfterARestartAndToAnotherProgram() throws IOException {
        EncodedCertificate own = selfSigned();
        reasons(own);
        TrustLists other = opening().open();
        other.accept(own.fingerprint(), Acceptance.everywhere().until(Holder.NOW.plusSeconds(100)));
        assertChangesAt(Holder.NOW.plusSeconds(100));
        clock.set(Holder.NOW);
        reopen();
        assertChangesAt(Holder.NOW.plusSeconds(100));
    }

    @Test
    void theExpiryOfADefaultAuthorityIsAnEventOnceAndChangesTheToken() throws IOException {
        use(opening().authorities(Holder.anchors(ANCHOR, STRANGE_ROOT)).open());
        Instant end = ANCHOR.notAfter().plusSeconds(1);
        assertEquals(ANCHOR.notAfter(), STRANGE_ROOT.notAfter());
        assertChangesAt(end);
        lists.moveExpired();
        lists.authorities();
        trusts(PRINTER.serverBy(ROOT));
        assertEquals(
                List.of("INVALID Root", "INVALID Stranger"),
                events.stream()
                        .filter(event -> event.startsWith("INVALID"))
                        .sorted()
                        .toList());
        events.clear();
        clock.set(Holder.NOW);
        lists.changeToken();
        clock.set(end);
        lists.moveExpired();
        assertEquals(List.of(), events, "also where a clock was set back meanwhile");
        use(opening().authorities(Holder.anchors(ANCHOR)).open());
        lists.moveExpired();
        assertEquals(List.of(), events, "what has expired before the lists are opened is no news");
    }

    @Test
    void aDefaultAuthorityThatWasRejectedExpiresWithoutNews() throws IOException {
        use(opening().authorities(Holder.anchors(ANCHOR)).open());
        lists.reject(ANCHOR.fingerprint());
        events.clear();
        clock.set(ANCHOR.notAfter().plusSeconds(1));
        lists.moveExpired();
        assertEquals(List.of(), events);
    }
}
