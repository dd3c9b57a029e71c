package dev.certkit.renew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.renew.GatedAuthority.Gate;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clocks that jump: nothing is lost, nothing storms. */
@Tag("S15")
class ClockTest {
    private final RenewerLab lab = new RenewerLab();

    @Test
    void aDeviceThatWakesIn1970KeepsItsPlanAndDoesNothing() throws IOException {
        CertifiedKey first = lab.enrolled(lab.automatic().open());
        Instant planned = lab.automatic().open().status("web").next().orElseThrow();
        lab.clock.set(Instant.EPOCH.plusSeconds(30));

        Renewer woken = lab.automatic().open();
        lab.runFor(woken, Duration.ofDays(1));
        assertEquals(planned, woken.status("web").next().orElseThrow());
        assertEquals(1, lab.authority.calls());

        lab.clock.set(RenewerLab.NOW.plus(Duration.ofDays(30)));
        lab.runFor(woken, Duration.ofDays(1));
        assertEquals(planned, woken.status("web").next().orElseThrow());
        assertEquals(first.chain(), lab.current().chain());
    }

    @Test
    void aClockThatIsSetWhenAllAreOverdueMovesEachByChanceOnce() throws IOException {
        TreeSet<Instant> starts = new TreeSet<>();
        for (int device = 0; device < 50; device++) {
            RenewerLab each = new RenewerLab();
            Renewer renewer = each.automatic().random(new Random(device)).open();
            each.enrolled(renewer);
            each.clock.set(Instant.EPOCH);
            renewer.runDueOnce(1);
            each.clock.set(RenewerLab.NOW.plus(Duration.ofDays(75)));
            renewer.runDueOnce(1);

            assertEquals(1, each.authority.issued(), "it did not wait");
            Instant moved = renewer.status("web").next().orElseThrow();
            assertTrue(
                    renewer.status("web").why().startsWith("made up for the start that was missed at 2027-01-2"),
                    renewer.status("web").why());
            starts.add(moved);
            renewer.runDueOnce(1);
            assertEquals(moved, renewer.status("web").next().orElseThrow());
            each.runFor(renewer, Duration.ofMinutes(11));
            assertEquals(2, each.authority.issued());
        }
        Duration span = Duration.between(starts.first(), starts.last());
        assertTrue(starts.size() == 50 && span.toMinutes() >= 5, span.toString());
    }

    @Test
    void aClockThatWasAheadByYearsLosesNothingWhenItIsSetBack() throws IOException {
        Renewer renewer = lab.automatic().open();
        lab.enrolled(renewer);
        lab.authority.set(Gate.UNREACHABLE);
        lab.clock.set(Instant.parse("2037-01-01T00:00:00Z"));
        lab.runFor(renewer, Duration.ofDays(3));

        lab.clock.set(RenewerLab.NOW.plus(Duration.ofDays(1)));
        lab.authority.set(Gate.OPEN);
        renewer.runDueOnce(10);
        assertTrue(renewer.status("web").next().orElseThrow().isBefore(RenewerLab.NOW.plus(Duration.ofDays(62))));
        lab.runFor(renewer, Duration.ofDays(62));

        assertTrue(lab.authority.issued() >= 2, "the renewal was lost");
        assertTrue(lab.authority.issued() <= 3, lab.authority.issued() + " certificates");
        assertTrue(lab.current().chain().validity().contains(lab.clock.instant()));
    }

    @Test
    void aClaimMadeByAClockThatWasAheadIsGivenUp() throws IOException {
        Renewer renewer = lab.automatic().open();
        lab.enrolled(renewer);
        lab.clock.set(Instant.parse("2037-01-01T00:00:00Z"));
        assertEquals(
                1,
                lab.storage
                        .claimDue(RenewerLab.SHELF, "died", 1, Duration.ofMinutes(2))
                        .size());
        lab.clock.set(RenewerLab.NOW.plus(Duration.ofDays(60).plusMinutes(20)));

        lab.runFor(lab.automatic().open(), Duration.ofMinutes(20));

        assertEquals(2, lab.authority.issued());
    }

    @Test
    void aClockThatIsAheadOnlyWhileAnAnswerComesIsSeenAtTheNextTurn() throws IOException {
        Renewer renewer = lab.automatic()
                .before(name -> {
                    lab.clock.advance(Duration.ofDays(26_000));
                    return true;
                })
                .open();
        renewer.runDueOnce(1);
        lab.authority.set(Gate.SERVER_ERROR);
        lab.clock.set(renewer.status("web").next().orElseThrow());
        Instant rightTime = lab.clock.instant();
        renewer.runDueOnce(1);
        lab.clock.set(rightTime.plusSeconds(15));
        assertTrue(renewer.status("web").next().orElseThrow().isAfter(rightTime.plus(Duration.ofDays(25_000))));

        renewer.runDueOnce(1);

        Instant next = renewer.status("web").next().orElseThrow();
        assertTrue(next.isBefore(rightTime.plus(Duration.ofMinutes(11))), next.toString());
    }

    @Test
    void aDeferredRequestOf2099IsNotPolledUntilThen() throws IOException {
        lab.clock.set(Instant.parse("2099-12-31T23:59:00Z"));
        lab.authority.set(Gate.HOLD);
        Renewer renewer = lab.automatic().open();
        lab.runFor(renewer, Duration.ofHours(1));
        assertTrue(lab.authority.polls() > 1);

        lab.clock.set(RenewerLab.NOW);
        renewer.runDueOnce(1);
        Instant next = renewer.status("web").next().orElseThrow();
        assertTrue(!next.isAfter(RenewerLab.NOW.plusSeconds(600)), next.toString());
        lab.runFor(renewer, Duration.ofDays(7).plusHours(2));

        Attempt first = renewer.history().get(renewer.history().size() - 1);
        assertEquals("deferred", first.outcome().error().orElseThrow().toString());
        assertEquals(RenewerLab.NOW, first.begun());
    }

    @Test
    void anHourBackAndForthChangesNothing() throws IOException {
        Renewer renewer = lab.automatic().open();
        lab.enrolled(renewer);
        Instant planned = renewer.status("web").next().orElseThrow();
        for (int i = 0; i < 20; i++) {
            lab.clock.advance(Duration.ofHours(i % 2 == 0 ? 26 : -1));
            renewer.runDueOnce(10);
        }
        assertEquals(planned, renewer.status("web").next().orElseThrow());
        assertEquals(1, lab.authority.calls());
    }

    @Test
    void aFirstCertificateIsRequestedEvenIn1970() throws IOException {
        lab.clock.set(Instant.EPOCH);
        Renewer renewer = lab.automatic().open();
        lab.authority.set(Gate.UNREACHABLE);
        lab.runFor(renewer, Duration.ofHours(1));
        assertTrue(lab.authority.calls() > 1);

        lab.authority.set(Gate.OPEN);
        lab.clock.set(RenewerLab.NOW);
        renewer.runDueOnce(10);
        lab.runFor(renewer, Duration.ofMinutes(20));

        assertEquals(1, lab.authority.issued());
    }

    @Test
    void anExpiredCertificateIsNeverDeleted() throws IOException {
        Renewer renewer = lab.automatic().open();
        CertifiedKey first = lab.enrolled(renewer);
        lab.authority.set(Gate.REFUSE);
        lab.runFor(renewer, Duration.ofDays(400));

        assertEquals(first.chain(), lab.current().chain());
        assertFalse(renewer.status("web").next().isEmpty());
        assertEquals(List.of("web"), lab.identities.names());
    }
}
