package dev.certkit.shelf.trust;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.format.Pasted;
import dev.certkit.internal.der.Der;
import dev.certkit.samples.ForgedCertificate.Field;
import dev.certkit.trust.Holder;
import dev.certkit.trust.Peer;
import dev.certkit.trust.PresentedChain;
import dev.certkit.trust.TrustPolicy;
import dev.certkit.trust.TrustVerdict;
import dev.certkit.x509.EncodedCertificate;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a verdict costs more, in processor time, because there are lists. */
class TrustListsSpeedTest extends TrustListsLab {
    private static final double MOST_MICROS = 25;

    private final EncodedCertificate server = PRINTER.serverBy(MIDDLE);
    private final EncodedCertificate middle = MIDDLE.authorityBy(ROOT);

    private void fill(int each) throws IOException {
        use(opening().capturingUpTo(10_000).open());
        for (int i = 0; i < each; i++) {
            int serial = i + 1;
            lists.importing(Pasted.decode(selfSigned(i).encoded()));
            Holder authority = Holder.named("Authority " + i, STRANGER.keys());
            lists.importing(Pasted.decode(authority.root().encoded()));
            lists.reject(
                    Holder.jca(PRINTER.serverBy(STRANGER, other -> other.with(Field.SERIAL, Der.integer(serial)))));
            judged(new Peer("host-" + i, 443), selfSigned(100_000 + i));
        }
    }

    /** Microseconds of the best of several rounds. */
    private double micros(TrustPolicy measured) {
        PresentedChain presented = by(HERE, server, middle);
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int i = 0; i < 200; i++) {
                assertTrue(measured.judge(presented).isTrusted());
            }
            best = Math.min(best, (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 200e3);
        }
        return best;
    }

    @Test
    void aThousandEntriesCostAFewMicroseconds() throws IOException {
        fill(250);
        TrustPolicy known = presented -> new TrustVerdict.Trusted(List.of(server, middle, ANCHOR));
        double cost = micros(known.deferringTo(lists)) - micros(known);
        assertTrue(cost < MOST_MICROS, cost + " microseconds");
    }

    @Test
    void twoThousandEntriesCostNoMore() throws IOException {
        fill(500);
        TrustPolicy known = presented -> new TrustVerdict.Trusted(List.of(server, middle, ANCHOR));
        double cost = micros(known.deferringTo(lists)) - micros(known);
        assertTrue(cost < MOST_MICROS, cost + " microseconds");
    }
}
