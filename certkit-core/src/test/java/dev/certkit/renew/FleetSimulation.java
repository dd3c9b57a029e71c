package dev.certkit.renew;

import dev.certkit.x509.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A fleet whose certificates are all of the same ten minutes, and an authority with a limit and an outage, on a clock of its
 * own: every time is chosen by the policy itself.
 *
 * <p>The authority serves so many a second, lets ten seconds of work wait, and answers everybody else that it is busy.
 */
final class FleetSimulation {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int ENROLLED_WITHIN_SECONDS = 600;
    private static final int PER_SECOND = 200;
    private static final int QUEUE_SECONDS = 10;

    private final RenewalPolicy policy;
    private final Scenario scenario;
    private final int devices;
    private final SplittableRandom random;
    private final Map<Long, Integer> attemptsInSecond = new HashMap<>();
    private final PriorityQueue<long[]> queue = new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));
    private final int[] failures;
    private final Validity[] certificates;
    private long attempts;
    private long freeAt;
    private long lastServed;
    private int expired;
    private long leastLeft = Long.MAX_VALUE;
    private Instant outageFrom = Instant.MAX;

    /** What came out: times in milliseconds. */
    record Result(int peak, double attemptsPerDevice, Duration drained, int expired, Duration leastLeft) {}

    /**
     * What happens.
     *
     * @param lifetime of each certificate
     * @param outage how long the authority is out from the first request on
     * @param powerCut how long every other device has no power, from the same moment on
     */
    record Scenario(Duration lifetime, Duration outage, Duration powerCut) {}

    FleetSimulation(RenewalPolicy policy, Scenario scenario, int devices) {
        this.policy = policy;
        this.scenario = scenario;
        this.devices = devices;
        this.random = new SplittableRandom(42);
        this.failures = new int[devices];
        this.certificates = new Validity[devices];
    }

    /** Until each device has its next certificate. The outage begins with the first request. */
    Result run() {
        for (int device = 0; device < devices; device++) {
            Instant from = START.plusMillis(random.nextLong(ENROLLED_WITHIN_SECONDS * 1000L));
            certificates[device] = new Validity(from, from.plus(scenario.lifetime()));
            Instant at = policy.choose(occasion(device, from), random).at().orElseThrow();
            outageFrom = at.isBefore(outageFrom) ? at : outageFrom;
            queue.add(new long[] {at.toEpochMilli(), device});
        }
        while (!queue.isEmpty()) {
            long[] next = queue.remove();
            due(next[0], (int) next[1]);
        }
        Instant end = outageFrom.plus(Backoff.max(scenario.outage(), scenario.powerCut()));
        return new Result(
                attemptsInSecond.values().stream()
                        .mapToInt(count -> count)
                        .max()
                        .orElse(0),
                (double) attempts / devices,
                Duration.between(end, Instant.ofEpochMilli(Math.max(lastServed, end.toEpochMilli()))),
                expired,
                Duration.ofMillis(leastLeft));
    }

    private Occasion occasion(int device, Instant now) {
        Validity validity = certificates[device];
        return new Occasion(Optional.of(validity), Optional.of(validity.notBefore()), now);
    }

    /** A device without power misses its time; when all of them wake up at once, each makes up for it by chance. */
    private void due(long time, int device) {
        long powerAgain = outageFrom.plus(scenario.powerCut()).toEpochMilli();
        if (device % 2 == 0 || time >= powerAgain) {
            request(time, device);
            return;
        }
        boolean isMissed = powerAgain - time > Beginning.MISSED.toMillis();
        queue.add(new long[] {powerAgain + (isMissed ? policy.catchUp(random).toMillis() : 0), device});
    }

    private void request(long now, int device) {
        attempts++;
        attemptsInSecond.merge(now / 1000, 1, Integer::sum);
        boolean isOut = now < outageFrom.plus(scenario.outage()).toEpochMilli();
        boolean isBusy = freeAt - now > QUEUE_SECONDS * 1000L;
        if (isOut || isBusy) {
            int failure = ++failures[device];
            Plan retry = policy.retry(
                    new Setback(failure, failure, false), occasion(device, Instant.ofEpochMilli(now)), random);
            queue.add(new long[] {retry.at().orElseThrow().toEpochMilli(), device});
            return;
        }
        freeAt = Math.max(freeAt, now) + 1000 / PER_SECOND;
        served(freeAt, device);
    }

    private void served(long at, int device) {
        lastServed = Math.max(lastServed, at);
        long left = certificates[device].notAfter().toEpochMilli() - at;
        leastLeft = Math.min(leastLeft, left);
        if (left < 0) {
            expired++;
        }
    }

    static String row(String name, Result result) {
        return String.join(
                " | ",
                Arrays.asList(
                        name,
                        Integer.toString(result.peak()),
                        String.format(java.util.Locale.ROOT, "%.1f", result.attemptsPerDevice()),
                        String.format(
                                java.util.Locale.ROOT,
                                "%.2f h",
                                result.drained().toSeconds() / 3600.0),
                        Integer.toString(result.expired()),
                        String.format(
                                java.util.Locale.ROOT,
                                "%.1f h",
                                result.leastLeft().toSeconds() / 3600.0)));
    }
}
