package dev.certkit.renew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.renew.FleetSimulation.Result;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hundred thousand devices, an authority of 200 certificates a second, and an outage; the package's table is from here. */
class FleetSimulationTest {
    private static final int DEVICES = Integer.getInteger("certkit.fleet", 100_000);

    @ParameterizedTest
    @CsvSource({
        "usual, P90D, PT0S", "usual, P90D, PT24H", "spread, P90D, PT0S", "spread, P90D, PT24H",
        "usual, P7D, PT24H", "spread, P7D, PT24H", "usual, PT24H, PT6H", "spread, PT24H, PT6H"
    })
    void noCertificateExpires(String kind, Duration lifetime, Duration outage, TestReporter reporter) {
        RenewalPolicy policy = kind.equals("usual")
                ? RenewalPolicy.afterTwoThirds()
                : RenewalPolicy.afterTwoThirds().spreadOut();
        Result result = new FleetSimulation(policy, lifetime, outage, DEVICES).run();
        reporter.publishEntry(FleetSimulation.row(kind + ", " + lifetime + ", outage " + outage, result));

        assertEquals(0, result.expired(), result.toString());
    }

    @Test
    void theUsualPolicyLoadsTheAuthorityLittleMoreThanItCanServe() {
        Result result =
                new FleetSimulation(RenewalPolicy.afterTwoThirds(), Duration.ofDays(90), Duration.ZERO, DEVICES).run();
        assertTrue(result.attemptsPerDevice() < 1.5, result.toString());
    }

    @Test
    void theSimulationCanTellAPolicyThatLosesCertificates() {
        RenewalPolicy late = RenewalPolicy.beforeExpiry(Duration.ofHours(12)).emergencyPercent(1);
        Result result = new FleetSimulation(late, Duration.ofDays(90), Duration.ofHours(24), 2_000).run();
        assertTrue(result.expired() > 1_000, result.toString());
    }
}
