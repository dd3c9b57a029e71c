package dev.certkit.renew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.identity.CertifiedKey;
import dev.certkit.renew.GatedAuthority.Gate;
import dev.certkit.time.MovableClock;
import dev.certkit.x509.Validity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/**
 * A device whose clock steps at random, and an authority whose clock is right: true time goes on a turn at a time, beside it
 * goes the device's.
 */
@Tag("S15")
class ClockProperties {
    private static final Duration TURN = Duration.ofMinutes(5);
    private static final int TURNS_OF_AN_HOUR = 12;

    /** The steps that clocks make: never set, far ahead, a wrong month, summer time, corrections. */
    private static final Duration[] ERRORS = {
        Duration.between(RenewerLab.NOW, Instant.EPOCH),
        Duration.between(RenewerLab.NOW, Instant.parse("2099-12-31T23:59:00Z")),
        Duration.ofDays(80),
        Duration.ofDays(-80),
        Duration.ofDays(3650),
        Duration.ofHours(1),
        Duration.ofHours(-1),
        Duration.ofMinutes(13),
        Duration.ofMinutes(-4),
        Duration.ofSeconds(2)
    };

    /** A device whose clock is wrong by an error that changes. */
    private static final class Device {
        private final MovableClock truth = MovableClock.at(RenewerLab.NOW);
        private final RenewerLab lab = new RenewerLab(truth);
        private final Random random;
        private final Gate[] gates;
        private Duration error = Duration.ZERO;
        private Renewer renewer;
        private int ahead;
        private int callsBefore;
        private int busiest;

        Device(long seed, Gate... gates) throws IOException {
            this.random = new Random(seed);
            this.gates = gates;
            this.renewer = lab.automatic().random(random).open();
            for (int i = 0; i < 4; i++) {
                lab.authority.set(Gate.OPEN);
                turn();
            }
        }

        Instant now() {
            return truth.instant();
        }

        /** One turn of true time; the device sees its own. */
        void turn() throws IOException {
            turn(TURN);
        }

        void turn(Duration length) throws IOException {
            truth.advance(length);
            lab.clock.set(now().plus(error));
            renewer.runDueOnce(1000);
        }

        /** An hour in which the clock may step, back and forth, as often as it likes, and the device may restart. */
        void hour(boolean isSteppy) throws IOException {
            for (int i = 0; i < TURNS_OF_AN_HOUR; i++) {
                if (isSteppy && random.nextInt(6) == 0) {
                    error = random.nextInt(3) == 0 ? Duration.ZERO : ERRORS[random.nextInt(ERRORS.length)];
                    ahead += error.compareTo(Duration.ofDays(60)) > 0 ? 1 : 0;
                }
                if (random.nextInt(20) == 0) {
                    renewer = lab.automatic().random(random).open();
                }
                lab.authority.set(gates[random.nextInt(gates.length)]);
                turn();
            }
            int calls = lab.authority.calls();
            busiest = Math.max(busiest, calls - callsBefore);
            callsBefore = calls;
        }

        void setRight() {
            error = Duration.ZERO;
        }
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF)
    void aClockThatStepsNeitherStormsNorLoses(@ForAll long seed) throws IOException {
        Device device = new Device(seed, Gate.OPEN, Gate.UNREACHABLE, Gate.SERVER_ERROR, Gate.HOLD);
        for (int hour = 0; hour < 200; hour++) {
            device.hour(true);
            assertTrue(device.busiest <= 24, device.busiest + " requests in an hour, seed " + seed);
        }
        int issued = device.lab.authority.issued();
        assertTrue(
                issued <= 1 + device.ahead, issued + " certificates, " + device.ahead + " times ahead, seed " + seed);
        healed(device, seed);
    }

    /** The clock is right again, and so is the plan within a turn; the certificate is renewed in time, and once. */
    private static void healed(Device device, long seed) throws IOException {
        device.setRight();
        device.turn();
        Validity current = device.lab.current().chain().validity();
        RequestStatus status = device.renewer.status("web");
        Instant start =
                current.notBefore().plus(current.length().multipliedBy(2).dividedBy(3));
        Instant latest = (start.isBefore(device.now()) ? device.now() : start).plus(Duration.ofHours(6));
        assertTrue(!status.next().orElseThrow().isAfter(latest), status + ", latest " + latest + ", seed " + seed);
        Instant stored = device.lab
                .storage
                .find(RenewerLab.SHELF.name("web"))
                .orElseThrow()
                .content()
                .nextAt()
                .orElseThrow();
        assertTrue(!stored.isAfter(latest), "stored " + stored + ", latest " + latest + ", seed " + seed);
    }

    @Property(tries = 5, shrinking = ShrinkingMode.OFF)
    void aMinuteIn2099LeavesNothingBehind(@ForAll long seed) throws IOException {
        Device device = new Device(seed, Gate.OPEN, Gate.UNREACHABLE);
        device.error = ERRORS[1];
        device.turn();
        healed(device, seed);
        for (int half = 0; half < 2 * 70; half++) {
            device.turn(Duration.ofHours(12));
        }
        assertTrue(device.lab.authority.issued() <= 3, device.lab.authority.issued() + " certificates, seed " + seed);
        assertTrue(device.lab
                .current()
                .chain()
                .validity()
                .notAfter()
                .isAfter(device.now().plus(Duration.ofDays(60))));
    }

    @Property(tries = 3, shrinking = ShrinkingMode.OFF)
    void aClockThatStaysAheadAsksOnceADay(@ForAll long seed) throws IOException {
        for (Duration ahead : new Duration[] {ERRORS[1], ERRORS[2]}) {
            Device device = new Device(seed, Gate.OPEN);
            device.error = ahead;
            for (int hour = 0; hour < 24 * 10; hour++) {
                device.hour(false);
            }
            assertTrue(
                    device.lab.authority.issued() <= 22, device.lab.authority.issued() + " certificates in ten days");
            CertifiedKey before = device.lab.current();
            device.setRight();
            device.hour(false);
            assertEquals(before.chain(), device.lab.current().chain(), "the last one is good");
            healed(device, seed);
        }
    }
}
