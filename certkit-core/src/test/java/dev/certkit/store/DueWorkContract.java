package dev.certkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What {@link DueWork} promises over any storage; extend it and open one. */
public abstract class DueWorkContract extends StorageFixture {
    private static final Instant NEXT = START.plus(Duration.ofDays(30));
    private static final Duration RETRY = Duration.ofSeconds(90);

    private final HandTimer timer = new HandTimer();
    private final List<AssertionError> inTasks = Collections.synchronizedList(new ArrayList<>());

    /** What a task asserts in vain is a failed task to the work, and a failed test to us. */
    @AfterEach
    final void endTimer() {
        timer.shutdownNow();
        inTasks.forEach(error -> {
            throw error;
        });
    }

    private DueWork.Task asserting(DueWork.Task task) {
        return job -> {
            try {
                return task.work(job);
            } catch (AssertionError e) {
                inTasks.add(e);
                throw e;
            }
        };
    }

    private DueWork.Draft draft() {
        return DueWork.on(storage, SHELF, "worker").leasing(MINUTE).retryingAfter(RETRY);
    }

    private DueWork appending(String text) {
        return draft().doing(job -> content(text(job.record()) + text).lookAgainAt(NEXT));
    }

    private void putDue(String... names) throws IOException {
        for (String name : names) {
            put(name, content(name).lookAgainAt(START));
        }
    }

    @Nested
    class Running {
        @Test
        void whatIsDueIsWorkedOnOnceAndItsResultKept() throws IOException {
            putDue("a", "b");
            put("later", content("later").lookAgainAt(NEXT));
            DueWork work = appending("+");
            assertEquals(2, work.runDueOnce(10));
            assertEquals(0, work.runDueOnce(10));
            assertEquals("a+", text(get("a")));
            assertEquals("b+", text(get("b")));
            assertEquals("later", text(get("later")));
            assertEquals(NEXT, get("a").content().nextAt().orElseThrow());
        }

        @Test
        void theEarliestComesFirstAndNoMoreThanAskedFor() throws IOException {
            put("second", content("x").lookAgainAt(START));
            put("first", content("x").lookAgainAt(START.minusSeconds(1)));
            put("third", content("x").lookAgainAt(START));
            List<String> order = new ArrayList<>();
            DueWork work = draft().doing(job -> {
                order.add(job.record().name().text());
                return content("done");
            });
            assertEquals(2, work.runDueOnce(2));
            assertEquals(List.of("first", "second"), order);
        }

        @Test
        void aRecordThatIsDueAgainAtOnceIsOneOfTheMost() throws IOException {
            putDue("a");
            DueWork work =
                    draft().doing(job -> content(text(job.record()) + "+").lookAgainAt(START));
            assertEquals(3, work.runDueOnce(3));
            assertEquals("a+++", text(get("a")));
        }

        @Test
        void theTaskSeesTheRecordAsItIsNow() throws IOException {
            putDue("a");
            storage.replace(get("a"), content("changed since").lookAgainAt(START));
            appending("+").runDueOnce(1);
            assertEquals("changed since+", text(get("a")));
        }

        @Test
        void eachIsWorkedOnByOneOfManyThreads() throws Exception {
            int records = 60;
            for (int i = 0; i < records; i++) {
                putDue("r" + i);
            }
            List<String> worked = Collections.synchronizedList(new ArrayList<>());
            DueWork work = draft().doing(job -> {
                worked.add(job.record().name().text());
                return content("done");
            });
            together(4, () -> work.runDueOnce(records));
            assertEquals(records, worked.size());
            assertEquals(records, new HashSet<>(worked).size());
        }

        @Test
        void wrongArgumentsAreRefused() {
            assertThrows(IllegalArgumentException.class, () -> appending("+").runDueOnce(0));
            assertThrows(IllegalArgumentException.class, () -> draft().leasing(Duration.ZERO));
            assertThrows(IllegalArgumentException.class, () -> draft().retryingAfter(Duration.ofDays(367)));
            assertThrows(IllegalArgumentException.class, () -> DueWork.on(storage, SHELF, "two\nlines"));
            assertThrows(NullPointerException.class, () -> draft().doing(null));
        }
    }

    @Nested
    class Failing {
        @Test
        void aTaskThatThrowsEndsNeitherTheRunNorTheRecord() throws IOException {
            putDue("bad", "error", "good", "null");
            DueWork work = draft().doing(job -> switch (job.record().name().text()) {
                case "bad" -> throw new IOException("the authority is away");
                case "error" -> throw new StackOverflowError();
                case "null" -> null;
                default -> content("done");
            });
            assertEquals(4, work.runDueOnce(10));
            assertEquals("done", text(get("good")));
            for (String name : List.of("bad", "error", "null")) {
                assertEquals(
                        content(name).lookAgainAt(START.plus(RETRY)), get(name).content());
            }
        }

        @Test
        void theFailedIsTriedAgainAfterTheRetryTime() throws IOException {
            putDue("a");
            draft().doing(job -> {
                        throw new IOException("away");
                    })
                    .runDueOnce(10);
            clock.advance(RETRY.minusMillis(1));
            assertEquals(0, appending("+").runDueOnce(10));
            clock.advance(Duration.ofMillis(1));
            assertEquals(1, appending("+").runDueOnce(10));
        }

        @Test
        void anInterruptedTaskEndsTheRunAndKeepsTheInterrupt() throws IOException {
            putDue("a", "b");
            DueWork work = draft().doing(job -> {
                throw new InterruptedException();
            });
            try {
                assertEquals(1, work.runDueOnce(10));
            } finally {
                assertTrue(Thread.interrupted());
            }
            assertEquals(1, appending("+").runDueOnce(10));
        }
    }

    @Nested
    class TakingOver {
        @Test
        void theClaimOfADeadWorkerIsTakenOverWhenItEnds() throws IOException {
            putDue("a");
            storage.claimDue(SHELF, "dead", 1, MINUTE);
            assertEquals(0, appending("+").runDueOnce(10));
            clock.advance(MINUTE);
            assertEquals(1, appending("+").runDueOnce(10));
            assertEquals("a+", text(get("a")));
        }

        @Test
        void theResultOfASlowWorkerIsRefusedAfterItWasTakenOver() throws IOException {
            putDue("a");
            DueWork slow = draft().doing(asserting(job -> {
                clock.advance(MINUTE);
                assertEquals(1, appending("+fast").runDueOnce(1));
                return content("slow");
            }));
            assertEquals(1, slow.runDueOnce(1));
            assertEquals("a+fast", text(get("a")));
        }

        @Test
        void aFailureOfASlowWorkerDoesNotMoveTheTimeOfTheOther() throws IOException {
            putDue("a");
            DueWork slow = draft().doing(job -> {
                clock.advance(MINUTE);
                appending("+fast").runDueOnce(1);
                throw new IOException("too late");
            });
            slow.runDueOnce(1);
            assertEquals(NEXT, get("a").content().nextAt().orElseThrow());
        }

        @Test
        void whatWasKeptIsThereForTheNextOne() throws IOException {
            putDue("a");
            DueWork dying = draft().doing(job -> {
                job.keep(content("begun " + job.idempotenceKey()));
                throw new OutOfMemoryError("as if the process had died");
            });
            assertThrows(OutOfMemoryError.class, () -> dying.runDueOnce(1));
            clock.advance(MINUTE);
            assertEquals(1, appending(", ended").runDueOnce(1));
            assertTrue(text(get("a")).matches("begun things/a#[0-9]+, ended"), text(get("a")));
        }

        @Test
        void eachClaimHasAKeyAndAHigherEpochOfItsOwn() throws IOException {
            putDue("a");
            Map<String, Long> epochs = new ConcurrentHashMap<>();
            DueWork work = draft().doing(job -> {
                epochs.put(job.idempotenceKey(), job.epoch());
                job.extend();
                job.keep(content("kept"));
                epochs.put(job.idempotenceKey(), job.epoch());
                return content("done").lookAgainAt(START);
            });
            work.runDueOnce(2);
            assertEquals(2, epochs.size());
            assertEquals(2, new HashSet<>(epochs.values()).size());
        }

        @Test
        void extendingOrKeepingAfterALossIsRefused() throws IOException {
            putDue("a");
            List<Throwable> refusals = new ArrayList<>();
            DueWork slow = draft().doing(asserting(job -> {
                clock.advance(MINUTE);
                appending("+fast").runDueOnce(1);
                refusals.add(assertThrows(StaleRecordException.class, job::extend));
                refusals.add(assertThrows(StaleRecordException.class, () -> job.keep(content("slow"))));
                return content("slow");
            }));
            slow.runDueOnce(1);
            assertEquals(2, refusals.size());
            assertEquals("a+fast", text(get("a")));
        }

        @Test
        void aPersonsChangeMeanwhileIsNotOverwritten() throws IOException {
            putDue("a");
            draft().doing(job -> {
                        storage.replace(get("a"), content("by a person").lookAgainAt(NEXT));
                        return content("by the task");
                    })
                    .runDueOnce(1);
            assertEquals("by a person", text(get("a")));
        }
    }

    @Nested
    class Extending {
        @Test
        void theLeaseIsExtendedByThirdsWhileTheTaskRuns() throws IOException {
            putDue("a");
            DueWork patient = draft().extendingOn(timer).doing(asserting(job -> {
                for (int i = 0; i < 9; i++) {
                    assertEquals(List.of(Duration.ofSeconds(20)), timer.delays());
                    clock.advance(Duration.ofSeconds(20));
                    timer.fire();
                    assertEquals(clock.instant(), job.storageTime());
                    assertEquals(0, appending("+other").runDueOnce(1));
                }
                return content("done").lookAgainAt(NEXT);
            }));
            assertEquals(1, patient.runDueOnce(1));
            assertEquals("done", text(get("a")));
        }

        @Test
        void aLateTickAfterTheEndChangesNothing() throws IOException {
            putDue("a");
            draft().extendingOn(timer).doing(job -> content("done")).runDueOnce(1);
            StoredRecord done = get("a");
            timer.fire();
            assertEquals(done, get("a"));
            assertEquals(List.of(), timer.delays());
        }

        @Test
        void aLossFoundByTheTimerEndsTheExtensions() throws IOException {
            putDue("a");
            draft().extendingOn(timer)
                    .doing(asserting(job -> {
                        clock.advance(MINUTE);
                        appending("+fast").runDueOnce(1);
                        timer.fire();
                        assertEquals(List.of(), timer.delays());
                        assertThrows(StaleRecordException.class, job::extend);
                        return content("slow");
                    }))
                    .runDueOnce(1);
            assertEquals("a+fast", text(get("a")));
        }

        @Test
        void aTimerThatWasShutDownDoesNotEndTheWork() throws IOException {
            putDue("a");
            timer.refuse();
            assertEquals(
                    1, draft().extendingOn(timer).doing(job -> content("done")).runDueOnce(1));
            assertEquals("done", text(get("a")));
        }
    }

    @Nested
    class Batches {
        private DueWork.Draft batches() {
            return draft().claimingUpTo(2);
        }

        @Test
        void allThatIsDueIsWorkedOnAsEver() throws IOException {
            putDue("a", "b", "c", "d", "e");
            assertEquals(3, batches().doing(job -> content("done")).runDueOnce(3));
            assertEquals(2, batches().doing(job -> content("done")).runDueOnce(10));
            for (String name : List.of("a", "b", "c", "d", "e")) {
                assertEquals("done", text(get(name)));
            }
        }

        @Test
        void whatWaitsIsExtendedToo() throws IOException {
            putDue("a", "b");
            DueWork work = batches().extendingOn(timer).doing(asserting(job -> {
                Duration third = Duration.ofSeconds(20);
                for (int i = 0; i < 6; i++) {
                    clock.advance(third);
                    timer.fire();
                    assertEquals(0, appending("+other").runDueOnce(2));
                }
                return content("done");
            }));
            assertEquals(2, work.runDueOnce(2));
            assertEquals("done", text(get("a")));
            assertEquals("done", text(get("b")));
        }

        @Test
        void whatWasTakenOverWhileItWaitedIsLeftOut() throws IOException {
            putDue("a", "b");
            List<String> begun = new ArrayList<>();
            DueWork work = batches().doing(asserting(job -> {
                begun.add(job.record().name().text());
                clock.advance(MINUTE);
                assertEquals(2, appending("+fast").runDueOnce(2));
                return content("slow");
            }));
            work.runDueOnce(2);
            assertEquals(List.of("a"), begun);
            assertEquals("a+fast", text(get("a")));
            assertEquals("b+fast", text(get("b")));
        }

        @Test
        void whatWasDeletedWhileItWaitedIsLeftOut() throws IOException {
            putDue("a", "b");
            List<String> begun = new ArrayList<>();
            DueWork work = batches().doing(job -> {
                begun.add(job.record().name().text());
                storage.delete(get("b"));
                return content("done");
            });
            work.runDueOnce(2);
            assertEquals(List.of("a"), begun);
        }

        @Test
        void whatIsLeftOfAnInterruptedRunIsDueAgainAtOnce() throws IOException {
            putDue("a", "b");
            try {
                assertEquals(
                        1,
                        batches()
                                .doing(job -> {
                                    throw new InterruptedException();
                                })
                                .runDueOnce(10));
            } finally {
                assertTrue(Thread.interrupted());
            }
            assertEquals(1, appending("+").runDueOnce(10));
            assertEquals("b+", text(get("b")));
        }

        @Test
        void aBatchOutOfRangeIsRefused() {
            assertThrows(IllegalArgumentException.class, () -> draft().claimingUpTo(0));
            assertThrows(IllegalArgumentException.class, () -> draft().claimingUpTo(1001));
        }
    }

    @Test
    void aJobThatWasKeptBeyondItsEndIsRefused() throws IOException {
        putDue("a");
        List<DueWork.Job> kept = new ArrayList<>();
        draft().doing(job -> {
                    kept.add(job);
                    return content("done");
                })
                .runDueOnce(1);
        assertThrows(IllegalStateException.class, () -> kept.get(0).keep(content("late")));
        assertThrows(IllegalStateException.class, () -> kept.get(0).extend());
        assertNotEquals("late", text(get("a")));
        assertFalse(get("a").content().nextAt().isPresent());
    }
}
