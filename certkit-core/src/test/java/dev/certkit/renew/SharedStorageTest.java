package dev.certkit.renew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.KeyType;
import dev.certkit.renew.GatedAuthority.Gate;
import dev.certkit.renew.RequestStatus.State;
import dev.certkit.store.HandTimer;
import dev.certkit.x509.DistinguishedName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several renewers on one storage, and on timers. */
class SharedStorageTest {
    private final RenewerLab lab = new RenewerLab();

    private RenewerDraft fleet(int devices) {
        RenewerDraft draft = lab.draft().at(RenewalPolicy.afterTwoThirds());
        for (int i = 0; i < devices; i++) {
            draft = draft.requesting(
                    RequestFields.of("device-" + i, DistinguishedName.cn("device-" + i + ".example.fr"))
                            .keyType(KeyType.EC_P256));
        }
        return draft;
    }

    @Test
    void eachRequestIsWorkedOnByOneOfMany() throws Exception {
        List<Renewer> renewers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            renewers.add(fleet(40).random(new Random(i)).open());
        }
        renewers.get(0).runDueOnce(1);
        lab.clock.advance(Duration.ofMinutes(10).plusSeconds(1));
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> counts = new ArrayList<>();
            for (Renewer renewer : renewers) {
                counts.add(pool.submit(() -> renewer.runDueOnce(1000)));
            }
            int sum = 0;
            for (Future<Integer> count : counts) {
                sum += count.get();
            }
            assertEquals(40, sum);
        } finally {
            pool.shutdownNow();
        }
        assertEquals(40, lab.authority.issued());
        assertEquals(40, lab.authority.calls());
    }

    @Test
    void whatASlowOneBringsTooLateIsNotWrittenOverWhatTheNextOneDid() throws IOException {
        Renewer renewer = lab.automatic().leasing(Duration.ofMinutes(2)).open();
        renewer.runDueOnce(1);
        lab.clock.set(renewer.status("web").next().orElseThrow());
        Renewer slow = lab.automatic()
                .leasing(Duration.ofMinutes(2))
                .before(name -> {
                    // it sleeps longer than its claim lasts, and another one does the work
                    lab.clock.advance(Duration.ofMinutes(3));
                    try {
                        renewer.runDueOnce(1);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                    return true;
                })
                .open();
        slow.runDueOnce(1);

        assertEquals(1, lab.authority.calls());
        assertEquals(State.SUCCESSFUL, renewer.status("web").state());
        assertEquals(1, renewer.history().size());
    }

    @Test
    void oneThatDiedIsTakenOverWhenItsClaimEnds() throws IOException {
        Renewer renewer = lab.automatic().leasing(Duration.ofMinutes(2)).open();
        renewer.runDueOnce(1);
        lab.clock.set(renewer.status("web").next().orElseThrow());
        lab.storage.claimDue(RenewerLab.SHELF, "died", 1, Duration.ofMinutes(2));
        renewer.runDueOnce(1);
        assertEquals(0, lab.authority.calls());

        lab.clock.advance(Duration.ofMinutes(2));
        renewer.runDueOnce(1);
        assertEquals(1, lab.authority.issued());
    }

    @Test
    void oneDeviceWhoseRecordIsDamagedDoesNotStopTheOthers() throws IOException {
        Renewer renewer = fleet(3).open();
        renewer.runDueOnce(1);
        var stored = lab.storage.find(RenewerLab.SHELF.name("device-1")).orElseThrow();
        lab.storage.replace(
                stored, dev.certkit.store.RecordContent.of(new byte[] {1}).lookAgainAt(lab.clock.instant()));
        lab.runFor(fleet(3).open(), Duration.ofMinutes(20));

        assertEquals(2, lab.authority.issued());
    }

    @Test
    @Tag("S8")
    void theTimerIsArmedOnceForEachTurnAndNotAfterTheEnd() throws IOException {
        HandTimer timer = new HandTimer();
        try (Renewer renewer =
                lab.automatic().checkingEvery(Duration.ofSeconds(15)).start(timer)) {
            assertEquals(List.of(Duration.ZERO), timer.delays());
            for (int i = 0; i < 100; i++) {
                timer.fire();
                // the others are extensions of claims that are over
                List<Duration> turns = timer.delays().stream()
                        .filter(each -> each.toSeconds() < 30)
                        .toList();
                assertEquals(1, turns.size());
                Duration delay = turns.get(0);
                assertTrue(delay.toMillis() >= 7_500 && delay.toMillis() <= 22_500, delay.toString());
                lab.clock.advance(delay);
            }
            assertEquals(State.SUCCESSFUL, renewer.status("web").state());
        }
        timer.fire();
        assertEquals(List.of(), timer.delays());
        timer.shutdownNow();
    }

    @Test
    void aStorageThatFailsForAWhileEndsNothing() throws IOException {
        HandTimer timer = new HandTimer();
        Renewer renewer = lab.automatic().start(timer);
        lab.authority.set(Gate.HOLD);
        lab.storage.close();
        timer.fire();
        assertEquals(1, timer.delays().size());
        renewer.close();
        timer.shutdownNow();
    }
}
