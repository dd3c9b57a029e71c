package dev.certkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryStorageTest extends StorageContract {
    @Override
    protected Storage open(Clock clock) {
        return InMemoryStorage.empty(clock);
    }

    @Test
    void withoutAClockItIsOnTheSystems() throws IOException {
        try (Storage onSystemClock = InMemoryStorage.empty()) {
            Instant before = Instant.now();
            onSystemClock.create(SHELF.name("a"), content("x").lookAgainAt(before));
            Lease lease =
                    onSystemClock.claimDue(SHELF, "w", 1, Duration.ofHours(1)).get(0);
            assertTrue(lease.until().isAfter(before.plus(Duration.ofMinutes(59))));
        }
    }

    @Test
    void twoAreNotOne() throws IOException {
        try (Storage other = InMemoryStorage.empty(clock)) {
            StoredRecord here = put("a", content("x"));
            assertEquals(0, other.list(SHELF, Optional.empty(), 10).size());
            assertThrows(StaleRecordException.class, () -> other.delete(here));
        }
    }
}
