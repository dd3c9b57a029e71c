package dev.certkit.store.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.certkit.store.Lease;
import dev.certkit.store.RecordContent;
import dev.certkit.store.StoredRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that shares a file with others stands still beyond its lease; a directory is shared with nobody. */
class PausedWorkerTest {
    @TempDir
    Path place;

    private static RecordContent content(String payload) {
        return RecordContent.of(payload.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void whoseRecordWasTakenOverIsRefusedWhateverItWrites() throws IOException {
        try (Medium.Open open = Medium.SQLITE.open(place)) {
            open.storage().create(PausedProgram.SHELF.name("a"), content("x").lookAgainAt(Instant.EPOCH));
            try (ChildJvm child = ChildJvm.start(PausedProgram.class, Medium.SQLITE.name(), place.toString())) {
                assertEquals("claimed", child.line());
                child.stop();
                List<Lease> taken;
                do {
                    taken = open.storage().claimDue(PausedProgram.SHELF, "other", 1, Duration.ofHours(1));
                } while (taken.isEmpty());
                child.goOn();
                child.enter();
                assertEquals(
                        List.of("complete refused", "extend refused", "replace refused", "delete refused"),
                        child.remainingLines());
                StoredRecord done = open.storage().complete(taken.get(0), content("by the other"));
                assertEquals(done, open.storage().find(done.name()).orElseThrow());
            }
        }
    }
}
