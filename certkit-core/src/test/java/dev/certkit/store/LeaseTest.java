package dev.certkit.store;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final RecordName NAME = Shelf.of("things").name("a");
    private static final RecordContent NEVER_DUE = RecordContent.of(new byte[0]);
    private static final RecordContent DUE = NEVER_DUE.lookAgainAt(Instant.EPOCH);

    @Test
    void epochAndEndAreThoseOfTheRecord() {
        Lease lease = new Lease(new StoredRecord(NAME, 9, DUE, 8), "worker 1 on host-2");
        assertEquals(8, lease.epoch());
        assertEquals(Instant.EPOCH, lease.until());
    }

    @Test
    void aRecordThatWasNotClaimedIsNoLease() {
        assertThrows(IllegalArgumentException.class, () -> new Lease(new StoredRecord(NAME, 9, DUE, 0), "w"));
        assertThrows(IllegalArgumentException.class, () -> new Lease(new StoredRecord(NAME, 9, NEVER_DUE, 8), "w"));
    }

    @Test
    void ownersAreShortAndPrintable() {
        assertDoesNotThrow(() -> Lease.checkOwner("x".repeat(255)));
        assertThrows(IllegalArgumentException.class, () -> Lease.checkOwner("x".repeat(256)));
        assertThrows(IllegalArgumentException.class, () -> Lease.checkOwner("tab\t"));
    }

    @Test
    void leasesLastFromAMillisecondToAYear() {
        assertDoesNotThrow(() -> Lease.checkTimeToLive(Duration.ofMillis(1)));
        assertDoesNotThrow(() -> Lease.checkTimeToLive(Duration.ofDays(366)));
        assertThrows(IllegalArgumentException.class, () -> Lease.checkTimeToLive(Duration.ofNanos(999_999)));
        assertThrows(
                IllegalArgumentException.class,
                () -> Lease.checkTimeToLive(Duration.ofDays(366).plusMillis(1)));
    }

    @Test
    void revisionsStartAtOneAndEpochsAtZero() {
        assertThrows(IllegalArgumentException.class, () -> new StoredRecord(NAME, 0, DUE, 0));
        assertThrows(IllegalArgumentException.class, () -> new StoredRecord(NAME, 1, DUE, -1));
        assertThrows(IllegalArgumentException.class, () -> new RecordHeader(NAME, 0, DUE.nextAt(), DUE.fingerprint()));
    }
}
