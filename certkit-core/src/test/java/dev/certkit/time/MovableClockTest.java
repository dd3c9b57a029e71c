package dev.certkit.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class MovableClockTest {
    private final MovableClock clock = MovableClock.at("2026-11-22T10:00:00Z");

    @Test
    void itMovesOnlyWhenItIsMoved() {
        assertEquals(Instant.parse("2026-11-22T10:00:00Z"), clock.instant());
        clock.advance(Duration.ofHours(2));
        clock.advance(Duration.ofHours(-1));
        assertEquals(Instant.parse("2026-11-22T11:00:00Z"), clock.instant());
        clock.set(Instant.EPOCH);
        assertEquals(0, clock.millis());
    }

    @Test
    void aCopyInAnotherZoneMovesWithIt() {
        Clock inParis = clock.withZone(ZoneId.of("Europe/Paris"));
        clock.set(Instant.EPOCH);
        assertEquals(Instant.EPOCH, inParis.instant());
        assertEquals(ZoneId.of("Europe/Paris"), inParis.getZone());
    }
}
