package dev.certkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The part of {@link StorageContract} about single calls: records, their names, and lists of them. */
abstract class StorageRecordContract extends StorageFixture {
    @Nested
    class Records {
        @Test
        void absentIsEmpty() throws IOException {
            assertEquals(Optional.empty(), storage.find(SHELF.name("a")));
        }

        @Test
        void theCreatedIsFound() throws IOException {
            RecordContent content = content("payload")
                    .lookAgainAt(START.plusNanos(1_999_999))
                    .indexedBy(Fingerprint.sha256(new byte[] {7}));
            StoredRecord created = put("a", content);
            assertEquals(new StoredRecord(SHELF.name("a"), created.revision(), content, 0), created);
            assertEquals(Optional.of(created), storage.find(SHELF.name("a")));
            assertEquals(Optional.of(START.plusMillis(1)), created.content().nextAt());
        }

        @Test
        void creatingTwiceIsRefusedWithTheFacts() throws IOException {
            StoredRecord first = put("a", content("first"));
            StaleRecordException refused = assertThrows(StaleRecordException.class, () -> put("a", content("second")));
            assertEquals(SHELF.name("a"), refused.name());
            assertEquals(OptionalLong.empty(), refused.expectedRevision());
            assertEquals(OptionalLong.of(first.revision()), refused.actualRevision());
            assertEquals(first, get("a"));
        }

        @Test
        void theReplacedHasTheNewContentAndAHigherRevision() throws IOException {
            StoredRecord first = put("a", content("1").lookAgainAt(START).indexedBy(Fingerprint.sha256(new byte[1])));
            StoredRecord second = storage.replace(first, content("2"));
            assertEquals(content("2"), second.content());
            assertTrue(second.revision() > first.revision());
            assertEquals(second, get("a"));
        }

        @Test
        void replacingAnOldRevisionIsRefusedWithTheFacts() throws IOException {
            StoredRecord first = put("a", content("1"));
            StoredRecord second = storage.replace(first, content("2"));
            StaleRecordException refused =
                    assertThrows(StaleRecordException.class, () -> storage.replace(first, content("3")));
            assertEquals(OptionalLong.of(first.revision()), refused.expectedRevision());
            assertEquals(OptionalLong.of(second.revision()), refused.actualRevision());
            assertEquals(second, get("a"));
        }

        @Test
        void theDeletedIsAbsentEverywhere() throws IOException {
            Fingerprint fingerprint = Fingerprint.sha256(new byte[1]);
            storage.delete(put("a", content("1").lookAgainAt(START).indexedBy(fingerprint)));
            assertEquals(Optional.empty(), storage.find(SHELF.name("a")));
            assertEquals(Optional.empty(), storage.findByFingerprint(SHELF, fingerprint));
            assertEquals(List.of(), names(10));
            assertEquals(List.of(), due(Instant.MAX, 10));
        }

        @Test
        void deletingAnOldRevisionIsRefused() throws IOException {
            StoredRecord first = put("a", content("1"));
            StoredRecord second = storage.replace(first, content("2"));
            assertThrows(StaleRecordException.class, () -> storage.delete(first));
            assertEquals(second, get("a"));
        }

        @Test
        void whatIsGoneIsNeitherReplacedNorDeleted() throws IOException {
            StoredRecord gone = put("a", content("1"));
            storage.delete(gone);
            StaleRecordException refused =
                    assertThrows(StaleRecordException.class, () -> storage.replace(gone, content("2")));
            assertEquals(OptionalLong.empty(), refused.actualRevision());
            assertThrows(StaleRecordException.class, () -> storage.delete(gone));
            assertEquals(Optional.empty(), storage.find(SHELF.name("a")));
        }

        @Test
        void revisionsNeverRepeatOverDeletion() throws IOException {
            List<StoredRecord> earlier = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                StoredRecord created = put("a", content("x"));
                earlier.forEach(old -> assertTrue(old.revision() < created.revision()));
                earlier.forEach(old ->
                        assertThrows(StaleRecordException.class, () -> storage.replace(old, content("of before"))));
                earlier.add(created);
                storage.delete(created);
            }
        }

        @Test
        void payloadsOfAllSizesComeBackUnchanged() throws IOException {
            for (int size : new int[] {0, 1, 4095, 4096, 65_537, RecordContent.MAX_PAYLOAD}) {
                byte[] payload = new byte[size];
                new Random(size).nextBytes(payload);
                put("of " + size, RecordContent.of(payload));
                assertArrayEquals(payload, get("of " + size).content().payload());
            }
        }

        @Test
        void thePayloadIsCopiedInAndOut() throws IOException {
            byte[] payload = {1, 2, 3};
            StoredRecord created = put("a", RecordContent.of(payload));
            payload[0] = 9;
            created.content().payload()[1] = 9;
            assertArrayEquals(new byte[] {1, 2, 3}, get("a").content().payload());
        }

        @Test
        void theFirstAndTheLastTimeAreKept() throws IOException {
            for (String time :
                    List.of("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z")) {
                put(time, content("x").lookAgainAt(Instant.parse(time)));
                assertEquals(
                        Optional.of(Instant.parse(time)), get(time).content().nextAt());
            }
        }
    }

    @Nested
    class Names {
        @Test
        void hostileNamesAreKeptExactlyAndEachIsARecordOfItsOwn() throws IOException {
            for (String name : HostileNames.ALL) {
                put(name, content("of " + name));
            }
            for (String name : HostileNames.ALL) {
                assertEquals("of " + name, text(get(name)));
                assertEquals(name, get(name).name().text());
            }
            assertEquals(HostileNames.inCodePointOrder(), names(1000));
        }

        @Test
        void theSameTextOnAnotherShelfIsAnotherRecord() throws IOException {
            for (String shelf : List.of("a", "a-b", "a0", "ab", "a-")) {
                storage.create(Shelf.of(shelf).name("same"), content(shelf));
            }
            for (String shelf : List.of("a", "a-b", "a0", "ab", "a-")) {
                RecordName name = Shelf.of(shelf).name("same");
                assertEquals(shelf, text(storage.find(name).orElseThrow()));
                assertEquals(
                        1, storage.list(Shelf.of(shelf), Optional.empty(), 10).size());
            }
        }
    }

    @Nested
    class Lists {
        private void fill(int count) throws IOException {
            for (int i = 0; i < count; i++) {
                put(String.format("%03d", i), content("x"));
            }
        }

        @Test
        void pagesFollowOneAnotherInTheOrderOfNames() throws IOException {
            fill(25);
            assertEquals(expected(0, 10), names(10));
            assertEquals(expected(10, 20), page("009"));
            assertEquals(expected(20, 25), page("019"));
            assertEquals(List.of(), page("024"));
        }

        private List<String> expected(int from, int to) {
            return IntStream.range(from, to)
                    .mapToObj(i -> String.format("%03d", i))
                    .toList();
        }

        private List<String> page(String after) throws IOException {
            return texts(storage.list(SHELF, Optional.of(after), 10));
        }

        @Test
        void aHeaderTellsWhatTheRecordTells() throws IOException {
            StoredRecord record = put("a", content("x").lookAgainAt(START).indexedBy(Fingerprint.sha256(new byte[1])));
            assertEquals(List.of(record.header()), storage.list(SHELF, Optional.empty(), 10));
            assertEquals(List.of(record.header()), storage.dueBefore(SHELF, Instant.MAX, 10));
        }

        @Test
        void pagingUnderChangeListsEachLastingRecordOnce() throws IOException {
            fill(30);
            List<String> seen = new ArrayList<>(names(10));
            storage.delete(get("009"));
            storage.delete(get("015"));
            put("0005", content("before the page"));
            put("0205", content("after the page"));
            storage.replace(get("020"), content("changed"));
            for (List<String> page = page("009"); !page.isEmpty(); page = page(page.get(page.size() - 1))) {
                seen.addAll(page);
            }
            List<String> expected = new ArrayList<>(expected(0, 30));
            expected.remove("015");
            expected.add(expected.indexOf("021"), "0205");
            assertEquals(expected, seen);
        }

        @Test
        void dueAreThoseBeforeTheEndByTimeThenName() throws IOException {
            put("b", content("x").lookAgainAt(START));
            put("a", content("x").lookAgainAt(START));
            put("z", content("x").lookAgainAt(START.minusMillis(1)));
            put("later", content("x").lookAgainAt(START.plusMillis(1)));
            put("never", content("x"));
            storage.create(Shelf.of("others").name("c"), content("x").lookAgainAt(START));
            assertEquals(List.of("z"), due(START, 10));
            assertEquals(List.of("z", "a", "b"), due(START.plusMillis(1), 10));
            assertEquals(List.of("z", "a"), due(START.plusMillis(1), 2));
            assertEquals(List.of("z", "a", "b", "later"), due(Instant.MAX, 10));
            assertEquals(List.of(), due(Instant.MIN, 10));
        }

        @Test
        void aReplacedRecordIsDueAtItsNewTimeOnly() throws IOException {
            StoredRecord record = put("a", content("x").lookAgainAt(START));
            record = storage.replace(record, content("x").lookAgainAt(START.plusSeconds(9)));
            assertEquals(List.of(), due(START.plusSeconds(9), 10));
            assertEquals(List.of("a"), due(START.plusSeconds(10), 10));
            storage.replace(record, content("x"));
            assertEquals(List.of(), due(Instant.MAX, 10));
        }

        @Test
        void theFirstNameWithAFingerprintIsFound() throws IOException {
            Fingerprint fingerprint = Fingerprint.sha256(new byte[1]);
            StoredRecord second = put("b", content("2").indexedBy(fingerprint));
            assertEquals(Optional.of(second), storage.findByFingerprint(SHELF, fingerprint));
            StoredRecord first = put("a", content("1").indexedBy(fingerprint));
            put("c", content("3").indexedBy(Fingerprint.sha256(new byte[2])));
            assertEquals(Optional.of(first), storage.findByFingerprint(SHELF, fingerprint));
            storage.replace(first, content("1"));
            assertEquals(Optional.of(second), storage.findByFingerprint(SHELF, fingerprint));
            assertEquals(Optional.empty(), storage.findByFingerprint(Shelf.of("others"), fingerprint));
            assertEquals(Optional.empty(), storage.findByFingerprint(SHELF, Fingerprint.sha256(new byte[3])));
        }

        @Test
        void aLimitBelowOneIsRefused() {
            for (int limit : new int[] {0, -1, Integer.MIN_VALUE}) {
                assertThrows(IllegalArgumentException.class, () -> names(limit));
                assertThrows(IllegalArgumentException.class, () -> due(START, limit));
            }
        }
    }
}
