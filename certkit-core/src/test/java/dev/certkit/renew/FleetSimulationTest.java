package dev.certkit.renew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.renew.FleetSimulation.Result;
import dev.certkit.renew.FleetSimulation.Scenario;
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
        "usual, P90D, PT0S, PT0S",
        "usual, P90D, PT24H, PT0S",
        "usual, P7D, PT24H, PT0S",
        "usual, PT24H, PT6H, PT0S",
        "spread, P90D, PT0S, PT0S",
        "spread, P90D, PT24H, PT0S",
        "spread, P7D, PT24H, PT0S",
        "spread, PT24H, PT6H, PT0S",
        "usual, P90D, PT24H, PT84H",
        "usual, P14D, PT24H, PT84H",
        "usual, P14D, PT96H, PT84H",
        "spread, P90D, PT24H, PT84H",
        "spread, P14D, PT24H, PT84H",
        "spread, P14D, PT96H, PT84H"
    })
    void noCertificateExpires(
            String kind, Duration lifetime, Duration outage, Duration powerCut, TestReporter reporter) {
        RenewalPolicy policy = kind.equals("usual")
                ? RenewalPolicy.afterTwoThirds()
                : RenewalPolicy.afterTwoThirds().spreadOut();
        Result result = new FleetSimulation(policy, new Scenario(lifetime, outage, powerCut), DEVICES).run();
        String name = kind + ", " + lifetime + ", outage " + outage + ", power cut " + powerCut;
        reporter.publishEntry(FleetSimulation.row(name, result));

        assertEquals(0, result.expired(), result.toString());
    }

    @Test
    void theUsualPolicyLoadsTheAuthorityLittleMoreThanItCanServe() {
        Scenario quiet = new Scenario(Duration.ofDays(90), Duration.ZERO, Duration.ZERO);
        Result result = new FleetSimulation(RenewalPolicy.afterTwoThirds(), quiet, DEVICES).run();
        assertTrue(result.attemptsPerDevice() < 1.5, result.toString());
    }

    @Test
    void theSimulationCanTellAPolicyThatLosesCertificates() {
        RenewalPolicy late = RenewalPolicy.beforeExpiry(Duration.ofHours(12)).emergencyPercent(1);
        Scenario day = new Scenario(Duration.ofDays(90), Duration.ofHours(24), Duration.ZERO);
        Result result = new FleetSimulation(late, day, 2_000).run();
        assertTrue(result.expired() > 1_000, result.toString());
    }
}
