package dev.certkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.x509.Fingerprint;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link StorageContract} about claims: who may work on what is due, until when, and who is refused. */
abstract class StorageLeaseContract extends StorageRecordContract {
    private List<Lease> claim(int max) throws IOException {
        return storage.claimDue(SHELF, "worker", max, MINUTE);
    }

    private Lease claimOnly() throws IOException {
        List<Lease> leases = claim(10);
        assertEquals(1, leases.size(), leases::toString);
        return leases.get(0);
    }

    private StoredRecord putDue(String name, Duration fromNow) throws IOException {
        return put(name, content("of " + name).lookAgainAt(START.plus(fromNow)));
    }

    private void assertRefused(Lease stale) throws IOException {
        Optional<StoredRecord> before = storage.find(stale.record().name());
        assertThrows(StaleRecordException.class, () -> storage.complete(stale, content("late")));
        assertThrows(StaleRecordException.class, () -> storage.fail(stale, START));
        assertThrows(StaleRecordException.class, () -> storage.extend(stale, MINUTE));
        assertEquals(before, storage.find(stale.record().name()));
    }

    @Nested
    class Claiming {
        @Test
        void onlyWhatIsDueIsClaimedTheEarliestFirst() throws IOException {
            putDue("late", MINUTE);
            putDue("b", Duration.ofSeconds(-1));
            putDue("a", Duration.ofSeconds(-1));
            putDue("earliest", Duration.ofHours(-1));
            putDue("now", Duration.ZERO);
            put("never", content("x"));
            List<Lease> leases = claim(10);
            assertEquals(
                    List.of("earliest", "a", "b", "now"),
                    leases.stream().map(lease -> lease.record().name().text()).toList());
        }

        @Test
        void noMoreThanAskedForAreClaimed() throws IOException {
            putDue("a", MINUTE.negated());
            putDue("b", Duration.ZERO);
            assertEquals("a", claim(1).get(0).record().name().text());
            assertEquals("b", claim(1).get(0).record().name().text());
            assertEquals(List.of(), claim(1));
        }

        @Test
        void anotherShelfIsLeftAlone() throws IOException {
            storage.create(Shelf.of("others").name("a"), content("x").lookAgainAt(START));
            assertEquals(List.of(), claim(10));
        }

        @Test
        void aClaimMovesTheTimeAndRaisesRevisionAndEpoch() throws IOException {
            StoredRecord before = put("a", content("x").lookAgainAt(START).indexedBy(Fingerprint.sha256(new byte[1])));
            Lease lease = claimOnly();
            StoredRecord after = get("a");
            assertEquals(after, lease.record());
            assertEquals("worker", lease.owner());
            assertEquals(START.plus(MINUTE), lease.until());
            assertEquals(before.content().lookAgainAt(lease.until()), after.content());
            assertTrue(after.revision() > before.revision());
            assertTrue(lease.epoch() > before.leaseEpoch());
            assertEquals(List.of(after.header()), storage.dueBefore(SHELF, Instant.MAX, 10));
            assertEquals(List.of(after.header()), storage.list(SHELF, Optional.empty(), 10));
        }

        @Test
        void theClaimedIsNotClaimedAgainBeforeTheLeaseEnds() throws IOException {
            putDue("a", Duration.ZERO);
            claimOnly();
            clock.advance(MINUTE.minusMillis(1));
            assertEquals(List.of(), claim(10));
        }

        @Test
        void epochsGrowOverDeletion() throws IOException {
            putDue("a", Duration.ZERO);
            Lease first = claimOnly();
            storage.delete(first.record());
            putDue("a", Duration.ZERO);
            assertTrue(claimOnly().epoch() > first.epoch());
        }

        @Test
        void eachIsClaimedOnceByManyThreads() throws Exception {
            int records = 120;
            for (int i = 0; i < records; i++) {
                putDue("r" + i, Duration.ofSeconds(-i));
            }
            List<String> claimed = new ArrayList<>();
            for (List<String> part : together(4, this::claimUntilNoneIsLeft)) {
                claimed.addAll(part);
            }
            assertEquals(records, claimed.size());
            assertEquals(records, new HashSet<>(claimed).size());
        }

        private List<String> claimUntilNoneIsLeft() throws IOException {
            List<String> names = new ArrayList<>();
            for (List<Lease> leases = claim(7); !leases.isEmpty(); leases = claim(7)) {
                leases.forEach(lease -> names.add(lease.record().name().text()));
            }
            return names;
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "two\nlines", "\u00e9"})
        void anOwnerThatCannotBePrintedIsRefused(String owner) throws IOException {
            StoredRecord before = putDue("a", Duration.ZERO);
            assertThrows(IllegalArgumentException.class, () -> storage.claimDue(SHELF, owner, 1, MINUTE));
            assertEquals(before, get("a"));
        }

        @Test
        void numbersOutOfRangeAreRefused() throws IOException {
            StoredRecord before = putDue("a", Duration.ZERO);
            for (Duration bad : List.of(Duration.ZERO, MINUTE.negated(), Duration.ofNanos(1), Duration.ofDays(367))) {
                assertThrows(IllegalArgumentException.class, () -> storage.claimDue(SHELF, "worker", 1, bad));
            }
            assertThrows(IllegalArgumentException.class, () -> claim(0));
            assertEquals(before, get("a"));
        }
    }

    @Nested
    class HoldingALease {
        @Test
        void completingWritesTheContentAndEndsTheLease() throws IOException {
            putDue("a", Duration.ZERO);
            Lease lease = claimOnly();
            RecordContent result = content("done").lookAgainAt(START.plus(Duration.ofDays(30)));
            StoredRecord completed = storage.complete(lease, result);
            assertEquals(result, completed.content());
            assertEquals(completed, get("a"));
            assertEquals(lease.epoch(), completed.leaseEpoch());
            assertTrue(completed.revision() > lease.record().revision());
            assertRefused(lease);
            clock.advance(MINUTE);
            assertEquals(List.of(), claim(10));
        }

        @Test
        void failingKeepsTheContentAndComesBackAtTheTime() throws IOException {
            Fingerprint fingerprint = Fingerprint.sha256(new byte[2]);
            put("a", content("kept").lookAgainAt(START).indexedBy(fingerprint));
            Lease lease = claimOnly();
            Instant again = START.plusSeconds(5);
            StoredRecord failed = storage.fail(lease, again);
            assertEquals(content("kept").lookAgainAt(again).indexedBy(fingerprint), failed.content());
            assertRefused(lease);
            clock.set(again.minusMillis(1));
            assertEquals(List.of(), claim(10));
            clock.set(again);
            assertTrue(claimOnly().epoch() > lease.epoch());
        }

        @Test
        void extendingCountsFromNowAndKeepsTheEpoch() throws IOException {
            putDue("a", Duration.ZERO);
            Lease first = claimOnly();
            clock.advance(Duration.ofSeconds(50));
            Lease second = storage.extend(first, MINUTE);
            assertEquals(START.plusSeconds(110), second.until());
            assertEquals(first.epoch(), second.epoch());
            assertEquals(first.owner(), second.owner());
            assertEquals(get("a"), second.record());
            assertRefused(first);
            clock.set(START.plusSeconds(109));
            assertEquals(List.of(), claim(10));
            assertEquals("done", text(storage.complete(second, content("done"))));
        }

        @Test
        void anExtensionOutOfRangeIsRefused() throws IOException {
            putDue("a", Duration.ZERO);
            Lease lease = claimOnly();
            assertThrows(IllegalArgumentException.class, () -> storage.extend(lease, Duration.ZERO));
            assertEquals(lease.record(), get("a"));
        }

        @Test
        void anEndedLeaseThatNobodyTookOverStillHolds() throws IOException {
            putDue("a", Duration.ZERO);
            Lease lease = claimOnly();
            clock.advance(Duration.ofDays(1));
            assertEquals("done", text(storage.complete(lease, content("done"))));
        }
    }

    @Nested
    class LosingALease {
        @Test
        void anEndedLeaseIsTakenOverAndItsHolderRefused() throws IOException {
            putDue("a", Duration.ZERO);
            Lease paused = claimOnly();
            clock.advance(MINUTE);
            Lease taken = claimOnly();
            assertTrue(taken.epoch() > paused.epoch());
            assertRefused(paused);
            assertEquals("done", text(storage.complete(taken, content("done"))));
            assertRefused(paused);
        }

        @Test
        void theRefusalSaysWhichRevisionWasThere() throws IOException {
            putDue("a", Duration.ZERO);
            Lease paused = claimOnly();
            clock.advance(MINUTE);
            Lease taken = claimOnly();
            StaleRecordException refused =
                    assertThrows(StaleRecordException.class, () -> storage.complete(paused, content("late")));
            assertEquals(SHELF.name("a"), refused.name());
            assertEquals(OptionalLong.of(paused.record().revision()), refused.expectedRevision());
            assertEquals(OptionalLong.of(taken.record().revision()), refused.actualRevision());
        }

        @Test
        void aPlainReplaceFencesTheLease() throws IOException {
            putDue("a", Duration.ZERO);
            Lease lease = claimOnly();
            storage.replace(get("a"), content("by a person").lookAgainAt(lease.until()));
            assertRefused(lease);
            assertEquals("by a person", text(get("a")));
        }

        @Test
        void aReplaceOfWhatWasReadBeforeTheClaimIsRefused() throws IOException {
            StoredRecord before = putDue("a", Duration.ZERO);
            Lease lease = claimOnly();
            assertThrows(StaleRecordException.class, () -> storage.replace(before, content("blind")));
            assertEquals(lease.record(), get("a"));
        }

        @Test
        void aDeletionFencesTheLeaseAlsoOverRecreation() throws IOException {
            putDue("a", Duration.ZERO);
            Lease lease = claimOnly();
            storage.delete(lease.record());
            assertRefused(lease);
            putDue("a", Duration.ZERO);
            assertRefused(lease);
        }

        @Test
        void aClockThatGoesBackMakesLeasesLongerAndNothingElse() throws IOException {
            putDue("a", Duration.ZERO);
            Lease lease = claimOnly();
            clock.advance(Duration.ofDays(-400));
            assertEquals(List.of(), claim(10));
            assertEquals("done", text(storage.complete(lease, content("done"))));
        }

        @Test
        void oneOfManyLateHoldersOnlyWrites() throws Exception {
            putDue("a", Duration.ZERO);
            List<Lease> leases = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                leases.add(claimOnly());
                clock.advance(MINUTE);
            }
            Set<Long> epochs = new HashSet<>();
            leases.forEach(lease -> epochs.add(lease.epoch()));
            assertEquals(5, epochs.size());
            List<Boolean> won = new ArrayList<>();
            IntStream.range(0, 5).forEach(i -> won.add(completes(leases.get(i), "by " + i)));
            assertEquals(List.of(false, false, false, false, true), won);
            assertEquals("by 4", text(get("a")));
            assertFalse(completes(leases.get(4), "again"));
        }

        private boolean completes(Lease lease, String result) {
            try {
                storage.complete(lease, content(result));
                return true;
            } catch (StaleRecordException e) {
                return false;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
