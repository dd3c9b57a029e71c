package dev.certkit.renew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.renew.GatedAuthority.Gate;
import dev.certkit.renew.RequestError.Kind;
import dev.certkit.renew.RequestStatus.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The four words of a device's display, each with its date and time. */
@Tag("S10")
class RequestStatusTest {
    private final RenewerLab lab = new RenewerLab();
    private final Renewer renewer = lab.automatic().open();

    private RequestStatus afterFirstRequest(Gate gate) throws IOException {
        renewer.runDueOnce(1);
        lab.authority.set(gate);
        lab.clock.set(renewer.status("web").next().orElseThrow());
        renewer.runDueOnce(1);
        return renewer.status("web");
    }

    @Test
    void ofNothingThatAnybodyAskedForSaysSo() throws IOException {
        RequestStatus status = renewer.status("other");
        assertEquals(State.TO_BE_PROCESSED, status.state());
        assertEquals(Optional.empty(), status.next());
        assertEquals("to be processed; nothing planned (not looked after)", status.toString());
    }

    @Test
    void toBeProcessedHasTheNextDateAndTime() throws IOException {
        renewer.runDueOnce(1);
        RequestStatus status = renewer.status("web");
        assertEquals(State.TO_BE_PROCESSED, status.state());
        assertEquals(Optional.empty(), status.since());
        assertTrue(status.next().orElseThrow().isAfter(lab.clock.instant()), status.toString());
        assertTrue(status.toString().startsWith("to be processed; next 2026-11-22T05:0"), status.toString());
    }

    @Test
    void processingHasTheBeginAndWhatItWaitsFor() throws IOException {
        RequestStatus status = afterFirstRequest(Gate.HOLD);
        Instant begun = lab.clock.instant();
        assertEquals(State.PROCESSING, status.state());
        assertEquals(Optional.of(begun), status.since());
        assertEquals(Kind.DEFERRED, status.error().orElseThrow().kind());
        assertTrue(status.next().orElseThrow().isAfter(begun), status.toString());
        assertTrue(status.toString().startsWith("processing since " + begun + ", deferred; next "), status.toString());
    }

    @Test
    void errorHasItsTimeAndItsReasonAndTheNextTime() throws IOException {
        RequestStatus status = afterFirstRequest(Gate.REFUSE);
        assertEquals(State.ERROR, status.state());
        assertEquals(Optional.of(lab.clock.instant()), status.since());
        assertEquals(
                "error since " + lab.clock.instant() + ", failInfo 2 (badRequest): unknown device",
                status.toString().substring(0, status.toString().indexOf("; next ")));
        assertTrue(status.next().orElseThrow().isAfter(lab.clock.instant().plus(Duration.ofHours(2))));
    }

    @Test
    void successfulHasTheTimeOfTheIssueAndOfTheNextRequest() throws IOException {
        RequestStatus status = afterFirstRequest(Gate.OPEN);
        assertEquals(State.SUCCESSFUL, status.state());
        assertEquals(Optional.of(lab.clock.instant()), status.since());
        assertEquals(Optional.empty(), status.error());
        Duration wait = Duration.between(lab.clock.instant(), status.next().orElseThrow());
        assertTrue(wait.toDays() >= 59 && wait.toDays() <= 60, status.toString());
    }

    @Test
    void aRenewalUnderWayIsProcessingAlthoughTheLastOneSucceeded() throws IOException {
        afterFirstRequest(Gate.OPEN);
        assertEquals(State.PROCESSING, afterFirstRequest(Gate.UNREACHABLE).state());
        assertEquals(Kind.TCP, renewer.status("web").error().orElseThrow().kind());
    }

    @Test
    @Tag("S11")
    void theRegistrationLimitHasItsOwnWords() {
        assertEquals(
                "key and certificate registration limit: delete a key that is not in use",
                RequestError.of(Kind.KEY_LIMIT, "delete a key that is not in use")
                        .toString());
        assertEquals("TCP error, HTTP status 503: busy", new RequestError(Kind.HTTP_STATUS, 503, "busy").toString());
    }
}
