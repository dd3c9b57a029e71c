package dev.certkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StaleRecordExceptionTest {
    private static final RecordName NAME = Shelf.of("things").name("line\nbreak");
    private static final StoredRecord KNOWN = new StoredRecord(NAME, 5, RecordContent.of(new byte[1]), 0);
    private static final StoredRecord PRESENT = new StoredRecord(NAME, 7, RecordContent.of(new byte[1]), 0);

    @Test
    void theFactsAreThere() {
        StaleRecordException exists = StaleRecordException.exists(PRESENT.header());
        assertEquals(OptionalLong.empty(), exists.expectedRevision());
        assertEquals(OptionalLong.of(7), exists.actualRevision());
        StaleRecordException gone = StaleRecordException.gone(KNOWN);
        assertEquals(OptionalLong.of(5), gone.expectedRevision());
        assertEquals(OptionalLong.empty(), gone.actualRevision());
        StaleRecordException changed = StaleRecordException.changed(KNOWN, PRESENT.header());
        assertEquals(OptionalLong.of(5), changed.expectedRevision());
        assertEquals(OptionalLong.of(7), changed.actualRevision());
        assertEquals(NAME, changed.name());
    }

    @Test
    void aBackEndChecksWhatIsThereAgainstWhatIsExpected() throws StaleRecordException {
        StaleRecordException.check(KNOWN, Optional.of(KNOWN.header()));
        StaleRecordException gone =
                assertThrows(StaleRecordException.class, () -> StaleRecordException.check(KNOWN, Optional.empty()));
        assertEquals(OptionalLong.empty(), gone.actualRevision());
        StaleRecordException changed = assertThrows(
                StaleRecordException.class, () -> StaleRecordException.check(KNOWN, Optional.of(PRESENT.header())));
        assertEquals(OptionalLong.of(7), changed.actualRevision());
    }

    @Test
    void messagesNameTheRecordOnOneLine() {
        for (StaleRecordException e : List.of(
                StaleRecordException.exists(PRESENT.header()),
                StaleRecordException.gone(KNOWN),
                StaleRecordException.changed(KNOWN, PRESENT.header()))) {
            assertTrue(e.getMessage().startsWith("things/line\\u000abreak "), e.getMessage());
            assertFalse(e.getMessage().contains("\n"), e.getMessage());
        }
    }
}
