package dev.certkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * The judge of every {@link Storage}: extend it, open your back end empty, and it tells whether the contract is kept.
 *
 * <p>What a storage promises about crashes, power and several processes is each back end's own to test.
 */
public abstract class StorageContract extends StorageLeaseContract {
    /** How many compare-and-sets the threads try in all; a back end on a slow medium may ask for fewer. */
    protected int compareAndSets() {
        return 10_000;
    }

    @Nested
    class Concurrency {
        @Test
        void noUpdateIsLost() throws Exception {
            put("counter", content("0"));
            AtomicInteger tries = new AtomicInteger(compareAndSets());
            int written =
                    together(4, () -> countUp(tries)).stream().mapToInt(i -> i).sum();
            assertEquals(Integer.toString(written), text(get("counter")));
            assertTrue(written > 0);
        }

        private int countUp(AtomicInteger tries) throws IOException {
            int written = 0;
            while (tries.getAndDecrement() > 0) {
                StoredRecord record = get("counter");
                try {
                    storage.replace(record, content(Integer.toString(Integer.parseInt(text(record)) + 1)));
                    written++;
                } catch (StaleRecordException e) {
                    assertTrue(e.actualRevision().orElseThrow() > record.revision());
                }
            }
            return written;
        }

        @Test
        void oneOfManyCreationsWins() throws Exception {
            for (int round = 0; round < 20; round++) {
                String name = "round " + round;
                assertEquals(
                        1,
                        together(4, () -> creates(name)).stream()
                                .filter(won -> won)
                                .count());
            }
        }

        private boolean creates(String name) throws IOException {
            try {
                put(name, content("x"));
                return true;
            } catch (StaleRecordException e) {
                return false;
            }
        }

        @Test
        void readersSeeWholeRecordsWhoseRevisionsOnlyGrow() throws Exception {
            StoredRecord first = put("a", RecordContent.of(new byte[5000]));
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger role = new AtomicInteger();
            together(3, () -> role.getAndIncrement() == 0 ? writeFills(first, done) : readFills(done));
        }

        private boolean writeFills(StoredRecord first, AtomicBoolean done) throws IOException {
            try {
                StoredRecord record = first;
                for (int i = 1; i <= 200; i++) {
                    byte[] payload = new byte[5000 + i];
                    Arrays.fill(payload, (byte) i);
                    record = storage.replace(record, RecordContent.of(payload));
                }
                return true;
            } finally {
                done.set(true);
            }
        }

        private boolean readFills(AtomicBoolean done) throws IOException {
            long last = 0;
            while (!done.get()) {
                StoredRecord record = get("a");
                byte[] payload = record.content().payload();
                byte[] expected = new byte[payload.length];
                Arrays.fill(expected, (byte) (payload.length - 5000));
                assertArrayEquals(expected, payload);
                assertTrue(record.revision() >= last);
                last = record.revision();
            }
            return true;
        }

        @Test
        void pagingWhileOthersWriteListsEachLastingRecordOnceAndInOrder() throws Exception {
            List<String> lasting = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                lasting.add("lasting " + (100 + i));
                put(lasting.get(i), content("x"));
            }
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger role = new AtomicInteger();
            together(3, () -> role.getAndIncrement() == 0 ? pages(lasting, done) : disturbs(done, role.get()));
        }

        private boolean pages(List<String> lasting, AtomicBoolean done) throws IOException {
            try {
                for (int round = 0; round < 30; round++) {
                    List<String> seen = new ArrayList<>();
                    for (List<String> page = names(7); !page.isEmpty(); page = pageAfter(seen)) {
                        seen.addAll(page);
                    }
                    assertEquals(seen.stream().sorted().distinct().toList(), seen);
                    assertEquals(
                            lasting,
                            seen.stream()
                                    .filter(name -> name.startsWith("lasting"))
                                    .toList());
                }
                return true;
            } finally {
                done.set(true);
            }
        }

        private List<String> pageAfter(List<String> seen) throws IOException {
            return texts(storage.list(SHELF, Optional.of(seen.get(seen.size() - 1)), 7));
        }

        private boolean disturbs(AtomicBoolean done, int who) throws IOException {
            for (int i = 0; !done.get(); i++) {
                StoredRecord passing = put("klm".substring(i % 3) + " " + who + " " + i, content("x"));
                StoredRecord lasting = get("lasting " + (100 + i % 40));
                try {
                    storage.replace(lasting, content("y" + i));
                } catch (StaleRecordException e) {
                    // the other one was faster
                }
                storage.delete(passing);
            }
            return true;
        }

        @Test
        void noLeaseIsOfARecordThatWasReplacedOrDeletedBefore() throws Exception {
            Phantoms phantoms = new Phantoms(storage, SHELF, compareAndSets() / 20);
            together(4, phantoms::writeAndClaim);
            phantoms.assertNone();
        }

        @Test
        void anInterruptNeitherEndsACallNorGetsLost() throws IOException {
            Thread.currentThread().interrupt();
            try {
                StoredRecord record = storage.replace(put("a", content("1")), content("2"));
                assertEquals(record, get("a"));
                storage.delete(record);
            } finally {
                assertTrue(Thread.interrupted());
            }
        }
    }

    @Nested
    class Tokens {
        @Test
        void everyCommittedChangeChangesTheToken() throws IOException {
            long[] token = {storage.changeToken()};
            StoredRecord[] record = {null};
            Lease[] lease = {null};
            List<Executable> changes = List.of(
                    () -> record[0] = put("a", content("1")),
                    () -> storage.replace(record[0], content("2").lookAgainAt(START)),
                    () -> lease[0] = storage.claimDue(SHELF, "w", 1, MINUTE).get(0),
                    () -> lease[0] = storage.extend(lease[0], MINUTE),
                    () -> record[0] = storage.fail(lease[0], START),
                    () -> lease[0] = storage.claimDue(SHELF, "w", 1, MINUTE).get(0),
                    () -> record[0] = storage.complete(lease[0], content("3")),
                    () -> storage.delete(record[0]));
            for (Executable change : changes) {
                assertDoesNotThrow(change);
                assertNotEquals(token[0], storage.changeToken());
                token[0] = storage.changeToken();
            }
        }

        @Test
        void whatChangedIsToldWholeOrNotAtAll() throws IOException {
            put("before", content("0"));
            long token = storage.changeToken();
            StoredRecord first = put("a", content("1"));
            storage.replace(put("b", content("1")), content("2"));
            storage.delete(first);
            storage.create(Shelf.of("other").name("c"), content("3"));
            Set<RecordName> changed = Set.of(SHELF.name("a"), SHELF.name("b"));
            storage.changedSince(SHELF, token).ifPresent(told -> assertEquals(changed, told));
            storage.changedSince(SHELF, storage.changeToken()).ifPresent(told -> assertEquals(Set.of(), told));
        }

        @Test
        void aClaimOfSeveralRecordsIsToldWholeOrNotAtAll() throws IOException {
            Set<RecordName> due = Set.of(SHELF.name("a"), SHELF.name("b"), SHELF.name("c"));
            for (RecordName each : due) {
                storage.create(each, content("1").lookAgainAt(START));
            }
            long token = storage.changeToken();
            assertEquals(3, storage.claimDue(SHELF, "w", 3, MINUTE).size());
            storage.changedSince(SHELF, token).ifPresent(told -> assertEquals(due, told));
        }
    }

    @Nested
    class WrongCalls {
        private List<Executable> calls(RecordName name, StoredRecord record, Lease lease) {
            return List.of(
                    () -> storage.find(name),
                    () -> storage.create(name, content("x")),
                    () -> storage.replace(record, content("x")),
                    () -> storage.delete(record),
                    () -> storage.list(name == null ? null : SHELF, Optional.empty(), 1),
                    () -> storage.dueBefore(name == null ? null : SHELF, START, 1),
                    () -> storage.findByFingerprint(name == null ? null : SHELF, Fingerprint.sha256(new byte[1])),
                    () -> storage.claimDue(name == null ? null : SHELF, "w", 1, MINUTE),
                    () -> storage.extend(lease, MINUTE),
                    () -> storage.complete(lease, content("x")),
                    () -> storage.fail(lease, START));
        }

        @Test
        void nullIsRefused() throws IOException {
            StoredRecord record = put("a", content("x"));
            calls(null, null, null).forEach(call -> assertThrows(NullPointerException.class, call));
            assertThrows(NullPointerException.class, () -> storage.create(SHELF.name("b"), null));
            assertThrows(NullPointerException.class, () -> storage.replace(record, null));
            assertThrows(NullPointerException.class, () -> storage.findByFingerprint(SHELF, null));
            assertThrows(NullPointerException.class, () -> storage.dueBefore(SHELF, null, 1));
            assertThrows(NullPointerException.class, () -> storage.claimDue(SHELF, null, 1, MINUTE));
            assertThrows(NullPointerException.class, () -> storage.claimDue(SHELF, "w", 1, null));
            assertEquals(record, get("a"));
            assertEquals(List.of("a"), names(10));
        }

        @Test
        void afterClosingEverythingIsRefusedButClosingAgain() throws IOException {
            StoredRecord record = put("a", content("x").lookAgainAt(START));
            Lease lease = storage.claimDue(SHELF, "w", 1, Duration.ofDays(1)).get(0);
            storage.close();
            storage.close();
            calls(SHELF.name("a"), record, lease).forEach(call -> assertThrows(IllegalStateException.class, call));
            assertThrows(IllegalStateException.class, () -> storage.changeToken());
        }
    }
}
