package dev.certkit.renew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.store.Shelf;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The switch for automatic requests: what is locked while it is on, and that nothing but a person turns it. */
@Tag("S14")
class SwitchTest {
    private final RenewerLab lab = new RenewerLab();
    private final Renewer renewer = lab.automatic().open();

    @Test
    void settingsCannotChange() {
        assertTrue(assertThrows(IllegalStateException.class, () -> renewer.change(RenewalSettings.standard()))
                .getMessage()
                .contains("turn them off first"));
    }

    @Test
    void nobodyCanRequestByHand() {
        assertTrue(assertThrows(IllegalStateException.class, () -> renewer.request(RenewerLab.WEB))
                .getMessage()
                .contains("turn them off first"));
    }

    @Test
    void turningThemOffAllowsBothAndStopsRequests() throws IOException {
        renewer.turnOff();
        renewer.change(renewer.settings().keepHistory(5));
        lab.runFor(renewer, Duration.ofDays(1));
        assertEquals(0, lab.authority.calls());

        renewer.turnOn();
        lab.runFor(renewer, Duration.ofMinutes(20));
        assertEquals(1, lab.authority.issued());
    }

    @Test
    void aRequestThatIsUnderWayGoesOnWhenTheyAreTurnedOff() throws IOException {
        lab.authority.set(GatedAuthority.Gate.HOLD);
        lab.runFor(renewer, Duration.ofMinutes(20));
        renewer.turnOff();
        lab.authority.set(GatedAuthority.Gate.OPEN);
        lab.runFor(renewer, Duration.ofHours(3));
        assertEquals(1, lab.authority.issued());
    }

    @Test
    void theyCannotBeOnWithoutAPolicy() {
        assertThrows(IllegalStateException.class, () -> lab.draft().open().turnOn());
    }

    @Test
    void staysOffOverARestartAndForEveryProcess() throws IOException {
        renewer.turnOff();
        renewer.turnOff();
        Renewer restarted = lab.automatic().open();
        assertFalse(restarted.isAutomatic());
        lab.runFor(restarted, Duration.ofDays(1));
        assertEquals(0, lab.authority.calls());
        restarted.request(RenewerLab.WEB);

        restarted.turnOn();
        restarted.turnOn();
        assertTrue(renewer.isAutomatic());
        assertThrows(IllegalStateException.class, () -> lab.automatic().open().request(RenewerLab.WEB));
    }

    @Test
    void isSeenByAnotherProcessInTheMiddleOfItsWork() throws IOException {
        renewer.runDueOnce(10);
        lab.automatic().open().turnOff();
        lab.runFor(renewer, Duration.ofDays(1));
        assertEquals(0, lab.authority.calls());
    }

    @Test
    void isAnotherOneForRenewersOnAnotherShelf() throws IOException {
        renewer.turnOff();
        assertTrue(
                lab.automatic().only(Shelf.of("others"), Set.of("web")).open().isAutomatic());
    }

    @Test
    void settingsWithAPolicyTurnNothingOn() throws IOException {
        Renewer manual = lab.draft().open();
        assertFalse(manual.isAutomatic());
        manual.change(lab.automatic().effectiveSettings());
        assertFalse(manual.isAutomatic());
        lab.runFor(manual, Duration.ofDays(1));
        assertEquals(0, lab.authority.calls());
        manual.turnOn();
        lab.runFor(manual, Duration.ofDays(1));
        assertEquals(1, lab.authority.issued());
    }
}
