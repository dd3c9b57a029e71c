package dev.certkit.shelf.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.Storage;
import dev.certkit.trust.Holder;
import dev.certkit.trust.Peer;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A hundred thousand entries cost what a hundred do, in each verdict and in each change; in processor time. */
@Tag("G4")
@Tag("G6")
class TrustListsSizeTest extends TrustListsLab {
    private static final int MANY = 100_000;
    private static final int FEW = 100;
    private static final double MOST_OCTETS_EACH = 4000;

    private final EncodedCertificate server = PRINTER.serverBy(MIDDLE);
    private final EncodedCertificate middle = MIDDLE.authorityBy(ROOT);

    private final class Lists {
        private final TrustLists lists;
        private final TrustPolicy policy;

        Lists(int entries) throws IOException {
            Storage filled = InMemoryStorage.empty(clock);
            ManyEntries.into(filled, entries, Holder.NOW);
            lists = TrustLists.in(filled).clock(clock).capturingUpTo(100_000).open();
            policy = BARE.deferringTo(lists);
        }

        void verdict() {
            assertTrue(policy.judge(by(HERE, server, middle)).isTrusted());
        }

        void rejectAndLook(int number) {
            try {
                EncodedCertificate other = selfSigned(number % 50);
                lists.reject(Holder.jca(other));
                assertFalse(policy.judge(by(HERE, other)).isTrusted());
                lists.delete(other.fingerprint());
                verdict();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        void captureAndLook(int number) {
            clock.advance(Duration.ofSeconds(61));
            assertFalse(policy.judge(by(new Peer("new-" + number % 50, 443), selfSigned(number % 50)))
                    .isTrusted());
            verdict();
        }
    }

    /** Microseconds of the best of several rounds. */
    private static double micros(int count, IntConsumer work) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 8; round++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int i = 0; i < count; i++) {
                work.accept(i);
            }
            long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            best = Math.min(best, (end - start) / 1e3 / count);
        }
        return best;
    }

    private static void assertFlat(String what, double few, double many) {
        String shown = what + ": " + few + " microseconds with few entries, " + many + " with many";
        System.out.println(shown);
        assertTrue(many < 4 * few + 20, shown);
    }

    @Test
    void verdictsAndChangesCostTheSameWithAHundredThousandEntriesAndMemoryIsBounded() throws IOException {
        for (int i = 0; i < 50; i++) {
            selfSigned(i);
        }
        Lists few = new Lists(FEW);
        long empty = used();
        Lists many = new Lists(MANY);
        double octets = (double) (used() - empty) / MANY;
        assertFlat("a verdict", micros(2000, i -> few.verdict()), micros(2000, i -> many.verdict()));
        assertFlat("a change", micros(50, few::rejectAndLook), micros(50, many::rejectAndLook));
        assertFlat("a capture", micros(50, few::captureAndLook), micros(50, many::captureAndLook));
        System.out.println(octets + " octets each, records and certificates included");
        assertTrue(octets < MOST_OCTETS_EACH, octets + " octets each");
        assertEquals(MANY / 4 + 50, many.lists.invalid().size());
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
