package dev.certkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.certkit.x509.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordContentTest {
    private static final Instant TIME = Instant.parse("2026-11-22T10:00:00.001Z");
    private static final Fingerprint FINGERPRINT = Fingerprint.sha256(new byte[1]);

    @Test
    void thePayloadHasAtMostOneMebibyte() {
        assertEquals(1_048_576, RecordContent.of(new byte[1_048_576]).payload().length);
        assertThrows(IllegalArgumentException.class, () -> RecordContent.of(new byte[1_048_577]));
    }

    @Test
    void thePayloadIsCopiedInAndOut() {
        byte[] payload = {1};
        RecordContent content = RecordContent.of(payload);
        payload[0] = 2;
        content.payload()[0] = 3;
        assertArrayEquals(new byte[] {1}, content.payload());
    }

    @Test
    void timesAreCutToTheMillisecond() {
        assertEquals(
                Optional.of(TIME),
                RecordContent.of(new byte[0])
                        .lookAgainAt(TIME.plusNanos(999_999))
                        .nextAt());
    }

    @Test
    void timesOutsideTheYears1To9999AreRefused() {
        RecordContent content = RecordContent.of(new byte[0]);
        for (String time : new String[] {"0000-12-31T23:59:59.999Z", "+10000-01-01T00:00:00Z"}) {
            assertThrows(IllegalArgumentException.class, () -> content.lookAgainAt(Instant.parse(time)));
        }
        assertThrows(IllegalArgumentException.class, () -> content.lookAgainAt(Instant.MAX));
        assertThrows(IllegalArgumentException.class, () -> content.lookAgainAt(Instant.MIN));
    }

    @Test
    void eachPartCountsForEquality() {
        RecordContent content = RecordContent.of(new byte[1]);
        assertEquals(content, RecordContent.of(new byte[1]));
        assertEquals(content.hashCode(), RecordContent.of(new byte[1]).hashCode());
        assertNotEquals(content, RecordContent.of(new byte[2]));
        assertNotEquals(content, content.lookAgainAt(TIME));
        assertNotEquals(content, content.indexedBy(FINGERPRINT));
        assertEquals(
                content.lookAgainAt(TIME).indexedBy(FINGERPRINT),
                content.indexedBy(FINGERPRINT).lookAgainAt(TIME));
        assertEquals(Optional.empty(), content.nextAt());
        assertEquals(Optional.empty(), content.fingerprint());
    }

    @Test
    void thePayloadIsNeverPrinted() {
        RecordContent content = RecordContent.of("canary".getBytes(StandardCharsets.UTF_8))
                .lookAgainAt(TIME)
                .indexedBy(FINGERPRINT);
        StoredRecord record = new StoredRecord(Shelf.of("a").name("b"), 1, content, 1);
        assertFalse(new Lease(record, "w").toString().contains("canary"));
        assertEquals("6 bytes, due 2026-11-22T10:00:00.001Z, " + FINGERPRINT, content.toString());
    }
}
